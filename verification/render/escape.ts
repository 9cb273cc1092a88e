import { oneLine, UNSEEN } from "../../errors/one-line";

export { oneLine };

/** A value as JSON of which a terminal shows everything: what can't be seen is escaped in its strings. */
export function visibleJson(value: unknown): string {
  return JSON.stringify(value, null, 2)
    .split("\n")
    .map((line) => line.replace(UNSEEN, jsonEscape))
    .join("\n");
}

const jsonEscape = (sign: string): string =>
  Array.from({ length: sign.length }, (_, at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join("");

/**
 * Text as text of a Markdown document, also inside a table: nothing in it is markup, HTML, a link or a mention.
 *
 * @see https://github.github.com/gfm/#backslash-escapes
 */
export function markdownText(text: string): string {
  return htmlText(oneLine(text))
    .replace(/[\\`*_{}[\]#!|~$]/g, "\\$&")
    .replace(/^\s*(?=[-+])|^\s*\d+(?=[.)])|\bwww(?=\.)/gi, "$&\\")
    .replaceAll("@", "&#64;")
    .replace(/:\/\//g, ":&#47;&#47;");
}

/** Text as text of HTML. */
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
  return line.trim() === "" ? "(empty)" : fenced(line, /^`|`$|^ .* $/.test(line));
}

function fenced(line: string, isPadded: boolean): string {
  const longest = Math.max(0, ...[...line.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return isPadded ? `${fence} ${line} ${fence}` : `${fence}${line}${fence}`;
}
