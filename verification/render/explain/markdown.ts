import { inlineCode } from "../escape";
import type { Line, Page, Text } from "./page";

/** A page as Markdown that GitHub renders. */
export function markdownOf({ headlines, sections }: Page): string {
  const blocks = [
    ...headlines.map(({ text }) => `## ${inline(text)}`),
    ...sections.map(({ title, lines }) => [`### ${title}`, "", ...lines.flatMap((each) => item(each, ""))].join("\n")),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function item({ text, below }: Line, indent: string): readonly string[] {
  return [`${indent}- ${inline(text)}`, ...below.flatMap((each) => item(each, `${indent}  `))];
}

function inline(text: Text): string {
  return text.map((part) => (typeof part === "string" ? escaped(part) : inlineCode(part.data))).join("");
}

/** This project's own words hold hardly anything that Markdown reads as something else. */
function escaped(words: string): string {
  return words.replace(/[\\`*_[\]<>|#]/g, "\\$&");
}
