import { groupedBy } from "../../collections";
import { oneLine } from "../escape";
import type { Text } from "../explain/page";
import { columnText, familiesText, type Grid, type GridCell, type GridRow } from "./grid";

/**
 * A drawing of who reaches what: an arrow for what isn't blocked, a dotted one where it depends.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html
 */
export function mermaidOf(grid: Grid): string {
  const groups = alike(grid.rows);
  const isReached = grid.columns.map((_, at) => grid.rows.some(({ cells }) => cells[at]?.kind !== "block"));
  const closed = isReached.flatMap((reached, at) => (reached ? [] : [`c${at}`]));
  return [
    "flowchart LR",
    ...groups.map((rows, at) => `  s${at}[${quoted(rows.map(sourceText).join("; "))}]`),
    ...grid.columns.map(
      (column, at) => `  c${at}[${quoted(`${column.id}: ${plain(columnText(column, grid.columns))}`)}]`,
    ),
    ...groups.flatMap(([row], source) => (row?.cells ?? []).flatMap((cell, column) => arrow(cell, source, column))),
    ...(closed.length === 0 ? [] : ["  classDef closed stroke-dasharray: 4 4", `  class ${closed.join(",")} closed`]),
  ].join("\n");
}

/** Sources that reach the same alike. */
function alike(rows: readonly GridRow[]): readonly (readonly GridRow[])[] {
  return [...groupedBy(rows, ({ cells }) => cells.map(({ kinds }) => kinds.join()).join(" ")).values()];
}

const sourceText = ({ source, families }: GridRow): string => `${source} (${familiesText(families)})`;

function arrow({ kind, kinds }: GridCell, source: number, column: number): readonly string[] {
  const ends = [`  s${source}`, `c${column}`] as const;
  switch (kind) {
    case "block":
      return [];
    case "allow":
      return [ends.join(" --> ")];
    case "redirect":
      return [ends.join(` -- ${quoted("redirect")} --> `)];
    default:
      return [ends.join(` -. ${quoted(kinds.join(" or "))} .-> `)];
  }
}

function plain(text: Text): string {
  return text.map((part) => (typeof part === "string" ? part : part.data)).join("");
}

/** How long a label is. */
const LONGEST = 120;

/**
 * A label, in which nothing is Mermaid, Markdown or HTML: every other sign is written as its number.
 *
 * @see https://mermaid.js.org/syntax/flowchart.html#entity-codes-to-escape-characters
 */
export function quoted(label: string): string {
  const signs = [...oneLine(label)];
  const short = signs.length > LONGEST ? [...signs.slice(0, LONGEST - 1), "…"] : signs;
  return `"${short.map((sign) => (/[A-Za-z0-9 ,.:/()-]/.test(sign) ? sign : `#${sign.codePointAt(0) ?? 0};`)).join("")}"`;
}
