import type { Family } from "../../../network/address";
import type { StatementId, Strength } from "../../../policy/statements";
import type { Place } from "../../terraform/stack";

/** Grows when a reader of the old form would misread the new one. */
export const FORMAT = 1;

/** The access matrix as data: which source reaches which target. `matrix.schema.json` is its published form. */
export interface Matrix {
  readonly format: typeof FORMAT;
  readonly environments: readonly EnvironmentMatrix[];
}

/** The access matrix of one environment. */
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
  /** Remarks for a reader. */
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
  /**
   * Which of their requests are meant.
   *
   * @default - all
   */
  readonly only?: string;
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
  /** Where it is redirected to. */
  readonly to?: string;
  /** Rules that may stop it: only the platform knows. */
  readonly unless: readonly string[];
  /** Why it is undecided. */
  readonly reasons: readonly string[];
}

/** One field of a request, or something else that is true of it. */
export interface Limit {
  readonly field: "address" | "port" | "method" | "host" | "path" | "query" | "way" | "condition";
  /** Whether the values are meant, or all others; of a condition, whether it holds. */
  readonly kind: "only" | "except";
  readonly values: readonly string[];
}

/** A rule by its `ref`, or a resource by its address. */
export interface Decider extends Place {
  readonly name: string;
  readonly strength: Strength;
  /** The statements that it holds. */
  readonly statements: readonly StatementId[];
}

/** How a command ends that prints this: 2 where a cell is undecided. */
export function exitCodeOf({ environments }: Matrix): 0 | 2 {
  const cells = environments.flatMap(({ rows }) => rows.flatMap((row) => row.cells));
  return cells.some(({ parts }) => parts.some(({ kind }) => kind === "undecided")) ? 2 : 0;
}
