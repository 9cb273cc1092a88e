import type { Asked, Axis } from "./axis";

/** An axis of a few values, the most natural first. A question is a test of a value. */
export function finiteAxis<Value>(
  values: readonly Value[],
  sameValue: (one: Value, other: Value) => boolean,
): Axis<(value: Value) => boolean, Value> {
  type Question = (value: Value) => boolean;
  return {
    find: (asked: readonly Asked<Question>[]) =>
      values.find((value) => asked.every(({ question, holds }) => question(value) === holds)),
    holds: (question, value) => question(value),
    has: (value) => values.some((each) => sameValue(each, value)),
    natural: values,
    all: values,
  };
}
