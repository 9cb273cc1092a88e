import type { Family } from "../../../network/address";
import type { Cell, Column, Decider, EnvironmentMatrix, Limit, Part } from "../../answers/matrix/matrix";
import { type Line, line, say, type Text } from "../explain/page";
import { placeLines } from "../explain/request-page";

/** A table as it is shown: rows that are alike are one, and what a cell needs to say beyond a word is numbered. */
export interface Grid {
  readonly columns: readonly Column[];
  readonly rows: readonly GridRow[];
  /** The first has the number 1. */
  readonly explanations: readonly Line[];
}

export interface GridRow {
  readonly source: string;
  readonly families: readonly Family[];
  readonly cells: readonly GridCell[];
}

export interface GridCell {
  readonly kind: Cell["kind"];
  /** The kinds of its parts, each once. */
  readonly kinds: readonly Part["kind"][];
  /** The number of its explanation. */
  readonly note: number | undefined;
}

export function gridOf({ columns, rows }: EnvironmentMatrix): Grid {
  const notes = new Map<string, Line>();
  const shown: GridRow[] = [];
  for (const { source, family, cells } of rows) {
    const own = cells.map((cell) => gridCell(cell, notes));
    const last = shown.at(-1);
    if (last?.source === source && JSON.stringify(last.cells) === JSON.stringify(own)) {
      shown[shown.length - 1] = { ...last, families: [...last.families, family] };
    } else shown.push({ source, families: [family], cells: own });
  }
  return { columns, rows: shown, explanations: [...notes.values()] };
}

function gridCell({ kind, parts }: Cell, notes: Map<string, Line>): GridCell {
  const kinds = [...new Set(parts.map((part) => part.kind))];
  const explanation = explained(kind, parts);
  if (explanation === undefined) return { kind, kinds, note: undefined };
  const key = JSON.stringify(explanation);
  if (!notes.has(key)) notes.set(key, explanation);
  return { kind, kinds, note: [...notes.keys()].indexOf(key) + 1 };
}

/** What a cell has to say beside its word; undefined where that is all. */
function explained(kind: Cell["kind"], parts: readonly Part[]): Line | undefined {
  const [only, ...others] = parts;
  if (only === undefined) return undefined;
  if (others.length > 0) return line([`${kind}:`], parts.map(partLine));
  const isPlain = only.by.length === 0 && only.unless.length === 0 && only.reasons.length === 0;
  return isPlain ? undefined : partLine(only);
}

function partLine(part: Part): Line {
  const { kind, where, by, to, unless, reasons } = part;
  const target = to === undefined ? [] : say` to ${to}`;
  const limits = where.flatMap((limit, index): Text => [index === 0 ? ": " : "; ", ...limitText(limit)]);
  const deciders =
    by.length === 0 ? [] : [" by ", ...by.flatMap((each, index) => [index === 0 ? "" : ", ", ...deciderText(each)])];
  return line(
    [kind, ...target, ...deciders, ...limits],
    by.flatMap((each) => constructLines(each)),
    unless.map((what) => line(say`unless ${what} stops it: only the platform knows`)),
    reasons.map((reason) => line(say`${reason}`)),
  );
}

function constructLines(decider: Decider): readonly Line[] {
  const [first] = placeLines(decider);
  return first === undefined ? [] : [first];
}

function deciderText({ name, strength, statements }: Decider): Text {
  return [{ data: name }, `, ${strength}`, statements.length === 0 ? "" : ` (${statements.join(", ")})`];
}

const WORDS: Readonly<Record<Limit["field"], Readonly<Record<Limit["kind"], string>>>> = {
  address: { only: "from", except: "from all but" },
  port: { only: "on port", except: "on all ports but" },
  method: { only: "with method", except: "with all methods but" },
  host: { only: "to host", except: "to all hosts but" },
  path: { only: "for paths", except: "for all paths but" },
  query: { only: "with queries", except: "with all queries but" },
  way: { only: "", except: "but for what comes" },
  condition: { only: "where", except: "unless" },
};

function limitText({ field, kind, values }: Limit): Text {
  const words = WORDS[field][kind];
  return [words === "" ? "" : `${words} `, { data: values.join(", ") }];
}

/** What a column is about, in one line. */
export function columnText(column: Column, all: readonly Column[]): Text {
  const { kind, services, ports, only } = column;
  const isOneOfSeveral = all.some((each) => each.kind === kind && each.only !== undefined);
  const rest = isOneOfSeveral && kind === "https" ? [", other paths"] : [];
  return [
    `${NAMES[kind]} `,
    { data: services.join(", ") },
    portsText(
      column,
      [...ports].sort((one, other) => one - other),
    ),
    ...(only === undefined ? rest : [", ", { data: only }]),
  ];
}

function portsText({ kind }: Column, ports: readonly number[]): string {
  if (kind === "other ports") return ` on the ${ports.length} other ports from ${ports[0]} to ${ports.at(-1)}`;
  return ports.length === 0 ? "" : ` on ${ports.join(", ")}`;
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

export const familiesText = (families: readonly Family[]): string =>
  families.map((family) => `IPv${family}`).join(", ");
