import { oneLine, UNSEEN } from "../../errors/one-line";

export { oneLine };

/** A value as JSON of which a terminal shows everything: what can't be seen is escaped in its strings. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .split("\n")
    .map((line) => line.replace(UNSEEN, jsonEscape))
    .join("\n");
}

/** A sign as it may be written in the strings of JSON. */
export const jsonEscape = (sign: string): string =>
  Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");

/** A run of words, or something that has to stand as code. */
export interface Piece {
  readonly isCode: boolean;
  readonly text: string;
}

/** Signs that may stand around a word. */
const OPENING: ReadonlySet<string> = new Set([...`("“‘'`]);
const CLOSING: ReadonlySet<string> = new Set([...`)"”’',.;:!?…`]);

/** A Latin word, a number, or a mark that Markdown gives no meaning. */
const PLAIN =
  /^(?:\p{Script=Latin}[\p{Script=Latin}\d]*(?:['’-][\p{Script=Latin}\d]+)*|\d+(?:[.,]\d+)*%?|[→—–/=+-])?$/u;

/** Spaces, or a word; a call is one word with all of its arguments, so that it can be copied. */
const TOKENS = / +|[^ (]+\([^()]*\)[^ ]*|[^ ]+/g;

/** A reference to an issue, which GitHub links. */
const REFERENCE = /^GH-\d/i;

/** A mark at the beginning of a line that begins a list. */
const LIST = /^(?:[-+=]|\d+[.)]+)$/;

/**
 * Text in one line, with every word apart that Markdown or GitHub might take for something else than a word: markup, HTML, a
 * link, a mention, a reference to an issue, an emoji. Such a word has to stand as code, in which nothing has a meaning.
 *
 * @see https://github.github.com/gfm/
 * @see https://docs.github.com/en/get-started/writing-on-github/working-with-advanced-formatting/autolinked-references-and-urls
 */
export function pieces(text: string): readonly Piece[] {
  const tokens = oneLine(text).match(TOKENS) ?? [];
  const first = tokens.findIndex((token) => token.trim() !== "");
  const all = tokens.flatMap((token, index): readonly Piece[] => {
    const [opening, word, closing] = wordIn(token);
    if (index === first && LIST.test(token)) return [{ isCode: true, text: token }];
    if ((PLAIN.test(word) && !REFERENCE.test(word)) || token.startsWith(" ")) return [{ isCode: false, text: token }];
    return [
      { isCode: false, text: opening },
      { isCode: true, text: word },
      { isCode: false, text: closing },
    ];
  });
  return joined(spaced(all.filter(({ text: own }) => own !== "")));
}

/** The same with code that touches code as one: its marks would run together. */
export function joined(all: readonly Piece[]): readonly Piece[] {
  const done: Piece[] = [];
  for (const piece of all.filter(({ text }) => text !== "")) {
    const last = done.at(-1);
    if (piece.isCode && last?.isCode === true) done[done.length - 1] = { ...last, text: `${last.text}${piece.text}` };
    else done.push(piece);
  }
  return done;
}

/** The same with a space between code as code, so that several words are one. */
function spaced(all: readonly Piece[]): readonly Piece[] {
  const isCode = (index: number): boolean => all[index]?.isCode === true;
  return all.map((piece, index) =>
    piece.text === " " && isCode(index - 1) && isCode(index + 1) ? { ...piece, isCode: true } : piece,
  );
}

/** A word, and what stands around it. A bracket that the word opens is a part of it, as in `f()`. */
function wordIn(token: string): readonly [opening: string, word: string, closing: string] {
  let start = 0;
  while (OPENING.has(token[start] ?? "")) start += 1;
  let unopened = token.slice(start).split(")").length - token.slice(start).split("(").length;
  let end = token.length;
  while (end > start && CLOSING.has(token[end - 1] ?? "")) {
    if (token[end - 1] === ")" && unopened-- <= 0) break;
    end -= 1;
  }
  return [token.slice(0, start), token.slice(start, end), token.slice(end)];
}

/** Text as text of a Markdown document, which is text and nothing else wherever it stands outside of tables and HTML. */
export function markdownText(text: string): string {
  return pieces(text)
    .map((piece) => (piece.isCode ? inlineCode(piece.text) : piece.text))
    .join("");
}

/** Code that stands in HTML, or in a cell of a Markdown table: every sign that may have a meaning is written as its number. */
export function htmlCode(text: string): string {
  const written = oneLine(text).replace(/[^\p{L}\p{N} ]/gu, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
  return `<code>${written.trim() === "" ? "(empty)" : written}</code>`;
}

export function htmlText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

/**
 * Text from the JSON as the message of a SARIF result: nothing in it is a link or a placeholder.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html, 3.11.5 and 3.11.6
 */
export function sarifText(text: string): string {
  return oneLine(text)
    .replace(/[\\[\]]/g, "\\$&")
    .replace(/[{}]/g, "$&$&");
}

/** Text as code of a Markdown document, in which nothing else is Markdown or HTML; outside of tables. */
export function inlineCode(text: string): string {
  const line = oneLine(text);
  if (line.trim() === "") return "(empty)";
  const fence = "`".repeat(longestRun(line) + 1);
  const padding = /^`|`$|^ .* $/.test(line) ? " " : "";
  return `${fence}${padding}${line}${padding}${fence}`;
}

/** How many backticks stand beside each other at most. */
export function longestRun(text: string): number {
  return Math.max(0, ...[...text.matchAll(/`+/g)].map(([ticks]) => ticks.length));
}

/** A text of so many signs at most, of which the last one says that there are more. */
export function clipped(text: string, most: number): string {
  const signs = [...text];
  return signs.length > most ? `${signs.slice(0, most - 1).join("")}…` : text;
}

/** The most signs of a drawing's label. */
const LONGEST_LABEL = 120;

/**
 * A label of a drawing, in which nothing is Mermaid, Markdown or HTML: every other sign is written as its number.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export function mermaidLabel(label: string): string {
  const signs = [...clipped(oneLine(label), LONGEST_LABEL)];
  return `"${signs.map((sign) => (/[A-Za-z0-9 ,.:/()-]/.test(sign) ? sign : `#${sign.codePointAt(0) ?? 0};`)).join("")}"`;
}
