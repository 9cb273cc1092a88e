export type { App } from "../app";

/** The one before a change and the one after it. */
export interface Pair<T> {
  readonly before: T;
  readonly after: T;
}

export function both<T, U>({ before, after }: Pair<T>, make: (each: T) => U): Pair<U> {
  return { before: make(before), after: make(after) };
}
