import type { Address } from "../../../network/address";
import type { Bytes, Index } from "../../../network/rules-language";

/** A value that a field or a function has for one request. Strings are bytes, integers are exact. */
export type RuntimeValue = boolean | bigint | Bytes | Address | readonly RuntimeValue[] | RuntimeMap;

export type RuntimeMap = ReadonlyMap<Bytes, RuntimeValue>;

/** The result of evaluating a value. */
export type Outcome = Known | Missing | Unknown;

export interface Known {
  readonly kind: "known";
  readonly value: RuntimeValue;
}

/** There is no value: an index led to nothing, such as a header that the request does not have. */
export interface Missing {
  readonly kind: "missing";
}

/** The value may be any: something that decides it was not given, or its semantics are not documented. */
export interface Unknown {
  readonly kind: "unknown";
  readonly reasons: readonly string[];
}

export const MISSING: Missing = { kind: "missing" };

export function known(value: RuntimeValue): Known {
  return { kind: "known", value };
}

export function unknown(...reasons: readonly string[]): Unknown {
  return { kind: "unknown", reasons };
}

/** Outcomes as one array, without those that are missing; unknown where one of them is. */
export function allOf(outcomes: readonly Outcome[]): Unknown | (Known & { readonly value: readonly RuntimeValue[] }) {
  const reasons = outcomes.flatMap((outcome) => (outcome.kind === "unknown" ? outcome.reasons : []));
  if (reasons.length > 0) return unknown(...reasons);
  return { kind: "known", value: outcomes.flatMap((outcome) => (outcome.kind === "known" ? [outcome.value] : [])) };
}

export function isAddress(value: RuntimeValue): value is Address {
  return typeof value === "object" && "family" in value;
}

export function isMap(value: RuntimeValue): value is RuntimeMap {
  return value instanceof Map;
}

export function isArray(value: RuntimeValue): value is readonly RuntimeValue[] {
  return Array.isArray(value);
}

/** Follows indexes without `[*]`; an index that leads to nothing gives a missing value. */
export function follow(outcome: Outcome, indexes: readonly Index[]): Outcome {
  if (outcome.kind !== "known" || indexes.length === 0) return outcome;
  const [reached] = elements(outcome.value, indexes);
  return reached === undefined ? MISSING : known(reached);
}

/** Every value that indexes with `[*]` in them lead to, in order: maps by the bytes of their keys. */
export function elements(value: RuntimeValue, indexes: readonly Index[]): readonly RuntimeValue[] {
  return indexes.reduce<readonly RuntimeValue[]>((values, index) => values.flatMap((one) => step(one, index)), [value]);
}

function step(value: RuntimeValue, index: Index): readonly RuntimeValue[] {
  if (isArray(value)) return index.kind === "each" ? value : present(value[positionOf(index)]);
  if (!isMap(value)) return [];
  if (index.kind === "key") return present(value.get(index.key));
  return [...value.keys()].sort().flatMap((key) => present(value.get(key)));
}

function present(value: RuntimeValue | undefined): readonly RuntimeValue[] {
  return value === undefined ? [] : [value];
}

function positionOf(index: Index): number {
  return index.kind === "position" ? index.position : -1;
}
