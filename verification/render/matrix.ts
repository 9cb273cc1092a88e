import type { Family } from "../../network/address";
import {
  type Cell,
  type Column,
  type Decider,
  type EnvironmentMatrix,
  exitCodeOf,
  type Limit,
  type Matrix,
  type CellPart,
} from "../answers/matrix/matrix";
import { groupedBy } from "../collections";
import { ARROWS, box, dotted, flowchart, solid } from "./drawing";
import { formatsOf } from "./formats";
import { joined, type Line, line, type Page, say, type Section, type Text, listing } from "./page";
import { counted, DECLARED, placeLines, TONES } from "./sayings";
import { plain } from "./text";

export const MATRIX_FORMATS = formatsOf(pageOf, (matrix: Matrix) => matrix);

/** How much is decided and, before all else, what is only declared. */
export function pageOf(matrix: Matrix): Page {
  const { environments } = matrix;
  const tone = TONES[exitCodeOf(matrix)];
  const lowered = environments.flatMap(({ environment, lowered: own }) =>
    own.map(({ statement, reason }) => ({ name: `${environment} ${statement}`, reason })),
  );
  return {
    headlines: [
      { tone, text: [summaryOf(matrix)] },
      ...(lowered.length === 0 ? [] : [{ tone, text: [`${DECLARED}: ${lowered.map(({ name }) => name).join(", ")}`] }]),
    ],
    sections: [
      ...listing(DECLARED, lowered, ({ name, reason }) => line([`${name}: `, { code: reason }])),
      ...environments.map(environmentSection),
    ],
  };
}

function summaryOf({ environments }: Matrix): string {
  const cells = environments.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  const open = cells.filter(({ parts }) => parts.some(({ kind }) => kind === "undecided")).length;
  return `WHO REACHES WHAT: ${counted(cells.length, "cell")}, ${open === 0 ? "all decided" : `${open} undecided`}`;
}

function environmentSection(matrix: EnvironmentMatrix): Section {
  const { environment, zone, columns, assumptions, notes } = matrix;
  const { rows, explanations } = shownRows(matrix);
  return {
    title: [`${environment}: who reaches what in zone ${zone}`],
    lines: columns.map((column) => line([`${column.id}: `, ...columnText(column, columns)])),
    drawing: drawingOf(columns, rows),
    grid: {
      heads: columns.map(({ id }) => id),
      rows: rows.map(({ source, families, cells }) => ({
        names: [source, families.map((family, at) => (at === 0 ? `IPv${family}` : `+${family}`)).join("")],
        cells: cells.map(({ kind, note }) => ({
          text: note === undefined ? kind : `${kind} ${note}`,
          tone: ARROWS[kind].tone,
        })),
      })),
    },
    sections: [
      ...listing("Decided by", explanations, ({ text, below }, index): Line => ({
        text: [`${index + 1}: `, ...text],
        below,
      })),
      ...listing("As long as", assumptions, ({ what, statements }) => line(`${what} (${statements.join(", ")})`)),
      ...listing("Notes", notes, (note) => line(note)),
    ],
  };
}

/** A row as it is shown: rows that are alike are one. */
interface ShownRow {
  readonly source: string;
  readonly families: readonly Family[];
  readonly cells: readonly ShownCell[];
}

interface ShownCell {
  readonly kind: Cell["kind"];
  /** The kinds of its parts, each once. */
  readonly kinds: readonly CellPart["kind"][];
  /** The number of its explanation: what it has to say beyond a word. The first is 1. */
  readonly note: number | undefined;
}

function shownRows({ rows }: EnvironmentMatrix): {
  readonly rows: readonly ShownRow[];
  readonly explanations: readonly Line[];
} {
  const notes = new Map<string, Line>();
  const shown: ShownRow[] = [];
  for (const { source, family, cells } of rows) {
    const own = cells.map((cell) => shownCell(cell, notes));
    const last = shown.at(-1);
    if (last?.source === source && JSON.stringify(last.cells) === JSON.stringify(own)) {
      shown[shown.length - 1] = { ...last, families: [...last.families, family] };
    } else shown.push({ source, families: [family], cells: own });
  }
  return { rows: shown, explanations: [...notes.values()] };
}

function shownCell({ kind, parts }: Cell, notes: Map<string, Line>): ShownCell {
  const kinds = [...new Set(parts.map((part) => part.kind))];
  const explanation = explained(kind, parts);
  if (explanation === undefined) return { kind, kinds, note: undefined };
  const key = JSON.stringify(explanation);
  if (!notes.has(key)) notes.set(key, explanation);
  return { kind, kinds, note: [...notes.keys()].indexOf(key) + 1 };
}

/** The explanation of a cell beside its word; undefined where it needs none. */
function explained(kind: Cell["kind"], parts: readonly CellPart[]): Line | undefined {
  const [only, ...others] = parts;
  if (only === undefined) return undefined;
  if (others.length > 0) return line(`${kind}:`, parts.map(partLine));
  const isPlain = only.by.length === 0 && only.unless.length === 0 && only.reasons.length === 0;
  return isPlain ? undefined : partLine(only);
}

function partLine({ kind, where, by, to, unless, reasons }: CellPart): Line {
  return line(
    [
      kind,
      ...(to === undefined ? [] : say` to ${to}`),
      ...(by.length === 0 ? [] : [" by ", ...joined(by.map(deciderText))]),
      ...(where.length === 0 ? [] : [": ", ...joined(where.map(limitText), "; ")]),
    ],
    by.flatMap((each) => placeLines(each).slice(0, 1)),
    unless.map((what) => line(say`unless ${what} stops it: only the platform knows`)),
    reasons.map((reason) => line(say`${reason}`)),
  );
}

function deciderText({ name, strength, statements }: Decider): Text {
  return [{ code: name }, `, ${strength}`, statements.length === 0 ? "" : ` (${statements.join(", ")})`];
}

const WORDS: Readonly<Record<Limit["field"], Readonly<Record<Limit["kind"], string>>>> = {
  address: { only: "from ", except: "from all but " },
  port: { only: "on port ", except: "on all ports but " },
  method: { only: "with method ", except: "with all methods but " },
  host: { only: "to host ", except: "to all hosts but " },
  path: { only: "for paths ", except: "for all paths but " },
  query: { only: "with queries ", except: "with all queries but " },
  way: { only: "", except: "but for what comes " },
  condition: { only: "where ", except: "unless " },
};

function limitText({ field, kind, values }: Limit): Text {
  return [WORDS[field][kind], { code: values.join(", ") }];
}

const NAMES: Readonly<Record<Column["kind"], string>> = {
  https: "HTTPS to",
  http: "HTTP to",
  "other ports": "HTTP and HTTPS to",
  postgres: "Postgres",
  redis: "Redis",
  worker: "worker",
  spectrum: "Spectrum at",
};

function columnText(column: Column, all: readonly Column[]): Text {
  const { kind, services, only } = column;
  const isOneOfSeveral = kind === "https" && all.some((each) => each.kind === kind && each.only !== undefined);
  const rest = isOneOfSeveral ? [", other paths"] : [];
  return [
    `${NAMES[kind]} `,
    { code: services.join(", ") },
    portsText(column),
    ...(only === undefined ? rest : say`, ${only}`),
  ];
}

function portsText({ kind, ports }: Column): string {
  const sorted = [...ports].sort((one, other) => one - other);
  if (kind === "other ports") return ` on the ${sorted.length} other ports from ${sorted[0]} to ${sorted.at(-1)}`;
  return sorted.length === 0 ? "" : ` on ${sorted.join(", ")}`;
}

/**
 * A drawing of who reaches what: an arrow for what isn't blocked, a dotted one where it depends. Sources that reach the same
 * alike are one box.
 */
function drawingOf(columns: readonly Column[], rows: readonly ShownRow[]): string {
  const groups = [...groupedBy(rows, ({ cells }) => cells.map(({ kinds }) => kinds.join()).join(" ")).values()];
  const closed = columns.flatMap((_, at) => (rows.some(({ cells }) => cells[at]?.kind !== "block") ? [] : [`c${at}`]));
  return flowchart("LR", [
    ...groups.map((alike, at) => box(`s${at}`, alike.map(sourceText).join("; "))),
    ...columns.map((column, at) => box(`c${at}`, `${column.id}: ${plain(columnText(column, columns))}`)),
    ...groups.flatMap(([row], source) => (row?.cells ?? []).flatMap((cell, column) => arrow(cell, source, column))),
    ...(closed.length === 0 ? [] : ["classDef closed stroke-dasharray: 4 4", `class ${closed.join(",")} closed`]),
  ]);
}

function sourceText({ source, families }: ShownRow): string {
  return `${source} (${families.map((family) => `IPv${family}`).join(", ")})`;
}

function arrow({ kind, kinds }: ShownCell, source: number, column: number): readonly string[] {
  if (kind === "block") return [];
  const line = kind === "allow" ? "-->" : kind === "redirect" ? solid(kind) : dotted(kinds.join(" or "));
  return [`s${source} ${line} c${column}`];
}
