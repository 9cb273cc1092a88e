/** The errors of a class and its subclasses. */
type ErrorClass = abstract new (...parameters: never[]) => Error;

/**
 * The result of an action, or undefined where its error says that something isn't understood. Any other error is thrown.
 *
 * @param expected the class of that error
 */
export function attempt<T>(action: () => T, expected: ErrorClass): T | undefined {
  return attemptOr(action, expected, () => undefined);
}

/** The same, with another result in the place of an expected error. */
export function attemptOr<T, Other>(
  action: () => T,
  expected: ErrorClass,
  otherwise: (error: Error) => Other,
): T | Other {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof expected)) throw error;
    return otherwise(error);
  }
}
