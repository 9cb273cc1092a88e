import { complement, holds as isWithin, intersection, type Intervals } from "../../network/intervals";
import { answerOf } from "./formula";
import type { Axis, AxisClass } from "./axis";

/**
 * The integers of some intervals, from zero on. A question is a set of integers.
 *
 * @param expected integers that people expect to see, which stand for their classes in this order
 */
export function integerAxis(within: Intervals, expected: readonly bigint[]): Axis<Intervals, bigint> {
  const greatest = within.at(-1)?.last ?? 0n;
  const natural = expected.filter((value) => isWithin(within, value));
  return {
    find: (asked) => {
      const left = asked.reduce(
        (rest, { question, holds }) => intersection(rest, holds ? question : complement(question, greatest)),
        within,
      );
      return natural.find((value) => isWithin(left, value)) ?? left[0]?.first;
    },
    classes: (questions) => {
      // Answers change only where an interval begins or ends.
      const edges = [within, ...questions].flatMap((set) => set.flatMap(({ first, last }) => [first, last + 1n]));
      const classes = new Map<string, AxisClass<bigint>>();
      for (const value of [...natural, ...edges.filter((each) => isWithin(within, each))]) {
        const answers = questions.map((set) => answerOf(isWithin(set, value)));
        if (!classes.has(answers.join())) classes.set(answers.join(), { answers, examples: [value] });
      }
      return [...classes.values()];
    },
    holds: (question, value) => isWithin(question, value),
    has: (value) => isWithin(within, value),
    natural,
  };
}
