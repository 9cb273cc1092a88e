import { UNSEEN } from "./one-line";

/** A sign that a text shouldn't hold, although the text looks right. */
interface OddSign {
  readonly pattern: RegExp;
  readonly said: (sign: string) => string;
}

/** The first that fits says what is wrong. */
const ODD_SIGNS: readonly OddSign[] = [
  { pattern: new RegExp(UNSEEN.source, "u"), said: (sign) => `with ${codePoint(sign)}, which can't be seen` },
  { pattern: /^\s/u, said: () => "with a space at its start" },
  { pattern: /\s$/u, said: () => "with a space at its end" },
  { pattern: /[^\x20-\x7e]/u, said: (sign) => `with ${sign} (${codePoint(sign)}), which isn't ASCII` },
];

/** The fault of a text that should be plain ASCII, to be read behind it; undefined where it is plain. */
export function oddity(text: string): string | undefined {
  const found = ODD_SIGNS.find(({ pattern }) => pattern.test(text));
  return found?.said(found.pattern.exec(text)?.[0] ?? "");
}

/** A text without invisible signs and without spaces around it, with plain signs for compatibility forms. */
export function withoutOddSigns(text: string): string {
  return text.replace(UNSEEN, "").normalize("NFKC").trim();
}

/** `U+200B` */
function codePoint(sign: string): string {
  return `U+${(sign.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, "0")}`;
}
