import type { EnvironmentMatrix, Matrix } from "../../answers/matrix/matrix";
import { oneLine } from "../escape";
import { type Line, line, section, type Section } from "../explain/page";
import { textOf } from "../explain/text";
import type { TextOptions } from "../text-options";
import { columnText, type Grid, type GridCell, gridOf } from "./grid";

/** SGR: ECMA-48, section 8.3.117. */
const COLOURS: Readonly<Record<GridCell["kind"], number>> = {
  allow: 32,
  redirect: 36,
  challenge: 36,
  block: 31,
  mixed: 33,
  undecided: 33,
};
const LIMITS = { narrowest: 40, widest: 100, source: 24 } as const;
const GAP = "  ";

/** A matrix for a terminal. */
export function matrixText({ environments }: Matrix, options: TextOptions): string {
  const blocks = [
    ...sections(loweredSections(environments), options),
    ...environments.map((each) => environmentText(each, options)),
  ];
  return `${blocks.join("\n\n")}\n`;
}

/** What environments only declare: every report leads with that. */
export function loweredSections(environments: readonly EnvironmentMatrix[]): readonly Section[] {
  return section(
    "Only declared, by decision of the environment",
    environments.flatMap(({ environment, lowered }) =>
      lowered.map(({ statement, reason }) => line([`${environment} ${statement}: `, { data: reason }])),
    ),
  );
}

/** What belongs to a table. */
export function legendOf({ assumptions, notes }: EnvironmentMatrix, { explanations }: Grid): readonly Section[] {
  return [
    ...section(
      "Decided by",
      explanations.map(({ text, below }, index): Line => ({ text: [`${index + 1}: `, ...text], below })),
    ),
    ...section(
      "As long as",
      assumptions.map(({ what, statements }) => line([{ data: what }, ` (${statements.join(", ")})`])),
    ),
    ...section(
      "Notes",
      notes.map((note) => line([note])),
    ),
  ];
}

function environmentText(matrix: EnvironmentMatrix, options: TextOptions): string {
  const grid = gridOf(matrix);
  const columns = grid.columns.map((column): Line => line([`${column.id}: `, ...columnText(column, grid.columns)]));
  const title = `${matrix.environment}: who reaches what in zone ${matrix.zone}`;
  return [
    ...sections(section(title, columns), options),
    ...tables(grid, options),
    ...sections(legendOf(matrix, grid), options),
  ].join("\n\n");
}

function sections(all: readonly Section[], options: TextOptions): readonly string[] {
  const text = textOf({ headlines: [], sections: all }, options).trim();
  return text === "" ? [] : [text];
}

/** As many tables as the width asks for, each with the sources. */
function tables(grid: Grid, { columns, hasColour }: TextOptions): readonly string[] {
  const width = Math.min(Math.max(columns, LIMITS.narrowest), LIMITS.widest);
  const labels = labelsOf(grid);
  const labelWidth = Math.max(...labels.map((label) => [...label].length));
  const widths = grid.columns.map(({ id }, at) =>
    Math.max(id.length, ...grid.rows.map(({ cells }) => cellText(cells[at]).length)),
  );
  return chunked(widths, width - labelWidth).map((chunk) => {
    const head = [pad("", labelWidth), ...chunk.map((at) => pad(grid.columns[at]?.id ?? "", widths[at] ?? 0))];
    const rows = grid.rows.map(({ cells }, row) => [
      pad(labels[row] ?? "", labelWidth),
      ...chunk.map((at) => coloured(cells[at], widths[at] ?? 0, hasColour)),
    ]);
    return [head, ...rows].map((parts) => parts.join(GAP).trimEnd()).join("\n");
  });
}

/** The places of columns that stand beside each other. */
function chunked(widths: readonly number[], available: number): readonly (readonly number[])[] {
  const chunks: number[][] = [];
  let used = Infinity;
  widths.forEach((width, at) => {
    used += GAP.length + width;
    if (used <= available) {
      chunks.at(-1)?.push(at);
      return;
    }
    chunks.push([at]);
    used = GAP.length + width;
  });
  return chunks;
}

/** The name of a source stands once, beside its families. */
function labelsOf({ rows }: Grid): readonly string[] {
  const names = rows.map(({ source }) => cut(oneLine(source)));
  const width = Math.max(...names.map((name) => [...name].length));
  return rows.map(({ source, families }, row) => {
    const isNew = rows[row - 1]?.source !== source;
    const both = families.map((family, at) => (at === 0 ? `IPv${family}` : `+${family}`)).join("");
    return `${pad(isNew ? (names[row] ?? "") : "", width)}${GAP}${both}`;
  });
}

function cut(name: string): string {
  const characters = [...name];
  return characters.length <= LIMITS.source ? name : `${characters.slice(0, LIMITS.source - 1).join("")}…`;
}

function cellText(cell: GridCell | undefined): string {
  if (cell === undefined) return "";
  return cell.note === undefined ? cell.kind : `${cell.kind} ${cell.note}`;
}

function coloured(cell: GridCell | undefined, width: number, hasColour: boolean): string {
  const text = cellText(cell);
  const padding = " ".repeat(Math.max(0, width - text.length));
  return hasColour && cell !== undefined ? `\x1b[${COLOURS[cell.kind]}m${text}\x1b[0m${padding}` : `${text}${padding}`;
}

function pad(text: string, width: number): string {
  return `${text}${" ".repeat(Math.max(0, width - [...text].length))}`;
}
