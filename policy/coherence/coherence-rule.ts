import type { Problem } from "../../errors/invalid-input";
import type { Environment } from "../environment";

/** A rule over all environments together, each of them well-formed by itself. */
export type CoherenceRule = (environments: readonly Environment[]) => readonly Problem[];

/** A value with the place where it was written. */
export interface Placed<T> {
  readonly at: string;
  readonly value: T;
}

/** A problem for each value whose key was written before, naming the earlier place. */
export function duplicates<T>(
  placed: readonly Placed<T>[],
  key: (value: T) => string,
  allowed: string,
): readonly Problem[] {
  const first = new Map<string, string>();
  return placed.flatMap(({ at, value }) => {
    const name = key(value);
    const earlier = first.get(name);
    if (earlier === undefined) first.set(name, at);
    return earlier === undefined
      ? []
      : [{ at, got: `"${name}", which ${earlier} has already`, allowed, change: `drop one of the two` }];
  });
}

/** Every entry of a list of each environment, with its key path. */
export function placed<T>(
  environments: readonly Environment[],
  key: string,
  list: (environment: Environment) => readonly T[] | undefined,
): readonly Placed<T>[] {
  return environments.flatMap((environment) =>
    (list(environment) ?? []).map((value, index) => ({ at: `${environment.name}.${key}[${index}]`, value })),
  );
}
