import type { AddressSet } from "../../../network/address-set";
import { addressValues } from "../../edge/values";
import type { Cell, Column, Limit, CellPart } from "./matrix";

/** A column before it has a letter. */
export interface ColumnDraft extends Omit<Column, "id"> {
  /** The outcome for a source's addresses. */
  readonly cellOf: (source: AddressSet) => Cell;
}

/** A part, and from where. */
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

function distinct(parts: readonly CellPart[]): readonly CellPart[] {
  return [...new Map(parts.map((part) => [JSON.stringify(part), part])).values()];
}

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
