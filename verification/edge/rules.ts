import { LogicalOperator } from "../../network/rules-language";
import type { Formula, Formulas } from "../solver/formula";
import { canonicalJson } from "../terraform/json";
import { effectsOf, narrowedEffect, treatmentOf } from "./actions";
import type { AskedUrl, Conditions } from "./conditions";
import type { Effect } from "./ends";
import { inOrder, PHASE, seesSentUrl, Treatment } from "./phases";
import { mayRewriteUrl } from "./rewrite";
import type { EdgeZone, ZoneRule } from "./zone";

/** A rule of a zone, in the order in which rules run. */
export interface PlacedRule {
  readonly phase: string;
  readonly rule: ZoneRule;
  readonly treatment: Treatment;
  /** When its expression holds. */
  readonly condition: Formula;
}

/**
 * The rules of a zone in order. It is unknown when the rules of an unknown phase run, so they come first: it is unknown
 * whether all others are met.
 *
 * @param urls the URLs that the redirects see and the rules behind them, as they differ from the one that is asked about
 */
export function placedRules(
  zone: EdgeZone,
  conditions: Conditions,
  [sent, behind]: readonly [sent: AskedUrl, behind: AskedUrl],
): readonly PlacedRule[] {
  const { known, unknown } = inOrder(zone.phases.keys());
  return [...[...unknown].sort(), ...known.map(({ name }) => name)].flatMap((phase) =>
    (zone.phases.get(phase) ?? []).map((rule) => ({
      ...{ phase, rule, treatment: treatmentOf(phase, rule) },
      condition: conditions.formulaOf(rule.expression, zone.lists, seesSentUrl(phase) ? sent : behind),
    })),
  );
}

/** Whether a rule changes the path or the query between the redirects and the later phases. */
export function rewritesUrls({ phases }: EdgeZone): boolean {
  return (phases.get(PHASE.URL_REWRITE) ?? []).some(mayRewriteUrl);
}

/** A rule with what it does. */
export interface EffectiveRule extends PlacedRule {
  /** When it takes effect, unless the request ended before: where it matches and no rule left it out. */
  readonly formula: Formula;
  /** Whether it leaves out the later rules of its phase. */
  readonly skips: boolean;
  readonly effects: readonly Effect[];
}

/**
 * The rules of a zone in order, with what they do.
 *
 * @param isUrlRewritten whether the redirects see another URL than the one that is asked about
 */
export function effectiveRules(
  zone: EdgeZone,
  conditions: Conditions,
  isUrlRewritten: boolean,
): readonly EffectiveRule[] {
  const { formulas } = conditions;
  const surroundings = (): string =>
    canonicalJson([...zone.phases].map(([phase, rules]) => [phase, rules.map(formOf)]).sort());
  const left = new Map<string, Formula[]>();
  return placedRules(zone, conditions, [isUrlRewritten ? "unknown" : {}, {}]).map((placed) => {
    const { phase, rule, condition, treatment } = placed;
    const skips = left.get(phase) ?? [];
    const formula = formulas.join(LogicalOperator.AND, [...skips.map((skip) => formulas.not(skip)), condition]);
    const effects = effectsOf(phase, rule, surroundings);
    const isSkip = treatment === Treatment.SKIPS;
    // The rule matches only requests that meet its expression, maybe not all: so it may do what it says.
    if (!rule.isConditionKnown && condition !== conditions.unknownFormula(rule.expression)) {
      const isSomething = isSkip || effects.length > 0;
      return { ...placed, formula, skips: false, effects: isSomething ? [narrowedEffect(phase, rule)] : [] };
    }
    if (isSkip) left.set(phase, [...skips, formula]);
    return { ...placed, formula, skips: isSkip, effects };
  });
}

function formOf({ expression, isConditionKnown, action, parameters }: ZoneRule): readonly unknown[] {
  return [expression, isConditionKnown, action, parameters];
}

/** Whether any of some formulas holds: the same ones give the same formula, however they are grouped or ordered. */
export function either(formulas: Formulas, given: readonly Formula[]): Formula {
  const flat = given.flatMap((formula) =>
    formula.shape.kind === "join" && formula.shape.operator === LogicalOperator.OR ? formula.shape.operands : [formula],
  );
  return formulas.join(
    LogicalOperator.OR,
    [...new Set(flat)].sort((one, other) => one.id - other.id),
  );
}
