import { type Point, edgeAxes } from "../edge/axes";
import { Conditions } from "../edge/conditions";
import type { Scope } from "../edge/scope";
import { BudgetExceeded } from "../solver/budget";
import type { Space } from "../solver/partition";
import { implicationsIn } from "./implied";

/** What may be asked of the rules of zones that are looked at together. */
export type Language = Conditions;

export function newLanguage(): Language {
  return new Conditions();
}

export function spaceOf({ formulas, at: atomAt }: Language, scope: Scope, normalised: boolean): Space<Point> {
  return { formulas, atomAt, axes: edgeAxes(scope, normalised), implicationsIn };
}

/** Why nobody here can say; other errors are not forgiven. */
export function overBudget(error: unknown): string {
  if (!(error instanceof BudgetExceeded)) throw error;
  return `the rules tell apart too many values of ${error.what}`;
}
