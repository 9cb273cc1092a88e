import { atomsOf } from "../solver/decision-diagram";
import { answerOf, type Formula } from "../solver/formula";
import type { Conditions } from "./conditions";
import { trace } from "./evaluate/trace";
import type { Example } from "./example";
import { FOLLOWED_PHASES } from "./phases";
import type { EffectiveRule } from "./rules";
import type { EdgeZone, ZoneRule } from "./zone";

/** Rules and an example. */
export interface Taken {
  /** The rules that take effect for it, unless it ends before them. */
  readonly rules: readonly EffectiveRule[];
  /** The one among them that leaves out a rule that would have ended it; undefined where none does. */
  readonly skip: EffectiveRule | undefined;
}

const NOTHING: Taken = { rules: [], skip: undefined };

export function takenAt({ formulas }: Conditions, rules: readonly EffectiveRule[], { known, assumed }: Example): Taken {
  const holds = (formula: Formula): boolean => {
    const open = [...formula.atoms].filter((atom) => !known.has(atom));
    const answers = open.map((atom) => [atom, answerOf(assumed.get(atom) === true)] as const);
    return formulas.restrict(formula, new Map([...known, ...answers])) === formulas.yes;
  };
  const leavesOutAnEnd = (skip: EffectiveRule): boolean =>
    rules
      .slice(rules.indexOf(skip) + 1)
      .some((later) => later.phase === skip.phase && ends(later) && holds(later.condition));
  const taken = rules.filter(({ formula }) => holds(formula));
  return { rules: taken, skip: taken.find((each) => each.skips && leavesOutAnEnd(each)) };
}

/**
 * The rule that decided an end; undefined where none did, as for a request that reaches an origin untouched.
 *
 * @param own the rules that take effect
 * @param others the same of the zone that this is compared to: effects that both have did not decide
 */
export function decidingRule(own: Taken, others: Taken = NOTHING): ZoneRule | undefined {
  const ending = endingRule(own.rules);
  if (ending !== undefined && keysOf(ending) !== keysOf(endingRule(others.rules))) return ending.rule;
  const shared = new Set(others.rules.flatMap(({ effects }) => effects.map(({ key }) => key)));
  const before = ending === undefined ? own.rules : own.rules.slice(0, own.rules.indexOf(ending));
  const { skip } = own;
  if (skip !== undefined && before.includes(skip) && !isSameSkip(skip, others.skip)) return skip.rule;
  return (before.find(({ effects }) => effects.some(({ key }) => !shared.has(key))) ?? ending)?.rule;
}

const isSameSkip = (one: EffectiveRule, other: EffectiveRule | undefined): boolean =>
  one.phase === other?.phase && one.formula === other.formula;

const keysOf = (rule: EffectiveRule | undefined): string | undefined => rule?.effects.map(({ key }) => key).join();

function endingRule(rules: readonly EffectiveRule[]): EffectiveRule | undefined {
  return rules.find(ends);
}

/** Whether a rule ends requests, or may. */
const ends = ({ effects }: EffectiveRule): boolean =>
  effects.some(({ kind }) => kind === "ending" || kind === "unknown");

/** Whether the evaluator ends an example by the same rule, and its other requests in the same kind of place. */
export function isConfirmed(
  conditions: Conditions,
  zone: EdgeZone,
  rules: readonly EffectiveRule[],
  example: Example,
): boolean {
  const ending = endingRule(takenAt(conditions, rules, example).rules);
  if (ending?.effects.some(({ kind }) => kind === "unknown") === true) return true;
  const followed = rules.filter(({ skips, effects }) => skips || effects.some(({ kind }) => kind === "ending"));
  const asked = atomsOf(followed.map(({ formula }) => formula));
  const assumed = new Map(
    [...example.assumed].flatMap(([atom, holds]) => (asked.has(atom) ? [[conditions.at(atom).text, holds]] : [])),
  );
  const phases = new Map(
    FOLLOWED_PHASES.map((phase) => [phase, followed.filter((each) => each.phase === phase).map(({ rule }) => rule)]),
  );
  const [first, ...others] = example.requests.map((request) => trace({ ...zone, phases }, request, assumed));
  if (first === undefined) return true;
  return (
    first.ending?.pointer === ending?.rule.pointer &&
    others.every(({ destination }) => destination.kind === first.destination.kind)
  );
}
