import { oncePer } from "../../once-per";
import { Answer, answerOf } from "../formula";

/**
 * A deterministic automaton over the bytes of a string. States are whole numbers and may be made when they are reached;
 * `DEAD` says NO to every continuation, and is never stepped.
 */
export interface Dfa {
  readonly start: number;
  /** For each byte a number: bytes of equal numbers are treated alike in every state. */
  readonly byteClasses: readonly number[];
  readonly step: (state: number, byte: number) => number;
  readonly answer: (state: number) => Answer;
  /**
   * How much a step from a state costs.
   *
   * @default 1
   */
  readonly weight?: (state: number) => number;
  /**
   * Whether it may answer UNKNOWN.
   *
   * @default false
   */
  readonly mayBeUnknown?: boolean;
}

export const DEAD = -1;
export const BYTES: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);

export function advance(dfa: Dfa, state: number, byte: number): number {
  return state === DEAD ? DEAD : dfa.step(state, byte);
}

export function weightAt(dfa: Dfa, state: number): number {
  return state === DEAD ? 1 : (dfa.weight?.(state) ?? 1);
}

export function answerAt(dfa: Dfa, state: number): Answer {
  return state === DEAD ? Answer.NO : dfa.answer(state);
}

/** Runs a whole value through a DFA. */
export function run(dfa: Dfa, value: string): Answer {
  let state = dfa.start;
  for (let at = 0; at < value.length; at += 1) state = advance(dfa, state, value.charCodeAt(at));
  return answerAt(dfa, state);
}

/** Asks a DFA the other way round. */
export function not(dfa: Dfa): Dfa {
  const dead = 0;
  const enter = (state: number): number => (state === DEAD ? dead : state + 1);
  return {
    ...dfa,
    start: enter(dfa.start),
    weight: (state) => weightAt(dfa, state - 1),
    step: (state, byte) => (state === dead ? dead : enter(dfa.step(state - 1, byte))),
    answer: (state) => {
      const answer = state === dead ? Answer.NO : dfa.answer(state - 1);
      return answer === Answer.UNKNOWN ? answer : answerOf(answer === Answer.NO);
    },
  };
}

/**
 * The values for which a DFA says YES, and those of which it can't say. Each is made once: findings are kept with it.
 */
export const partsOf = oncePer((dfa: Dfa): { readonly certain: Dfa; readonly open: Dfa } => {
  const asking = (wanted: Answer): Dfa => ({
    ...dfa,
    mayBeUnknown: false,
    answer: (state) => answerOf(dfa.answer(state) === wanted),
  });
  return { certain: asking(Answer.YES), open: asking(Answer.UNKNOWN) };
});

/** Numbers the bytes by a key: equal keys, equal numbers. */
export function classifyBytes(keyOf: (byte: number) => number | string): readonly number[] {
  const numbers = new Map<number | string, number>();
  return BYTES.map((byte) => {
    const key = keyOf(byte);
    const number = numbers.get(key) ?? numbers.size;
    numbers.set(key, number);
    return number;
  });
}

/** Tells the bytes of some words apart, and from all others. */
export function bytesOfWords(...words: readonly string[]): readonly number[] {
  const mentioned = new Set(words.flatMap((word) => Array.from(word, (byte) => byte.charCodeAt(0))));
  return classifyBytes((byte) => (mentioned.has(byte) ? byte : -1));
}
