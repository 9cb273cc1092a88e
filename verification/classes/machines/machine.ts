import { Answer, answerOf } from "../../solver/answer";

/**
 * A deterministic automaton over the bytes of a string. States are whole numbers and may be made when they are reached;
 * `DEAD` says NO whatever follows, and is never stepped.
 */
export interface Machine {
  readonly start: number;
  /** For each byte a number: bytes of equal numbers are treated alike in every state. */
  readonly byteClasses: readonly number[];
  step(state: number, byte: number): number;
  answer(state: number): Answer;
  /**
   * How much a step from a state costs.
   *
   * @default 1
   */
  readonly weight?: (state: number) => number;
  /**
   * Whether it may answer FREE.
   *
   * @default false
   */
  readonly mayBeFree?: boolean;
}

export const DEAD = -1;
export const BYTES: readonly number[] = Array.from({ length: 256 }, (_, byte) => byte);

export function advance(machine: Machine, state: number, byte: number): number {
  return state === DEAD ? DEAD : machine.step(state, byte);
}

export function weightAt(machine: Machine, state: number): number {
  return state === DEAD ? 1 : (machine.weight?.(state) ?? 1);
}

export function answerAt(machine: Machine, state: number): Answer {
  return state === DEAD ? Answer.NO : machine.answer(state);
}

/** Runs a whole value through a machine. */
export function run(machine: Machine, value: string): Answer {
  let state = machine.start;
  for (let at = 0; at < value.length; at += 1) state = advance(machine, state, value.charCodeAt(at));
  return answerAt(machine, state);
}

/** Asks a machine the other way round. */
export function not(machine: Machine): Machine {
  const dead = 0;
  const enter = (state: number): number => (state === DEAD ? dead : state + 1);
  return {
    start: enter(machine.start),
    byteClasses: machine.byteClasses,
    weight: (state) => weightAt(machine, state - 1),
    step: (state, byte) => (state === dead ? dead : enter(machine.step(state - 1, byte))),
    answer: (state) => {
      const answer = state === dead ? Answer.NO : machine.answer(state - 1);
      return answer === Answer.FREE ? answer : answerOf(answer === Answer.NO);
    },
  };
}

/** Says YES exactly where a machine gives an answer, and NO elsewhere. */
export function answering(machine: Machine, wanted: Answer.YES | Answer.FREE): Machine {
  const { start, byteClasses } = machine;
  return {
    ...{ start, byteClasses },
    weight: (state) => weightAt(machine, state),
    step: (state, byte) => machine.step(state, byte),
    answer: (state) => answerOf(machine.answer(state) === wanted),
  };
}

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
