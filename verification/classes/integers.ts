import { canonical, holds, type Interval, type Intervals } from "../../network/intervals";
import type { Comparison, ComparisonOperator, Predicate } from "../../network/rules-language";
import { ACCEPTED_ORDERS } from "./machines/order";

/** The least and the greatest integer of the Rules language. */
const [LEAST, GREATEST] = [-(1n << 63n), (1n << 63n) - 1n];

/** The numbers for which a predicate on an integer is true; undefined where they are no intervals. */
export function integersOf(predicate: Predicate): Intervals | undefined {
  if (predicate.kind === "membership" && predicate.set.kind === "integers") return canonical(predicate.set.members);
  return predicate.kind === "comparison" ? compared(predicate) : undefined;
}

/** Whether a predicate on an integer is true for a number; undefined where it isn't understood. */
export function integerTest(predicate: Predicate): ((value: bigint) => boolean) | undefined {
  if (predicate.kind === "bit-test") return (value) => (value & predicate.mask) !== 0n;
  const intervals = integersOf(predicate);
  return intervals === undefined ? undefined : (value) => holds(intervals, value);
}

function compared({ operator, literal }: Comparison): Intervals | undefined {
  return literal.kind === "integer"
    ? canonical(ordered(operator, literal.value, { first: LEAST, last: GREATEST }))
    : undefined;
}

/** The parts of a range below, at and above a value that an operator accepts. */
export function ordered(operator: ComparisonOperator, value: bigint, { first, last }: Interval): readonly Interval[] {
  const parts = { [-1]: { first, last: value - 1n }, 0: { first: value, last: value }, 1: { first: value + 1n, last } };
  return ACCEPTED_ORDERS[operator].map((order) => parts[order]).filter((part) => part.first <= part.last);
}
