import type { ZoneRule } from "../model/edge-zone";
import type { PlacedRule } from "./course";
import { outcomesOf } from "./decision-diagram";
import { asked, blockersOf, OUTSIDE, replacersOf, type RuleBook, UNTAKEN } from "./rule-book";
import { weightsOf } from "./weights";

/** A rule that never takes effect. */
export interface DeadRule {
  readonly rule: ZoneRule;
  /**
   * The rules that have its requests instead, all of them together: the one with the most first. None where no request
   * meets its condition.
   */
  readonly coveredBy: readonly ZoneRule[];
}

/** @throws BudgetExceeded when there is too much to look at */
export function deadRule(book: RuleBook, placed: PlacedRule): DeadRule | undefined {
  const { formulas } = book.language;
  const { condition, rule } = placed;
  const others = { formula: formulas.not(condition), outcome: OUTSIDE };
  const rest = { formula: formulas.yes, outcome: UNTAKEN };
  const replacers = replacersOf(book, placed);
  const blockers = blockersOf(book, placed);
  const replaced = { formula: replacers.all, outcome: OUTSIDE };
  const isAlive = outcomesOf(asked(book, [others, ...blockers, replaced, rest]).root).includes(UNTAKEN);
  if (isAlive) return undefined;
  const weights = [...weightsOf(asked(book, [others, ...blockers, ...replacers.cases]).root)];
  const coveredBy = weights
    .sort(([, one], [, other]) => other - one)
    .flatMap(([{ by }]) => (by === undefined ? [] : by.rule));
  return { rule, coveredBy };
}
