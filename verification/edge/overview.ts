import { withinBudget } from "../solver/budget";
import { outcomesOf, sharesOf } from "../solver/decision-diagram";
import type { BehaviourOptions } from "./behaviour";
import { contradictions, type OrderedPair, orderedPair, OUTSIDE, RuleBook, type Taken, UNTAKEN } from "./rule-book";
import type { EffectiveRule } from "./rules";
import { tooManyValues } from "./conditions";
import type { EdgeZone, ZoneRule } from "./zone";

/** How the rules of a zone bear on each other. */
export interface RulesOverview {
  /** In the order in which they would run. */
  readonly dead: readonly DeadRule[];
  readonly pairs: readonly OrderedPair[];
  /** The unknowns, each with its reason. */
  readonly undecided: readonly string[];
}

/** Says which rules of a zone never take effect, and which contradict each other. Nothing is sampled. */
export function rulesOverview(zone: EdgeZone, { names = [], scope = {} }: BehaviourOptions = {}): RulesOverview {
  const book = new RuleBook(zone, scope);
  const undecided = new Set(
    book.rules.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === "unknown" ? effect.reason : []))),
  );
  const attempt = <T>(what: () => T | undefined): readonly T[] => {
    const answer = withinBudget(what, (axis) => void undecided.add(tooManyValues(axis)));
    return answer === undefined ? [] : [answer as T];
  };
  const dead = book.rules.flatMap((placed) => attempt(() => deadRule(book, placed)));
  const pairs = contradictions(book.rules).flatMap((pair) => attempt(() => orderedPair(book, pair, names)));
  return { dead, pairs, undecided: [...undecided] };
}

/** A rule that never takes effect. */
export interface DeadRule {
  readonly rule: ZoneRule;
  /**
   * The fewest rules that have its requests instead, the one with the most first. One of them has another action, if
   * any such rule has requests of it. None where no request meets its condition.
   */
  readonly coveredBy: readonly ZoneRule[];
}

/** @throws over budget when there is too much to look at */
function deadRule(book: RuleBook, placed: EffectiveRule): DeadRule | undefined {
  const takers = [...book.blockersOf(placed), ...book.replacersOf(placed)];
  const all = takers.flatMap(({ outcome: { by } }) => by ?? []);
  if (!isCovered(book, placed, all)) return undefined;
  const others = { formula: book.space.formulas.not(placed.condition), outcome: OUTSIDE };
  const shares = [...sharesOf(book.ask([others, ...takers]).root)].sort(byShare);
  const ranked = shares.flatMap(([{ by }]) => by ?? []);
  const few = ranked.reduceRight<readonly EffectiveRule[]>((kept, each) => {
    const rest = kept.filter((other) => other !== each);
    return isCovered(book, placed, rest) ? rest : kept;
  }, ranked);
  const isUnlike = ({ rule }: EffectiveRule): boolean => rule.action !== placed.rule.action;
  const unlike = few.some(isUnlike) ? [] : ranked.filter(isUnlike).slice(0, 1);
  return { rule: placed.rule, coveredBy: [...few, ...unlike].map(({ rule }) => rule) };
}

function byShare([one, share]: readonly [Taken, number], [other, otherShare]: readonly [Taken, number]): number {
  return otherShare - share || Number(one.key) - Number(other.key);
}

/** Whether some rules leave a rule no request. */
function isCovered(book: RuleBook, placed: EffectiveRule, takers: readonly EffectiveRule[]): boolean {
  const { formulas } = book.space;
  const blockers = book.blockersOf(placed).filter(({ outcome: { by } }) => by !== undefined && takers.includes(by));
  const diagram = book.ask([
    { formula: formulas.not(placed.condition), outcome: OUTSIDE },
    ...blockers,
    { formula: book.replacedBy(placed, takers), outcome: OUTSIDE },
    { formula: formulas.yes, outcome: UNTAKEN },
  ]);
  return !outcomesOf(diagram.root).includes(UNTAKEN);
}
