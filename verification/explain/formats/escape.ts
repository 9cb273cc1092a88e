import { oneLine } from "../../report/escape";

/**
 * What a terminal may take for a command, or what shows a text in another order than it is written: controls,
 * formatting characters such as those of bidirectional text, line separators and lone surrogates.
 */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** A JSON text in which what isn't printable stands in JSON's own notation, so that the value stays what it is. */
export function printableJson(json: string): string {
  return json.replace(UNPRINTABLE, (sign) =>
    sign === "\n"
      ? sign
      : [...Array(sign.length).keys()].map((at) => `\\u${sign.charCodeAt(at).toString(16).padStart(4, "0")}`).join(""),
  );
}

/** Data as inline code of Markdown, in which nothing else is Markdown or HTML. */
export function inlineCode(text: string): string {
  const content = oneLine(text);
  if (content.trim() === "") return "(empty)";
  const longest = Math.max(0, ...[...content.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  const isPadded = /^`|`$|^ .* $/.test(content);
  return isPadded ? `${fence} ${content} ${fence}` : `${fence}${content}${fence}`;
}
