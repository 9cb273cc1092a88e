import type { Formula, Formulas } from "../solver/formula";
import { atomsOf, type Decision, type Outcome } from "./decision";

/** The outcome of the first condition that holds. */
export interface Case<T extends Outcome> {
  readonly formula: Formula;
  readonly outcome: T;
}

/**
 * Decides by the first of some conditions that holds.
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
