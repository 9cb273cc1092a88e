import { htmlText, inlineCode, markdownText } from "./escape";
import type { Grid, Line, Page, Section, Text } from "./page";
import { plain } from "./text";

/** A page as Markdown that GitHub renders. */
export function markdownOf({ headlines, sections }: Page): string {
  const blocks = [
    ...headlines.map(({ text }, index) => `${index === 0 ? "## " : ""}${inline(text)}`),
    ...sections.flatMap((each) => blocksOf(each, "###")),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function blocksOf(section: Section, heading: string): readonly string[] {
  const { title, lines, drawing, grid, sections = [], isFolded = false } = section;
  const content = [
    ...(lines.length === 0 ? [] : [lines.flatMap((each) => item(each, "")).join("\n")]),
    ...(drawing === undefined ? [] : [["```mermaid", drawing, "```"].join("\n")]),
    ...(grid === undefined ? [] : [table(grid)]),
    ...sections.flatMap((each) => blocksOf(each, `${heading}#`)),
  ];
  return isFolded
    ? [`<details><summary>${htmlText(plain(title))}</summary>`, ...content, "</details>"]
    : [`${heading} ${inline(title)}`, ...content];
}

function item({ text, below }: Line, indent: string): readonly string[] {
  return [`${indent}- ${inline(text)}`, ...below.flatMap((each) => item(each, `${indent}  `))];
}

function inline(text: Text): string {
  return text.map((part) => (typeof part === "string" ? markdownText(part) : inlineCode(part.code))).join("");
}

function table({ heads, rows }: Grid): string {
  return [
    row(["", ...heads.map(markdownText)]),
    row(["---", ...heads.map(() => "---")]),
    ...rows.map(({ names: [name = "", ...others], cells }) =>
      row([
        [`**${markdownText(name)}**`, ...others.map(markdownText)].join(" "),
        ...cells.map(({ text }) => markdownText(text)),
      ]),
    ),
  ].join("\n");
}

const row = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
