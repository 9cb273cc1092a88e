import type { Formula } from "../solver/formula";
import { type Answers, holdsAt, type Literal, reasonOf } from "../solver/search";
import { doneTo } from "./actions";
import { Conditions } from "./conditions";
import type { Destination } from "./ends";
import type { Request } from "./evaluate/request";
import { FOLLOWED_PHASES, isKnownPhase, PHASE, Treatment } from "./phases";
import type { Expectation } from "./proof";
import type { ConstantRewrite } from "./rewrite";
import { type PlacedRule, placedRules, rewritesUrls } from "./rules";
import type { EdgeZone, ZoneRule } from "./zone";

/** A rule whose condition decides where requests end. */
export interface SearchRule {
  readonly phase: string;
  readonly rule: ZoneRule;
  readonly skips: boolean;
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
  /** Phases that hold rules of which it is unknown what they do. */
  readonly unknownPhases: readonly string[];
  /** Whether a rule changes the path or the query between the redirects and the later phases. */
  readonly isRewritten: boolean;
  /** The zone with the rules that end requests or leave out others alone. */
  readonly zone: EdgeZone;
}

/** @param replaced what a rewrite replaces behind the redirects, where that is known */
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
      const { phase, rule, treatment } = each;
      const watched = watch?.(rule);
      return {
        ...{ phase, rule, skips: treatment === Treatment.SKIPS },
        isAccepted: treatment === Treatment.ENDS && isAlwaysAccepted(rule),
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
      if (each.skips) break;
      const done = doneTo(each.rule, seen);
      if (done.kind === "skip") break;
      if (done.kind === "headers") continue;
      rely(each.watched);
      return { destination: done, ending: each, literals: [...literals.values()] };
    }
  }
  return { destination: { kind: "origin", headers: {} }, ending: undefined, literals: [...literals.values()] };
}
