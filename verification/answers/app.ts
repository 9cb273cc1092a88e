import type { Policy } from "../../policy/policy";
import { groupedBy } from "../collections";
import type { Model } from "../terraform/model";

/** An app that is asked about: the resources of its JSON, and the promises of its environments. */
export interface App {
  readonly model: Model;
  readonly policies: readonly Policy[];
}

export interface Pair<T> {
  readonly before: T;
  readonly after: T;
}

export function both<T, U>({ before, after }: Pair<T>, make: (each: T) => U): Pair<U> {
  return { before: make(before), after: make(after) };
}

/** The things of both sides that have the same key, those of the side before first. */
export function pairedBy<T>(all: Pair<readonly T[]>, keyOf: (thing: T) => string): readonly Pair<readonly T[]>[] {
  const { before, after } = both(all, (own) => groupedBy(own, keyOf));
  const keys = new Set([...before.keys(), ...after.keys()]);
  return [...keys].map((key) => ({ before: before.get(key) ?? [], after: after.get(key) ?? [] }));
}
