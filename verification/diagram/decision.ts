import type { Formula } from "../solver/formula";

/** A function of requests that is decided as far as their fields are known. */
export interface Decision<T extends Outcome> {
  /** Equal keys, equal decisions. */
  readonly key: string;
  /** What is still asked. */
  readonly asked: ReadonlySet<number>;
  /** Undefined until nothing that is still asked matters. */
  readonly outcome: T | undefined;
  readonly restricted: (restrict: Restrict) => Decision<T>;
}

/** Equal keys, equal outcomes. */
export interface Outcome {
  readonly key: string;
}

/** Replaces atoms by their answers. */
export type Restrict = (formula: Formula) => Formula;

export function atomsOf(formulas: readonly Formula[]): ReadonlySet<number> {
  return new Set(formulas.flatMap(({ atoms }) => [...atoms]));
}
