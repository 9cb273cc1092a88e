import type { EdgeZone, ZoneRule } from "./zone";
import type { Formula } from "../solver/formula";
import { treatmentOf } from "./actions";
import { Conditions } from "./conditions";
import type { Expectation } from "./expectation";
import { FOLLOWED_PHASES, inOrder, isKnownPhase, PHASE, seesSentUrl } from "./phases";
import { Treatment } from "./treatment";
import { mayRewriteUrl } from "./url-rewrite";

/** A rule whose condition decides where requests end. */
export interface SearchRule {
  readonly phase: string;
  readonly rule: ZoneRule;
  readonly skips: boolean;
  /** Whether its end is accepted for every request. */
  readonly isAccepted: boolean;
  /** When it matches. */
  readonly formula: Formula;
  /** What has to be told apart among the requests that it matches. */
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
  readonly rewritesUrls: boolean;
  /** The zone with the rules that end requests or leave out others alone. */
  readonly zone: EdgeZone;
}

export function searchRulesOf(zone: EdgeZone, { isAlwaysAccepted, watch }: Expectation): SearchRules {
  const conditions = new Conditions(true);
  const rewritesUrls = (zone.phases.get(PHASE.URL_REWRITE) ?? []).some(mayRewriteUrl);
  const placed = inOrder(zone.phases.keys()).known.flatMap(({ name }) =>
    (zone.phases.get(name) ?? []).map((rule) => ({ phase: name, rule, treatment: treatmentOf(name, rule) })),
  );
  const formulaOf = (phase: string, { expression, isConditionKnown }: ZoneRule): Formula =>
    isConditionKnown
      ? conditions.formulaOf(expression, zone.lists, rewritesUrls && seesSentUrl(phase))
      : conditions.unknownFormula(expression);
  const searched = placed
    .filter(({ treatment }) => treatment === Treatment.ENDS || treatment === Treatment.SKIPS)
    .map(({ phase, rule, treatment }): SearchRule => {
      const watched = watch?.(rule);
      return {
        ...{ phase, rule, skips: treatment === Treatment.SKIPS },
        isAccepted: treatment === Treatment.ENDS && isAlwaysAccepted(rule),
        formula: formulaOf(phase, rule),
        watched: watched === undefined ? conditions.formulas.yes : conditions.formulaOf(watched, zone.lists),
      };
    });
  const ofPhase = (phase: string): readonly SearchRule[] => searched.filter((each) => each.phase === phase);
  return {
    ...{ conditions, rewritesUrls },
    phases: FOLLOWED_PHASES.map(ofPhase),
    mayBlock: placed
      .filter(({ treatment }) => treatment === Treatment.MAY_BLOCK)
      .map(({ phase, rule }) => ({ rule, formula: formulaOf(phase, rule) })),
    unknownPhases: [...zone.phases].flatMap(([phase, rules]) =>
      rules.length === 0 || isKnownPhase(phase) ? [] : phase,
    ),
    zone: {
      ...zone,
      // What a rewrite makes of a path need not be normalised.
      normalised: zone.normalised && !rewritesUrls,
      phases: new Map(FOLLOWED_PHASES.map((phase) => [phase, ofPhase(phase).map(({ rule }) => rule)])),
    },
  };
}
