import type { EnvironmentMatrix, Matrix } from "../../answers/matrix/matrix";
import { markdownCode, markdownText } from "../escape";
import { markdownOf } from "../explain/markdown";
import type { Section, Text } from "../explain/page";
import { columnText, familiesText, type Grid, type GridCell, gridOf } from "./grid";
import { mermaidOf } from "./mermaid";
import { legendOf, loweredSections } from "./text";

/** A matrix as Markdown that GitHub renders, with a drawing of each environment. */
export function matrixMarkdown({ environments }: Matrix): string {
  const blocks = [
    "## Who reaches what",
    ...sections(loweredSections(environments)),
    ...environments.map(environmentMarkdown),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function environmentMarkdown(matrix: EnvironmentMatrix): string {
  const grid = gridOf(matrix);
  return [
    `### ${markdownText(matrix.environment)}, zone ${markdownText(matrix.zone)}`,
    ["```mermaid", mermaidOf(grid), "```"].join("\n"),
    table(grid),
    ...sections(legendOf(matrix, grid)),
  ].join("\n\n");
}

function sections(all: readonly Section[]): readonly string[] {
  return all.length === 0 ? [] : [markdownOf({ headlines: [], sections: all }).trim().replace(/^###/gm, "####")];
}

function table({ columns, rows }: Grid): string {
  const head = columns.map((column) => `${column.id}: ${inline(columnText(column, columns))}`);
  return [
    row(["", ...head]),
    row(["---", ...head.map(() => "---")]),
    ...rows.map(({ source, families, cells }) =>
      row([`**${markdownText(source)}** ${familiesText(families)}`, ...cells.map(cellText)]),
    ),
  ].join("\n");
}

function row(cells: readonly string[]): string {
  return `| ${cells.join(" | ")} |`;
}

function cellText({ kind, note }: GridCell): string {
  return note === undefined ? kind : `${kind} ${note}`;
}

function inline(text: Text): string {
  return text.map((part) => (typeof part === "string" ? markdownText(part) : markdownCode(part.data))).join("");
}
