import { LogicalOperator } from "../../network/rules-language";
import type { Formula, Formulas } from "../solver/formula";
import { type Answers, holdsAt, type Literal, reasonOf } from "../solver/search";
import { canonicalJson } from "../terraform/json";
import { doneTo, effectsOf, narrowedEffect, treatmentOf } from "./actions";
import { type AskedUrl, Conditions } from "./conditions";
import type { Destination, Effect } from "./ends";
import type { Request } from "./evaluate/request";
import { FOLLOWED_PHASES, inOrder, isKnownPhase, PHASE, seesSentUrl, Treatment } from "./phases";
import type { Expectation } from "./proof";
import { type ConstantRewrite, mayRewriteUrl } from "./rewrite";
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
function placedRules(
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

/** A rule with its effects. */
export interface EffectiveRule extends PlacedRule {
  /** When it takes effect, unless the request ended before: where it matches and no rule left it out. */
  readonly formula: Formula;
  /** Whether it leaves out the later rules of its phase. */
  readonly skips: boolean;
  readonly effects: readonly Effect[];
}

/**
 * The rules of a zone in order, with their effects.
 *
 * @param isUrlRewritten whether the redirects see another URL than the one that is asked about
 * @param side the name of the zone where two are compared
 */
export function effectiveRules(
  zone: EdgeZone,
  conditions: Conditions,
  isUrlRewritten: boolean,
  side?: string,
): readonly EffectiveRule[] {
  const { formulas } = conditions;
  const surroundings = (): string =>
    canonicalJson([...zone.phases].map(([phase, rules]) => [phase, rules.map(formOf)]).sort());
  const left = new Map<string, Formula[]>();
  return placedRules(zone, conditions, [isUrlRewritten ? "unknown" : {}, {}]).map((placed) => {
    const { phase, rule, condition, treatment } = placed;
    const skips = left.get(phase) ?? [];
    const formula = formulas.join(LogicalOperator.AND, [...skips.map((skip) => formulas.not(skip)), condition]);
    const effects = effectsOf(phase, rule, surroundings, side);
    const isSkip = treatment === Treatment.SKIPS;
    // The rule matches only requests that meet its expression, and maybe not all of them. So its action is possible,
    // not certain.
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

/** A rule whose condition decides where requests end. */
export interface SearchRule extends PlacedRule {
  /** Whether its end is accepted for every request. */
  readonly isAccepted: boolean;
  /** When it matches. */
  readonly formula: Formula;
  /** The condition to be told apart among the requests that it matches. */
  readonly watched: Formula;
}

/** The rules of a zone that bear on where a request ends. */
export interface SearchRules {
  readonly conditions: Conditions;
  /** Those that end requests or leave out others, in order, by phase. */
  readonly phases: readonly (readonly SearchRule[])[];
  /** Those that may stop a request and needn't. */
  readonly mayBlock: readonly { readonly rule: ZoneRule; readonly formula: Formula }[];
  /** Phases that hold rules of unknown effect. */
  readonly unknownPhases: readonly string[];
  /** Whether a rule changes the path or the query between the redirects and the later phases. */
  readonly isRewritten: boolean;
  /** The zone with the rules that end requests or leave out others alone. */
  readonly zone: EdgeZone;
}

/** @param replaced the parts of the URL that a rewrite replaces behind the redirects, where they are known */
export function searchRulesOf(
  zone: EdgeZone,
  { isAlwaysAccepted, watch }: Expectation,
  replaced?: ConstantRewrite,
): SearchRules {
  const conditions = new Conditions(true);
  const isRewritten = replaced === undefined && rewritesUrls(zone);
  const placed = placedRules(zone, conditions, [isRewritten ? "unknown" : {}, replaced ?? {}]);
  const formulaOf = ({ rule, condition }: PlacedRule): Formula =>
    rule.isConditionKnown ? condition : conditions.unknownFormula(rule.expression);
  const searched = placed
    .filter(({ treatment }) => treatment === Treatment.ENDS || treatment === Treatment.SKIPS)
    .map((each): SearchRule => {
      const watched = watch?.(each.rule);
      return {
        ...each,
        isAccepted: each.treatment === Treatment.ENDS && isAlwaysAccepted(each.rule),
        formula: formulaOf(each),
        watched: watched === undefined ? conditions.formulas.yes : conditions.formulaOf(watched, zone.lists),
      };
    });
  const ofPhase = (phase: string): readonly SearchRule[] => searched.filter((each) => each.phase === phase);
  return {
    ...{ conditions, isRewritten },
    phases: FOLLOWED_PHASES.map(ofPhase),
    mayBlock: placed
      .filter(({ treatment }) => treatment === Treatment.MAY_BLOCK)
      .map((each) => ({ rule: each.rule, formula: formulaOf(each) })),
    unknownPhases: [...zone.phases].flatMap(([phase, rules]) =>
      rules.length === 0 || isKnownPhase(phase) ? [] : phase,
    ),
    zone: {
      ...zone,
      // A rewritten path need not be normalised.
      normalised: zone.normalised && !isRewritten,
      phases: new Map([
        ...FOLLOWED_PHASES.map((phase) => [phase, ofPhase(phase).map(({ rule }) => rule)] as const),
        ...[...zone.phases].filter(([phase]) => phase === PHASE.URL_REWRITE && replaced !== undefined),
      ]),
    },
  };
}

/** Where the rules end one request, and why. */
export interface Walk {
  readonly destination: Destination;
  /** The rule that ended it; undefined where none did. */
  readonly ending: SearchRule | undefined;
  /** Answers that are enough for an end as good as this one. */
  readonly literals: readonly Literal[];
}

/**
 * Follows a request through the rules, and says which answers are enough. A rule whose end is accepted for every request
 * is no reason: it doesn't matter whether it ends a request earlier.
 *
 * @param all whether those rules count as well, so that every request with these answers ends by the same rule
 */
export function walk(phases: readonly (readonly SearchRule[])[], answers: Answers, seen: Request, all = false): Walk {
  const literals = new Map<number, Literal>();
  const rely = (formula: Formula): void => {
    for (const literal of reasonOf(formula, answers)) literals.set(literal.atom, literal);
  };
  for (const rules of phases) {
    for (const each of rules) {
      const isMet = holdsAt(each.formula, answers.holds);
      if (!isMet && (all || !each.isAccepted)) rely(each.formula);
      if (!isMet) continue;
      rely(each.formula);
      if (each.treatment === Treatment.SKIPS) break;
      const done = doneTo(each.rule, seen);
      if (done.kind === "skip") break;
      if (done.kind === "headers") continue;
      rely(each.watched);
      return { destination: done, ending: each, literals: [...literals.values()] };
    }
  }
  return { destination: { kind: "origin", headers: {} }, ending: undefined, literals: [...literals.values()] };
}
