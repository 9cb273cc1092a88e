import type { ZoneRule } from "../edge/zone";
import type { PlacedRule } from "./course";
import { outcomesOf, sharesOf } from "../solver/decision-diagram";
import { asked, blockersOf, whenReplaced, OUTSIDE, replacersOf, type RuleBook, type Taken, UNTAKEN } from "./rule-book";

/** A rule that never takes effect. */
export interface DeadRule {
  readonly rule: ZoneRule;
  /**
   * Rules that have its requests instead, as few as do together: the one with the most first, and always one with another
   * action, if any has such requests. None where no request meets its condition.
   */
  readonly coveredBy: readonly ZoneRule[];
}

/** @throws BudgetExceeded when there is too much to look at */
export function deadRule(book: RuleBook, placed: PlacedRule): DeadRule | undefined {
  const takers = [...blockersOf(book, placed), ...replacersOf(book, placed)];
  const all = takers.flatMap(({ outcome: { by } }) => by ?? []);
  if (!isCovered(book, placed, all)) return undefined;
  const others = { formula: book.language.formulas.not(placed.condition), outcome: OUTSIDE };
  const shares = [...sharesOf(asked(book, [others, ...takers]).root)].sort(byShare);
  const ranked = shares.flatMap(([{ by }]) => by ?? []);
  const few = ranked.reduceRight<readonly PlacedRule[]>((kept, each) => {
    const rest = kept.filter((other) => other !== each);
    return isCovered(book, placed, rest) ? rest : kept;
  }, ranked);
  const isUnlike = ({ rule }: PlacedRule): boolean => rule.action !== placed.rule.action;
  const unlike = few.some(isUnlike) ? [] : ranked.filter(isUnlike).slice(0, 1);
  return { rule: placed.rule, coveredBy: [...few, ...unlike].map(({ rule }) => rule) };
}

function byShare([one, share]: readonly [Taken, number], [other, otherShare]: readonly [Taken, number]): number {
  return otherShare - share || Number(one.key) - Number(other.key);
}

/** Whether some rules leave a rule no request. */
function isCovered(book: RuleBook, placed: PlacedRule, takers: readonly PlacedRule[]): boolean {
  const { formulas } = book.language;
  const blockers = blockersOf(book, placed).filter(({ outcome: { by } }) => by !== undefined && takers.includes(by));
  const diagram = asked(book, [
    { formula: formulas.not(placed.condition), outcome: OUTSIDE },
    ...blockers,
    { formula: whenReplaced(book.language, placed, takers), outcome: OUTSIDE },
    { formula: formulas.yes, outcome: UNTAKEN },
  ]);
  return !outcomesOf(diagram.root).includes(UNTAKEN);
}
