import { atomsOf } from "../solver/decision-diagram";
import { answerOf } from "../solver/formula";
import type { Conditions } from "./conditions";
import { trace } from "./evaluate/trace";
import type { Example } from "./example";
import { FOLLOWED_PHASES } from "./phases";
import type { EffectiveRule } from "./rules";
import type { EdgeZone, ZoneRule } from "./zone";

/** The rules that take effect for an example, unless it ends before them. */
export function rulesAt(
  { formulas }: Conditions,
  rules: readonly EffectiveRule[],
  { known, assumed }: Example,
): readonly EffectiveRule[] {
  return rules.filter(({ formula }) => {
    const open = [...formula.atoms].filter((atom) => !known.has(atom));
    const answers = open.map((atom) => [atom, answerOf(assumed.get(atom) === true)] as const);
    return formulas.restrict(formula, new Map([...known, ...answers])) === formulas.yes;
  });
}

/**
 * The rule that decided an end; undefined where none did, as for a request that reaches an origin untouched.
 *
 * @param own the rules that take effect
 * @param others those of the zone that this is compared to: effects that both have did not decide
 */
export function decidingRule(
  own: readonly EffectiveRule[],
  others: readonly EffectiveRule[] = [],
): ZoneRule | undefined {
  const ending = endingRule(own);
  if (ending !== undefined && keysOf(ending) !== keysOf(endingRule(others))) return ending.rule;
  const shared = new Set(others.flatMap(({ effects }) => effects.map(({ key }) => key)));
  const before = ending === undefined ? own : own.slice(0, own.indexOf(ending));
  return (before.find(({ effects }) => effects.some(({ key }) => !shared.has(key))) ?? ending)?.rule;
}

const keysOf = (rule: EffectiveRule | undefined): string | undefined => rule?.effects.map(({ key }) => key).join();

function endingRule(rules: readonly EffectiveRule[]): EffectiveRule | undefined {
  return rules.find(({ effects }) => effects.some(({ kind }) => kind === "ending" || kind === "unknown"));
}

/** Whether the evaluator ends an example by the same rule, and its other requests in the same kind of place. */
export function isConfirmed(
  conditions: Conditions,
  zone: EdgeZone,
  rules: readonly EffectiveRule[],
  example: Example,
): boolean {
  const ending = endingRule(rulesAt(conditions, rules, example));
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
