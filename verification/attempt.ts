/** The errors of a class and its subclasses. */
type ErrorClass<E extends Error> = abstract new (...parameters: never[]) => E;

/**
 * The result of an action, or undefined where its error says that something isn't understood. Any other error is thrown.
 *
 * @param expected the class of that error
 */
export function attempt<T>(action: () => T, expected: ErrorClass<Error>): T | undefined {
  return attemptOr(action, expected, () => undefined);
}

/** The same, with another result in the place of an expected error. */
export function attemptOr<T, Other, E extends Error>(
  action: () => T,
  expected: ErrorClass<E>,
  otherwise: (error: E) => Other,
): T | Other {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof expected)) throw error;
    return otherwise(error);
  }
}
