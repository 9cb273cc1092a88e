import type { Policy } from "../../policy/policy";
import type { Model } from "../terraform/model";

/** An app that is asked about: the resources of its JSON, and the promises of its environments. */
export interface App {
  readonly model: Model;
  readonly policies: readonly Policy[];
}

/** The one before a change and the one after it. */
export interface Pair<T> {
  readonly before: T;
  readonly after: T;
}

export function both<T, U>({ before, after }: Pair<T>, make: (each: T) => U): Pair<U> {
  return { before: make(before), after: make(after) };
}
