import { oneLine } from "../escape";
import type { TextOptions } from "../text-options";
import { wrap } from "../wrap";
import type { Line, Page, Text, Tone } from "./page";

/** SGR: ECMA-48, section 8.3.117. */
const COLOURS: Readonly<Record<Tone, number>> = { open: 32, closed: 31, unsure: 33 };
/** Neither lines that nobody can follow, nor columns of single words. */
const LIMITS = { narrowest: 40, widest: 100 } as const;
const INDENT = "  ";

/** A page for a terminal. */
export function textOf({ headlines, sections }: Page, { columns, hasColour }: TextOptions): string {
  const width = Math.min(Math.max(columns, LIMITS.narrowest), LIMITS.widest);
  const coloured = (text: string, code: number | string): string => (hasColour ? `\x1b[${code}m${text}\x1b[0m` : text);
  const lines = [
    ...headlines.flatMap(({ tone, text }) =>
      wrap(plain(text), width).map((each) => coloured(each, `1;${COLOURS[tone]}`)),
    ),
    ...sections.flatMap(({ title, lines: own }) => [
      "",
      ...wrap(title, width).map((each) => coloured(each, 1)),
      ...own.flatMap((each) => written(each, INDENT, width)),
    ]),
  ];
  return `${lines.join("\n")}\n`;
}

function written({ text, below, isCopied = false }: Line, indent: string, width: number): readonly string[] {
  const words = plain(text);
  if (isCopied) return [`${indent}${words}`];
  const [first = ""] = wrap(words, width - indent.length);
  const others = words.slice(first.length).replace(/^ /, "");
  // What is continued stands further in, so that it isn't taken for a line of its own.
  const rest = others === "" ? [] : wrap(others, width - indent.length - INDENT.length);
  return [
    `${indent}${first}`,
    ...rest.map((each) => `${indent}${INDENT}${each}`),
    ...below.flatMap((each) => written(each, `${indent}${INDENT}`, width)),
  ];
}

function plain(text: Text): string {
  return text.map((part) => (typeof part === "string" ? part : oneLine(part.data))).join("");
}
