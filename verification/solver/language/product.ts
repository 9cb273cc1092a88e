import type { Bytes } from "../../../network/rules-language";
import { advance, BYTES, classifyBytes, DEAD, type Dfa, weightAt } from "./dfa";
import type { Spend } from "../axes";
import { BUDGET, overBudget } from "../budget";

/** States that all DFAs of a product reach together, and the way that led there. */
export interface Reached {
  readonly states: readonly number[];
  readonly from: Reached | undefined;
  readonly byte: number;
}

/** A product of DFAs to be searched. */
export interface Product {
  /** The axis that explodes, if it does. */
  readonly name: string;
  readonly dfas: readonly Dfa[];
  /** How many of the first DFAs have to say YES in the end: where one of them is dead, nothing is looked for. */
  readonly required: number;
  /** Every byte, the most natural first. */
  readonly bytes: readonly number[];
}

/**
 * Searches the states that DFAs reach together, breadth first: each is reached by its shortest string, and by the most
 * natural one of these.
 *
 * @throws over budget where there are too many of them
 */
export function* reachedIn({ name, dfas, required, bytes }: Product, spend?: Spend): Iterable<Reached> {
  const symbols = representatives(dfas, bytes);
  const transitions = dfas.map((dfa) => new Transitions(dfa, symbols));
  const start: Reached = { states: dfas.map((dfa) => dfa.start), from: undefined, byte: 0 };
  const seen = new Set([start.states.join()]);
  const queue = [start];
  let steps = 0;
  for (const reached of queue) {
    yield reached;
    const step = symbols.length * weightOf(dfas, reached.states);
    steps += step;
    spend?.(step, name);
    if (steps > BUDGET.steps) overBudget(name);
    symbols.forEach((byte, symbol) => {
      const states = nextStates(transitions, required, reached.states, symbol);
      const key = states?.join() ?? "";
      if (states === undefined || seen.has(key)) return;
      seen.add(key);
      queue.push({ states, from: reached, byte });
    });
  }
}

/** The string that led to some states. */
export function spelling(reached: Reached): Bytes {
  const bytes: string[] = [];
  for (let at: Reached | undefined = reached; at?.from !== undefined; at = at.from) {
    bytes.push(String.fromCharCode(at.byte));
  }
  return bytes.reverse().join("");
}

function weightOf(dfas: readonly Dfa[], states: readonly number[]): number {
  return dfas.reduce((sum, dfa, index) => sum + weightAt(dfa, states[index] ?? DEAD), 0);
}

/** The next states; undefined where one of the first DFAs, which are required, is dead. */
function nextStates(
  transitions: readonly Transitions[],
  required: number,
  states: readonly number[],
  symbol: number,
): readonly number[] | undefined {
  const next: number[] = [];
  for (const dfa of transitions) {
    const state = dfa.next(states[next.length] ?? DEAD, symbol);
    if (state === DEAD && next.length < required) return undefined;
    next.push(state);
  }
  return next;
}

/** The most natural byte of each set of bytes that no DFA tells apart. */
function representatives(dfas: readonly Dfa[], bytes: readonly number[]): readonly number[] {
  const joint = dfas.reduce<readonly number[]>(
    (classes, { byteClasses }) =>
      classifyBytes((byte) => (classes[byte] ?? 0) * BYTES.length + (byteClasses[byte] ?? 0)),
    BYTES.map(() => 0),
  );
  const taken = new Set<number>();
  return bytes.filter((byte) => {
    const isFirst = !taken.has(joint[byte] ?? 0);
    taken.add(joint[byte] ?? 0);
    return isFirst;
  });
}

/** Not computed yet. */
const UNKNOWN = -2;

/** The steps of a DFA by some symbols, each computed once. */
class Transitions {
  private readonly rows: Int32Array[] = [];

  public constructor(
    private readonly dfa: Dfa,
    private readonly symbols: readonly number[],
  ) {}

  /** @param symbol the place of a byte among the symbols */
  public next(state: number, symbol: number): number {
    if (state === DEAD) return DEAD;
    const row = (this.rows[state] ??= new Int32Array(this.symbols.length).fill(UNKNOWN));
    const known = row[symbol] ?? UNKNOWN;
    if (known !== UNKNOWN) return known;
    const next = advance(this.dfa, state, this.symbols[symbol] ?? 0);
    row[symbol] = next;
    return next;
  }
}
