import { holds, type Intervals } from "../../../network/intervals";
import { type Answer, answerOf } from "../../solver/formula";

/** The ports that have the same answers, and one of them. */
export interface PortClass {
  readonly answers: readonly Answer[];
  readonly witness: number;
}

/** Ports that people know: they stand for their classes, in this order. */
const NATURAL = [443n, 80n, 22n, 53n];

/** The classes of some ports that questions tell apart: their answers change only where an interval begins or ends. */
export function portClasses(within: Intervals, asked: readonly Intervals[]): readonly PortClass[] {
  const edges = [within, ...asked].flatMap((set) => set.flatMap(({ first, last }) => [first, last + 1n]));
  const classes = new Map<string, PortClass>();
  for (const port of [...NATURAL, ...edges].filter((each) => holds(within, each))) {
    const answers = asked.map((set) => answerOf(holds(set, port)));
    if (!classes.has(answers.join())) classes.set(answers.join(), { answers, witness: Number(port) });
  }
  return [...classes.values()];
}
