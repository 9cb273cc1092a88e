/**
 * Characters that a terminal or a reader would not take for text: controls, formatting such as that of bidirectional
 * text, separators of lines, lone surrogates, and tags.
 */
export const UNSEEN = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}\u2065\u{e0000}-\u{e007f}]/gu;

/** Text of somebody else as one line of plain text. Characters that can't be seen become `\u{...}`. */
export function oneLine(text: string): string {
  return text.replace(UNSEEN, (sign) => `\\u{${(sign.codePointAt(0) ?? 0).toString(16)}}`);
}

const LONGEST = 100;

/**
 * Text from elsewhere as it may be shown: printable ASCII, the rest escaped, cut to a readable length. The sender of an
 * answer must not be able to move the cursor of the reader's terminal, hide a line or reverse its order.
 */
export function printable(text: string): string {
  const escaped = text
    .slice(0, LONGEST)
    .replace(/[^\x20-\x7e]/gu, (character) => `\\u{${character.codePointAt(0)?.toString(16) ?? ""}}`);
  return text.length > LONGEST ? `${escaped}...` : escaped;
}

/** A value of an answer as it may be shown: itself when it is short by nature, its kind otherwise. */
export function sketched(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? printable(JSON.stringify(value)) : typeof value;
}
