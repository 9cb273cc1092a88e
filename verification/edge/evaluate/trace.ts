import { type Expression, parse, RulesLanguageError } from "../../../network/rules-language";
import { attemptOr } from "../../attempt";
import { oncePer } from "../../once-per";
import { doneTo } from "../actions";
import { type Destination, NOTHING_DONE, undecidedBy } from "../ends";
import { FOLLOWED_PHASES, PHASE, seesSentUrl } from "../phases";
import { type ConstantRewrite, constantRewriteOf } from "../rewrite";
import { HIDDEN } from "../secrecy";
import type { EdgeZone, ZoneRule } from "../zone";
import { asRulesSee, type EdgeRequest } from "./edge-request";
import { type Assumed, evaluate } from "./evaluate";
import type { Request } from "./request";
import { Verdict } from "./verdict";

/** A rule that the request met, and the answer of its condition. */
export interface Step {
  readonly phase: string;
  readonly rule: ZoneRule;
  readonly verdict: Verdict;
}

/** The way of a request through the edge, rule by rule. */
export interface Trace {
  readonly steps: readonly Step[];
  readonly destination: Destination;
  /** The rule that ended it; undefined where none did. */
  readonly ending: ZoneRule | undefined;
}

/**
 * Follows a request through the rules of a zone's edge.
 *
 * A rule whose condition or action isn't understood makes the destination undecided, unless the request ended before it.
 *
 * @param assumed answers to take for known
 */
export function trace(zone: EdgeZone, request: EdgeRequest, assumed?: Assumed): Trace {
  const before = asRulesSee(request, zone.normalised);
  const rewrite = rewriteOf(zone, before);
  const after = asRulesSee(request, zone.normalised, rewrite ?? "unknown");
  const steps: Step[] = [];
  let headers = lowerCased(request.headers ?? {});
  for (const phase of FOLLOWED_PHASES) {
    const seen = seesSentUrl(phase) ? before : after;
    for (const rule of zone.phases.get(phase) ?? []) {
      const verdict = matches(rule, seen, zone, assumed);
      steps.push({ phase, rule, verdict });
      if (verdict.isFalse) continue;
      const known = doneTo(rule, seen);
      // A rule that changes nothing may match or not.
      if (known === NOTHING_DONE) continue;
      const done = verdict.isUndecided ? undecidedBy(rule, verdict.reasons) : known;
      if (done.kind === "skip") break;
      if (done.kind !== "headers") return { steps, destination: done, ending: rule };
      headers = { ...headers, ...lowerCased(done.set) };
    }
  }
  const isFollowed = (phase: string): boolean =>
    FOLLOWED_PHASES.includes(phase) || (phase === PHASE.URL_REWRITE && rewrite !== undefined);
  return { steps, destination: elsewhere(zone, isFollowed) ?? { kind: "origin", headers }, ending: undefined };
}

/** The rewrite of a request's URL; undefined where unknown. There is one at most: how several meet isn't documented. */
function rewriteOf(zone: EdgeZone, request: Request): ConstantRewrite | undefined {
  const rules = zone.phases.get(PHASE.URL_REWRITE) ?? [];
  const verdicts = rules.map((rule) => matches(rule, request, zone));
  if (verdicts.every(({ isFalse }) => isFalse)) return {};
  const [rule, ...others] = rules;
  return rule !== undefined && others.length === 0 && verdicts[0]?.isTrue === true
    ? constantRewriteOf(rule)
    : undefined;
}

function lowerCased(headers: Readonly<Record<string, string | readonly string[]>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Rules of other phases could have answered the request, so it isn't known to reach the origin. */
function elsewhere({ phases }: EdgeZone, isFollowed: (phase: string) => boolean): Destination | undefined {
  const others = [...phases.keys()].filter((phase) => !isFollowed(phase));
  return others.length === 0 ? undefined : { kind: "undecided", reasons: others.map((phase) => `rules of ${phase}`) };
}

/**
 * The verdict of a rule's condition on a request: undecided where it isn't understood, or only the apply knows it.
 *
 * @param request as the rules of its phase see it
 * @param assumed answers to take for known; none by default
 */
export function matches(rule: ZoneRule, request: Request, { lists }: EdgeZone, assumed?: Assumed): Verdict {
  const whole = assumed?.get(rule.expression);
  if (whole !== undefined) return Verdict.of(whole);
  if (!rule.isConditionKnown) return Verdict.undecided(unknownCondition(rule));
  const decide = (): Verdict => evaluate(conditionOf(rule), request, lists, assumed);
  return attemptOr(decide, RulesLanguageError, ({ message }) => Verdict.undecided(message));
}

function unknownCondition({ expression }: ZoneRule): string {
  if (expression === HIDDEN) return "its condition may hold a secret, so it isn't shown here";
  return expression.includes("${")
    ? `only the apply knows when ${expression} matches`
    : "more than its expression decides when it matches";
}

/**
 * A rule's condition, parsed once however many requests meet it.
 *
 * @throws RulesLanguageError where it is none
 */
const conditionOf = oncePer(({ expression }: ZoneRule): Expression => parse(expression));
