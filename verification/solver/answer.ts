/** What a question says about every value of a class. */
export enum Answer {
  NO = 0,
  YES = 1,
  /** Values of the class may differ: both answers have to be considered. */
  UNKNOWN = 2,
}

export function answerOf(holds: boolean): Answer {
  return holds ? Answer.YES : Answer.NO;
}
