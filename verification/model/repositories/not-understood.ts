/** A part of a file that nobody here can say the meaning of. Thrown while it is read, told as a doubt. */
export class NotUnderstood extends Error {
  /** @param at where in the file, for example `jobs.scan.steps[2]`; empty for the file itself */
  public constructor(
    public readonly at: string,
    reason: string,
  ) {
    super(at === "" ? reason : `${at}: ${reason}`);
  }
}

/** The same doubt, told of the place that holds what was read. */
export function within<T>(at: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof NotUnderstood && error.at === "") throw new NotUnderstood(at, error.message);
    throw error;
  }
}
