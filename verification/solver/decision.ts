import type { Formula, Formulas } from "./formula";

/** A function of points that is decided as far as the answers of atoms are known. */
export interface Decision<T extends Outcome> {
  /** Equal keys, equal decisions. */
  readonly key: string;
  /** The atoms that are still asked for. */
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

/** An outcome, and when it is the one. */
export interface Case<T extends Outcome> {
  readonly formula: Formula;
  readonly outcome: T;
}

/**
 * Decides by the first of some cases that holds.
 *
 * @param otherwise the outcome where none does
 */
export function firstMatch<T extends Outcome>(
  formulas: Formulas,
  cases: readonly Case<T>[],
  otherwise: T,
): Decision<T> {
  const possible = cases.filter(({ formula }) => formula !== formulas.no);
  const certain = possible.findIndex(({ formula }) => formula === formulas.yes);
  const open = certain === -1 ? possible : possible.slice(0, certain);
  const last = possible[certain]?.outcome ?? otherwise;
  return {
    key: [...open.map(({ formula, outcome }) => `${formula.id}:${outcome.key}`), last.key].join("\n"),
    asked: atomsOf(open.map(({ formula }) => formula)),
    outcome: open.every(({ outcome }) => outcome.key === last.key) ? last : undefined,
    restricted: (restrict) =>
      firstMatch(
        formulas,
        open.map((each) => ({ ...each, formula: restrict(each.formula) })),
        last,
      ),
  };
}
