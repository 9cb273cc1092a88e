import type { Family } from "../../../network/address";
import type { AddressSet } from "../../../network/address-set";
import type { StatementId, Strength } from "../../../policy/statements";
import { distinctBy } from "../../collections";
import { addressValues } from "../../edge/values";
import type { Control } from "../../result";

/** Grows when a reader of the old form would misread the new one. */
export const FORMAT = 1;

/** The access matrix as data: which source reaches which target. `matrix.schema.json` is its published form. */
export interface Matrix {
  readonly format: typeof FORMAT;
  readonly environments: readonly EnvironmentMatrix[];
}

export interface EnvironmentMatrix {
  readonly environment: string;
  /** The zone whose edge it lives behind, by its name. */
  readonly zone: string;
  /** The statements that the environment only declares. */
  readonly lowered: readonly Lowered[];
  readonly columns: readonly Column[];
  readonly rows: readonly MatrixRow[];
  /** The assumptions of the statements that decide the cells. */
  readonly assumptions: readonly SharedAssumption[];
  readonly notes: readonly string[];
}

/** An assumption of statements that are proven. */
export interface SharedAssumption {
  /** The words that follow "as long as". */
  readonly what: string;
  readonly statements: readonly StatementId[];
}

export interface Lowered {
  readonly statement: StatementId;
  readonly reason: string;
}

/** Services that are reached alike, on some ports. */
export interface Column {
  /** A letter. */
  readonly id: string;
  readonly kind: ColumnKind;
  /** Hosts, or the ids by which a platform knows them. */
  readonly services: readonly string[];
  /** None where nothing can connect. */
  readonly ports: readonly number[];
  /** Which of their requests are meant. @default - all */
  readonly only?: string | undefined;
  readonly statements: readonly StatementId[];
}

export type ColumnKind = "https" | "http" | "other ports" | "postgres" | "redis" | "worker" | "spectrum";

/** Addresses of one family that people have a name for, and what becomes of them in each column. */
export interface MatrixRow {
  readonly source: string;
  readonly family: Family;
  /** The blocks, the first few of them. Empty for those that are in no other row. */
  readonly addresses: string;
  /** One for each column. */
  readonly cells: readonly Cell[];
}

/** The outcome of everything that a source sends to a column. */
export interface Cell {
  /** `mixed` where the parts differ. */
  readonly kind: PartKind | "mixed";
  /** Together they are everything. */
  readonly parts: readonly CellPart[];
}

export type PartKind = "allow" | "redirect" | "block" | "challenge" | "undecided";

/** A part of a cell with one outcome. */
export interface CellPart {
  readonly kind: PartKind;
  /** Its limits. Empty where it is everything. */
  readonly where: readonly Limit[];
  /** The rules or resources that decide it. Empty where none does, as for traffic that passes. */
  readonly by: readonly Decider[];
  readonly to?: string;
  /** Rules that may stop it: only the platform knows. */
  readonly unless: readonly string[];
  readonly reasons: readonly string[];
}

/** One field of a request, or something else that is true of it. */
export interface Limit {
  readonly field: "address" | "port" | "method" | "host" | "path" | "query" | "way" | "condition";
  /** Whether the values are meant, or all others; of a condition, whether it holds. */
  readonly kind: "only" | "except";
  readonly values: readonly string[];
}

/** A rule or a resource that decides. */
export interface Decider extends Control {
  readonly strength: Strength;
  /** The statements that it holds. */
  readonly statements: readonly StatementId[];
}

/** How a command ends that prints this: 2 where a cell is undecided. */
export function exitCodeOf({ environments }: Matrix): 0 | 2 {
  const cells = environments.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  return cells.some(({ parts }) => parts.some(({ kind }) => kind === "undecided")) ? 2 : 0;
}

/** A column before it has a letter. */
export interface ColumnDraft extends Omit<Column, "id"> {
  /** The outcome for a source's addresses. */
  readonly cellOf: (source: AddressSet) => Cell;
}

export interface PartFrom {
  readonly part: CellPart;
  readonly from: AddressSet;
}

/** Whether anybody may connect, and what else was seen. */
export const PLAIN: Pick<CellPart, "where" | "by" | "unless" | "reasons"> = {
  where: [],
  by: [],
  unless: [],
  reasons: [],
};

/** The outcome for a source, by parts that together are about every address. */
export function cellOf(parts: readonly PartFrom[], source: AddressSet, names: readonly AddressSet[]): Cell {
  const own = parts
    .filter(({ from }) => from.overlaps(source))
    .map(({ part, from }) => ({ ...part, where: [...addressLimit(from, source, names), ...part.where] }));
  return joined(own);
}

/** It is unknown what becomes of anything. */
export function undecidedCell(reasons: readonly string[]): Cell {
  return { kind: "undecided", parts: [{ ...PLAIN, kind: "undecided", reasons: [...new Set(reasons)] }] };
}

/** A cell of its parts. Those that end alike for all that is shown are one, if together they are everything. */
function joined(parts: readonly CellPart[]): Cell {
  const [first, ...others] = parts;
  if (first === undefined) return undecidedCell(["nothing is known of these requests"]);
  if (others.some(({ kind }) => kind !== first.kind)) return { kind: "mixed", parts: distinct(parts) };
  const isAlike = others.every((other) => keyOf(other) === keyOf(first));
  return { kind: first.kind, parts: isAlike ? [{ ...first, where: [] }] : distinct(parts) };
}

function keyOf({ where: _, ...outcome }: CellPart): string {
  return JSON.stringify(outcome);
}

const distinct = (parts: readonly CellPart[]) => distinctBy(parts, (part) => JSON.stringify(part));

/** Which of a source's addresses are meant, unless it is all of them: by those that are, or those that aren't. */
function addressLimit(from: AddressSet, source: AddressSet, names: readonly AddressSet[]): readonly Limit[] {
  if (source.isSubsetOf(from)) return [];
  const [present, missing] = [source.intersection(from), source.difference(from)].map((set) =>
    addressValues(set, names),
  );
  if (present === undefined || missing === undefined) return [];
  const isShorter = missing.kind === "only" && missing.names.length < present.names.length;
  if (isShorter) return [{ field: "address", kind: "except", values: missing.names }];
  return [{ field: "address", kind: present.kind === "except" ? "except" : "only", values: present.names }];
}
