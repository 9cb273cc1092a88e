import { parseValue, RulesLanguageError } from "../../../../network/rules-language";
import { EdgePhase } from "../../../../policy/edge-phase";
import type { Change, Side } from "../../../edge/compare";
import { canonicalJson, isObject } from "../../../terraform/json";
import type { Passed, RedirectStop } from "../../../edge/ends";
import { asRulesSee, type EdgeRequest } from "../../../edge/evaluate/edge-request";
import { evaluateValue } from "../../../edge/evaluate/evaluate";
import { matches, trace } from "../../../edge/evaluate/trace";
import { type EdgeZone, rulesIn, type ZoneRule } from "../../../edge/zone";
import type { Pair } from "../../app";

/**
 * The examples of a change that end otherwise. Two ends that are written differently may be the same for some requests,
 * such as a redirect with the query and one without it. Such an example is replaced by another one that no rule tells
 * from it, as far as one is found.
 */
export function differingExamples(change: Change, zones: Pair<EdgeZone>): readonly EdgeRequest[] {
  return change.examples.flatMap((example) => {
    if (endsOtherwise(change, zones, example)) return example;
    const verdicts = verdictsOf(example, zones);
    const found = likeIt(example).find(
      (each) => endsOtherwise(change, zones, each) && verdictsOf(each, zones) === verdicts,
    );
    return found ?? [];
  });
}

/** Whether the evaluator shows that what is written differently is different for a request. */
function endsOtherwise({ before, after }: Change, zones: Pair<EdgeZone>, request: EdgeRequest): boolean {
  const [one, other] = [before.end, after.end];
  if (canonicalJson(one.barriers) !== canonicalJson(other.barriers)) return true;
  if (one.kind === "redirect" && other.kind === "redirect") {
    if (writtenAs(one) === writtenAs(other)) return true;
    return areUnlike(locationOf(before, zones.before, request), locationOf(after, zones.after, request));
  }
  if (one.kind !== "origin" || other.kind !== "origin") return true;
  if (canonicalJson(one.settings) !== canonicalJson(other.settings)) return true;
  const names = new Set([...Object.keys(one.headers), ...Object.keys(other.headers)]);
  return [...names].some((name) =>
    areUnlike(headerOf(one, name, zones.before, request), headerOf(other, name, zones.after, request)),
  );
}

const writtenAs = ({ status, target }: RedirectStop): string => `${status} ${target}`;

/** An unknown value may be the same. */
function areUnlike(one: string | undefined, other: string | undefined): boolean {
  return one !== undefined && other !== undefined && one !== other;
}

/** Where a rule redirects a request to, with the status; undefined where that isn't known. */
function locationOf({ rule }: Side, zone: EdgeZone, request: EdgeRequest): string | undefined {
  if (rule === undefined) return undefined;
  const { destination } = trace(withRule(zone, rule), request);
  return destination.kind === "redirect" ? `${destination.status} ${destination.location}` : undefined;
}

/** A zone with a rule alone, which matches everything. */
function withRule(zone: EdgeZone, rule: ZoneRule): EdgeZone {
  const always: ZoneRule = { ...rule, expression: "true", isConditionKnown: true };
  return { ...zone, phases: new Map([[EdgePhase.REDIRECT, [always]]]) };
}

/** The value of a header that an origin gets, in an unmistakable form; undefined where it is unknown. */
function headerOf({ headers }: Passed, name: string, zone: EdgeZone, request: EdgeRequest): string | undefined {
  const written = headers[name];
  if (written === undefined) return "untouched";
  const expression = expressionIn(written);
  if (expression === undefined) return `as written: ${written}`;
  const outcome = evaluateValue(expression, asRulesSee(request, zone.normalised));
  return outcome.kind === "known" && typeof outcome.value === "string" ? `as written: ${outcome.value}` : undefined;
}

/** The expression that a header is set to; undefined where it is set to a constant, or in another way. */
function expressionIn(written: string): ReturnType<typeof parseValue> | undefined {
  try {
    const change: unknown = JSON.parse(written);
    const isSet = isObject(change) && change["operation"] === "set" && typeof change["expression"] === "string";
    return isSet ? parseValue(change["expression"] as string) : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError) && !(error instanceof RulesLanguageError)) throw error;
    return undefined;
  }
}

/** The verdicts of both zones' rules on a request: equal texts, equal ends. */
function verdictsOf(request: EdgeRequest, { before, after }: Pair<EdgeZone>): string {
  return [before, after]
    .flatMap((zone) => {
      const seen = asRulesSee(request, zone.normalised);
      return rulesIn(zone).map((rule) => String(matches(rule, seen, zone).value));
    })
    .join();
}

/** Requests like another one, with more in their URL that a redirect may keep or change. */
function likeIt(request: EdgeRequest): readonly EdgeRequest[] {
  const [path = "", query = ""] = request.target.split("?", 2);
  const targets = [
    `${path}?${query === "" ? "example" : `${query}&example`}`,
    ...["Example", "/Example", "/Example?example", "%20"].map((more) => `${path}${more}`),
  ];
  return [
    ...targets.map((target) => ({ ...request, target })),
    ...[request.target, ...targets].map((target) => ({ ...request, target, host: request.host.toUpperCase() })),
  ];
}
