import type { Answer } from "./formula";

/** A question about a value, and the answer that is asked for. */
export interface Asked<Question> {
  readonly question: Question;
  readonly holds: boolean;
}

/** Counts what an answer costs. */
export type Spend = (steps: number, axis: string) => void;

/** The values of an axis that have the same answers. */
export interface AxisClass<Value> {
  /** One for each question. */
  readonly answers: readonly Answer[];
  /** The most natural of them: one of each kind that the axis tells apart, such as a family of addresses; at least one. */
  readonly examples: readonly Value[];
}

/** The values of one part of all that is asked about. */
export interface Axis<Question, Value> {
  /**
   * The most natural value that gives all of these answers; undefined where none does.
   *
   * @param spend is told how many steps it took
   * @throws over budget naming the axis where it costs too much to say
   */
  find(asked: readonly Asked<Question>[], spend?: Spend): Value | undefined;
  /**
   * The classes that some questions tell apart. With no question it is one class, or none where the axis has no value.
   *
   * @throws over budget naming the axis when there are too many of them
   */
  classes(questions: readonly Question[]): readonly AxisClass<Value>[];
  /** Whether a question holds for a value. */
  holds(question: Question, value: Value): boolean;
  /** Whether a value is one of the axis. */
  has(value: Value): boolean;
  /** The most natural values, which others may be replaced by. */
  readonly natural: readonly Value[];
  /**
   * Every value, where they are few.
   *
   * @default - too many to be written down
   */
  readonly all?: readonly Value[];
}
