/** What asking a platform came to. */
export type Reading<T> = { readonly kind: "read"; readonly value: T } | Unreadable;

/** The reason why nothing is known. It holds no secret. */
export interface Unreadable {
  readonly kind: "unreadable";
  /** What happened, on one line. */
  readonly what: string;
  /** What to do about it. */
  readonly todo: string;
  /** The HTTP status of a refusal. */
  readonly status?: number | undefined;
  /** The platform's own code of the refusal. */
  readonly code?: number | undefined;
  /** The platform's own words. */
  readonly said?: string | undefined;
}

export const read = <T>(value: T): Reading<T> => ({ kind: "read", value });

export const unreadable = (what: string, todo: string, refusal: Partial<Unreadable> = {}): Unreadable => ({
  ...refusal,
  kind: "unreadable",
  what,
  todo,
});

/** What follows from a value, where there is one. */
export function mapped<T, R>(reading: Reading<T>, follow: (value: T) => R): Reading<R> {
  return reading.kind === "read" ? read(follow(reading.value)) : reading;
}
