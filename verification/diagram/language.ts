import { BudgetExceeded } from "../solver/budget";
import { Formulas } from "../solver/formula";
import { Atoms } from "./atoms";

/** What may be asked of the rules of zones that are looked at together. */
export interface Language {
  readonly formulas: Formulas;
  readonly atoms: Atoms;
}

export function newLanguage(): Language {
  const formulas = new Formulas();
  return { formulas, atoms: new Atoms(formulas, new Map()) };
}

/** Why nobody here can say; other errors are not forgiven. */
export function overBudget(error: unknown): string {
  if (!(error instanceof BudgetExceeded)) throw error;
  return `the rules tell apart too many values of ${error.what}`;
}
