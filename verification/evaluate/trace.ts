import { type Expression, parse, parseValue, RulesLanguageError, textOf } from "../../network/rules-language";
import { EdgePhase } from "../../policy/edge-phase";
import { oncePer } from "../once-per";
import type { EdgeZone, ZoneRule } from "../model/edge-zone";
import { isObject, type JsonObject } from "../model/terraform/json";
import { asRulesSee, type EdgeRequest } from "./edge-request";
import { evaluate, evaluateValue } from "./evaluate";
import type { Request } from "./request";
import { skippedBy } from "./skip";
import { constantRewriteOf, type ConstantRewrite, REWRITE_PHASE } from "./url-rewrite";
import { Verdict } from "./verdict";

/** A rule that the request met, and what its condition said. */
export interface Step {
  readonly phase: string;
  readonly rule: ZoneRule;
  readonly verdict: Verdict;
}

/** Where a request ends. */
export type Destination = Redirected | Blocked | Forwarded | Undecided;

export interface Redirected {
  readonly kind: "redirect";
  readonly status: number;
  readonly location: string;
}

export interface Blocked {
  readonly kind: "block";
}

/** The request goes to the origin. */
export interface Forwarded {
  readonly kind: "origin";
  /**
   * The client's headers and those that the edge set, which replace them, by their names in lower case. What the edge
   * set is written as in the JSON: a reference to a variable stays one.
   */
  readonly headers: Readonly<Record<string, string>>;
}

export interface Undecided {
  readonly kind: "undecided";
  readonly reasons: readonly string[];
}

/** What the edge does with a request, rule by rule. */
export interface Trace {
  readonly steps: readonly Step[];
  readonly destination: Destination;
  /** The rule that ended it; undefined where none did. */
  readonly ending: ZoneRule | undefined;
}

/** What a rule does with a request that it matches: it ends it, leaves out the later rules of its phase, or sets headers. */
type Effect = Redirected | Blocked | Undecided | Skipping | Headers;

interface Skipping {
  readonly kind: "skip";
}

interface Headers {
  readonly kind: "headers";
  readonly set: Readonly<Record<string, string>>;
}

/**
 * The phases that are followed, in the platform's order.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
export const FOLLOWED_PHASES: readonly string[] = [EdgePhase.REDIRECT, EdgePhase.CUSTOM, EdgePhase.LATE_TRANSFORM];

const NO_EFFECT: Effect = { kind: "headers", set: {} };

/** Each action that is understood. */
const EFFECTS: ReadonlyMap<string, (rule: ZoneRule, request: Request) => Effect> = new Map([
  ["block", (): Effect => ({ kind: "block" })],
  ["log", () => NO_EFFECT],
  ["redirect", redirect],
  ["rewrite", rewrite],
  ["skip", skip],
]);

/**
 * Follows a request through the rules of a zone's edge.
 *
 * A rule whose condition or action isn't understood makes the destination undecided, unless the request ended before it.
 */
export function trace(zone: EdgeZone, request: EdgeRequest): Trace {
  const before = asRulesSee(request, zone.normalised);
  const rewrite = rewriteOf(zone, before);
  const after = rewrite === undefined ? before : asRulesSee(request, zone.normalised, rewrite);
  const steps: Step[] = [];
  let headers = lowerCased(request.headers ?? {});
  for (const phase of FOLLOWED_PHASES) {
    const seen = phase === EdgePhase.REDIRECT ? before : after;
    for (const rule of zone.phases.get(phase) ?? []) {
      const verdict = matches(rule, seen, zone);
      steps.push({ phase, rule, verdict });
      if (verdict.isFalse) continue;
      const effect = verdict.isUndecided ? undecided(rule, verdict.reasons) : effectOf(rule, seen);
      if (effect.kind === "skip") break;
      if (effect.kind !== "headers") return { steps, destination: effect, ending: rule };
      headers = { ...headers, ...lowerCased(effect.set) };
    }
  }
  const isFollowed = (phase: string): boolean =>
    FOLLOWED_PHASES.includes(phase) || (phase === REWRITE_PHASE && rewrite !== undefined);
  return { steps, destination: elsewhere(zone, isFollowed) ?? { kind: "origin", headers }, ending: undefined };
}

/** What rewrites make of a request's URL; undefined where that isn't known. One at most: how several meet isn't documented. */
function rewriteOf(zone: EdgeZone, request: Request): ConstantRewrite | undefined {
  const [rule, ...others] = zone.phases.get(REWRITE_PHASE) ?? [];
  if (rule === undefined) return {};
  const constants = others.length === 0 ? constantRewriteOf(rule) : undefined;
  const { value } = matches(rule, request, zone);
  if (value === undefined) return undefined;
  return value ? constants : {};
}

function lowerCased(headers: Readonly<Record<string, string | readonly string[]>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]));
}

/** Rules of other phases could have answered the request, so it isn't known to reach the origin. */
function elsewhere({ phases }: EdgeZone, isFollowed: (phase: string) => boolean): Undecided | undefined {
  const others = [...phases.keys()].filter((phase) => !isFollowed(phase));
  return others.length === 0 ? undefined : { kind: "undecided", reasons: others.map((phase) => `rules of ${phase}`) };
}

/**
 * What a rule's condition says about a request. Where it isn't understood, or only the apply knows it, that is undecided.
 *
 * @param request as the rules of its phase see it
 */
export function matches(rule: ZoneRule, request: Request, { lists }: EdgeZone): Verdict {
  if (!rule.isConditionKnown) return Verdict.undecided(unknownCondition(rule));
  return understood(() => evaluate(conditionOf(rule), request, lists), Verdict.undecided);
}

function unknownCondition({ expression }: ZoneRule): string {
  return expression.includes("${")
    ? `only the apply knows when ${expression} matches`
    : "more than its expression decides when it matches";
}

/**
 * A rule's condition, parsed once however many requests meet it.
 *
 * @throws RulesLanguageError where it is none
 */
export const conditionOf = oncePer(({ expression }: ZoneRule): Expression => parse(expression));

function effectOf(rule: ZoneRule, request: Request): Effect {
  const effect = EFFECTS.get(rule.action);
  return effect === undefined ? undecided(rule, [`the action ${rule.action}`]) : effect(rule, request);
}

function redirect(rule: ZoneRule, request: Request): Effect {
  if (!rule.areParametersKnown) return undecided(rule, ["a redirect that only the apply knows"]);
  const {
    target_url: url,
    status_code: status,
    preserve_query_string: keepsQuery,
  } = membersOf(rule.parameters["from_value"]);
  const { value, expression } = membersOf(url);
  const target = typeof value === "string" ? value : targetOf(expression, request);
  if (target === undefined) return undecided(rule, [unknownTarget(expression)]);
  const query = textOfValue("http.request.uri.query", request) ?? "";
  const kept = keepsQuery === true && query !== "" ? `?${query}` : "";
  return { kind: "redirect", status: Number(status), location: `${target}${kept}` };
}

const unknownTarget = (expression: unknown): string =>
  typeof expression === "string" ? `the target ${expression}` : "a redirect without a target";

function targetOf(expression: unknown, request: Request): string | undefined {
  if (typeof expression !== "string") return undefined;
  return understood(
    () => textOfValue(expression, request),
    () => undefined,
  );
}

function rewrite(rule: ZoneRule): Effect {
  const { headers, ...others } = rule.parameters;
  const set = Object.entries(membersOf(headers)).map(([name, header]) => [name, membersOf(header)] as const);
  const allSet = set.every(([, { operation, value }]) => operation === "set" && typeof value === "string");
  return allSet && isObject(headers) && Object.keys(others).length === 0
    ? { kind: "headers", set: Object.fromEntries(set.map(([name, { value }]) => [name, String(value)])) }
    : undecided(rule, ["a rewrite of more than constant headers"]);
}

/** The members of an object; none of anything else. */
function membersOf(value: unknown): JsonObject {
  return isObject(value) ? value : {};
}

function skip(rule: ZoneRule): Effect {
  const skipped = rule.areParametersKnown ? skippedBy(rule.parameters) : undefined;
  if (skipped === undefined) return undecided(rule, ["a skip of more than is understood"]);
  return skipped === "ruleset" ? { kind: "skip" } : NO_EFFECT;
}

function textOfValue(expression: string, request: Request): string | undefined {
  const outcome = evaluateValue(parseValue(expression), request);
  return outcome.kind === "known" && typeof outcome.value === "string" ? textOf(outcome.value) : undefined;
}

function undecided({ ref }: ZoneRule, reasons: readonly string[]): Undecided {
  return { kind: "undecided", reasons: reasons.map((reason) => `rule ${ref}: ${reason}`) };
}

/** What can't be parsed is not understood; nothing else is forgiven. */
function understood<T>(action: () => T, otherwise: (reason: string) => T): T {
  try {
    return action();
  } catch (error) {
    if (!(error instanceof RulesLanguageError)) throw error;
    return otherwise(error.message);
  }
}
