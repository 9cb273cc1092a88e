/** A question about a value, and the answer that is asked for. */
export interface Asked<Question> {
  readonly question: Question;
  readonly holds: boolean;
}

/** Counts what an answer costs. */
export type Spend = (steps: number, axis: string) => void;

/** The values of one part of what is asked about. */
export interface Axis<Question, Value> {
  /**
   * The most natural value that gives all of these answers; undefined where none does.
   *
   * @param spend is told how many steps it took
   * @throws BudgetExceeded naming the axis where it costs too much to say
   */
  readonly find: (asked: readonly Asked<Question>[], spend?: Spend) => Value | undefined;
  /** Whether a question holds for a value. */
  readonly holds: (question: Question, value: Value) => boolean;
  /** Whether a value is one of the axis. */
  readonly has: (value: Value) => boolean;
  /** The most natural values, which others may be replaced by. */
  readonly natural: readonly Value[];
  /**
   * Every value, where they are few.
   *
   * @default - too many to be written down
   */
  readonly all?: readonly Value[];
}
