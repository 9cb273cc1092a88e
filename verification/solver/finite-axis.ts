import { answerOf } from "./formula";
import type { Axis, AxisClass } from "./axis";

/** An axis of a few values, the most natural first. A question is a test of a value. */
export function finiteAxis<Value>(
  values: readonly Value[],
  sameValue: (one: Value, other: Value) => boolean,
): Axis<(value: Value) => boolean, Value> {
  return {
    find: (asked) => values.find((value) => asked.every(({ question, holds }) => question(value) === holds)),
    classes: (questions) => {
      const classes = new Map<string, AxisClass<Value>>();
      for (const value of values) {
        const answers = questions.map((holds) => answerOf(holds(value)));
        if (!classes.has(answers.join())) classes.set(answers.join(), { answers, examples: [value] });
      }
      return [...classes.values()];
    },
    holds: (question, value) => question(value),
    has: (value) => values.some((each) => sameValue(each, value)),
    natural: values,
    all: values,
  };
}
