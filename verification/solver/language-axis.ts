import type { Bytes } from "../../network/rules-language";
import { answerAt, DEAD, type Machine, run } from "../classes/machines/machine";
import { representatives, type StringDomain, weightOf } from "../classes/product";
import { Transitions } from "../classes/transitions";
import { Answer } from "./answer";
import type { Asked, Axis, Spend } from "./axis";
import { BUDGET, BudgetExceeded } from "./budget";

/** What makes a value natural. */
export interface Likely {
  /** Values that people expect to see. */
  readonly values: readonly Bytes[];
  /** A tidier value that may stand for another one. */
  readonly tidied: (value: Bytes) => Bytes;
}

/**
 * The strings of a regular language. A question is an automaton that answers YES or NO.
 *
 * @param all every string, where they are few
 */
export function languageAxis(
  { name, machines, bytes }: StringDomain,
  { values, tidied }: Likely,
  all?: readonly Bytes[],
): Axis<Machine, Bytes> {
  const domain = machines.map((question) => ({ question, holds: true }));
  const gives = (asked: readonly Asked<Machine>[], value: Bytes): boolean =>
    asked.every(({ question, holds }) => (run(question, value) === Answer.YES) === holds);
  const natural = values.filter((value) => gives(domain, value));
  const few = all?.filter((value) => gives(domain, value));
  return {
    find: (asked, spend = () => undefined) => {
      const likely = natural.find((value) => gives(asked, value));
      if (likely !== undefined || few !== undefined) return likely ?? few?.find((value) => gives(asked, value));
      const found = shortest(name, bytes, [...domain, ...asked], spend);
      const tidy = found === undefined ? undefined : tidied(found);
      return tidy !== undefined && gives([...domain, ...asked], tidy) ? tidy : found;
    },
    holds: (question, value) => run(question, value) === Answer.YES,
    has: (value) => gives(domain, value),
    natural,
    ...(few === undefined ? {} : { all: few }),
  };
}

/** States that all automata reach together, and the way that led there. */
interface Reached {
  readonly states: readonly number[];
  readonly from: Reached | undefined;
  readonly byte: number;
}

/** The shortest string with some answers: a search, breadth first, that leaves out what can't give them any more. */
function shortest(
  name: string,
  bytes: readonly number[],
  asked: readonly Asked<Machine>[],
  spend: Spend,
): Bytes | undefined {
  const machines = asked.map(({ question }) => question);
  const symbols = representatives(machines, bytes);
  const transitions = machines.map((machine) => new Transitions(machine, symbols));
  const isLost = (states: readonly number[]): boolean =>
    states.some((state, index) => state === DEAD && asked[index]?.holds === true);
  const isFound = (states: readonly number[]): boolean =>
    asked.every(({ question, holds }, index) => (answerAt(question, states[index] ?? DEAD) === Answer.YES) === holds);
  const start: Reached = { states: machines.map((machine) => machine.start), from: undefined, byte: 0 };
  const seen = new Set([start.states.join()]);
  const queue = [start];
  let steps = 0;
  for (const reached of queue) {
    if (isFound(reached.states)) return spelling(reached);
    const step = symbols.length * weightOf(machines, reached.states);
    steps += step;
    spend(step, name);
    if (steps > BUDGET.steps) throw new BudgetExceeded(name);
    symbols.forEach((byte, symbol) => {
      const states = transitions.map((each, index) => each.next(reached.states[index] ?? DEAD, symbol));
      const key = states.join();
      if (isLost(states) || seen.has(key)) return;
      seen.add(key);
      queue.push({ states, from: reached, byte });
    });
  }
  return undefined;
}

function spelling(reached: Reached): Bytes {
  const bytes: string[] = [];
  for (let at: Reached | undefined = reached; at?.from !== undefined; at = at.from) {
    bytes.push(String.fromCharCode(at.byte));
  }
  return bytes.reverse().join("");
}
