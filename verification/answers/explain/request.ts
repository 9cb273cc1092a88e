import { type Address, printAddress } from "../../../network/address";
import { CLOUDFLARE_PROXIED_PORTS } from "../../../network/ports";
import { blockStatus, effectInWords } from "../../edge/actions";
import { CONNECTIONS } from "../../edge/scope";
import type { Destination } from "../../edge/ends";
import { asRulesSee, type EdgeRequest } from "../../edge/evaluate/edge-request";
import { normalisePath } from "../../edge/evaluate/normalise-path";
import { PHASE, Treatment } from "../../edge/phases";
import { covers } from "../../edge/spectrum-ports";
import { understood } from "../../edge/conditions";
import { type EdgeZone, placeKey, rulesIn, type ZoneRule } from "../../edge/zone";
import { cut, distinctBy } from "../../collections";
import { placeAt, type Unknown } from "../../result";
import { shownValue } from "../../edge/secrecy";
import { changedHeaders } from "../../edge/rewrite";
import {
  type EdgeBasis,
  type EdgeUnknowns,
  type DecidingRule,
  type RequestDecision,
  FORMAT,
  type Normalisation,
  type OriginView,
  type PhaseView,
  type RequestExplanation,
  type RuleView,
  type StepView,
  type Why,
} from "./explanation";
import { addressesAskedFor, because, type SeenRequest, whyNot } from "./conditions";
import { addressesFor, sourceOf } from "./named-sets";
import { edgeFor, questionOf, type RequestOptions } from "./question";
import { type RequestTrace, traceOf, type TracedRule } from "./trace";

/**
 * Explains where a request ends, and why.
 *
 * @throws {InvalidInput} where the question is none, or no environment has the host
 */
export function requestExplained(edges: readonly EdgeBasis[], options: RequestOptions): RequestExplanation {
  const question = questionOf(options);
  const basis = edgeFor(edges, question.server, options.environment);
  const { zone, names } = basis;
  const [address, other] = addressesFor(question.from, [...names, ...askedFor(zone)]);
  const answerTo = (from: Address) => answerFor({ ...question.request, from: printAddress(from) }, basis);
  const answer = answerTo(address);
  const otherwise =
    other === undefined ? [] : [compared(printAddress(other), answerTo(other).decision, answer.decision)];
  const { method = "GET", scheme, port, host, target, headers = {} } = question.request;
  return {
    format: FORMAT,
    kind: "request",
    request: {
      ...{ method, url: question.url, scheme, port, host, target },
      headers: Object.entries(headers).flatMap(([name, values]) =>
        values.map((value) => ({ name, value: shownValue(name, value) })),
      ),
      from: sourceOf(address, names, question.from === undefined),
    },
    environment: basis.environment,
    zone: basis.zoneName,
    ...answer,
    notes: [...question.notes, ...otherwise, ...answer.notes],
  };
}

type Explained = Omit<RequestExplanation, "format" | "kind" | "request" | "environment" | "zone">;

function answerFor(request: EdgeRequest, basis: EdgeBasis): Explained {
  const { zone } = basis;
  const normalisation = normalisationOf(request, zone);
  const decision = refusalOf(request, basis);
  if (decision !== undefined) {
    const origin = { isReached: false, ...originOf(request, basis), headers: [], statements: [] };
    return { decision, unless: [], normalisation, phases: [], origin, notes: [] };
  }
  const traced = traceOf(zone, request);
  const look: SeenRequest = { request: asRulesSee(request, zone.normalised), zone, names: basis.names };
  const stepsIn = (name: string) => traced.phases.filter((phase) => phase.name === name).flatMap(({ steps }) => steps);
  return {
    decision: decisionOf(traced, unknownOf(basis.unknown, request)),
    unless: unlessOf(traced),
    decidedBy: traced.deciding && deciderOf(traced.deciding, look, basis),
    normalisation,
    phases: traced.phases.map((phase): PhaseView => ({
      ...phase,
      steps: phase.steps.map((step) => stepView(phase.name, step, look, basis)),
    })),
    origin: { ...originOf(request, basis), ...reachedBy(traced.destination, stepsIn(PHASE.LATE_TRANSFORM), basis) },
    notes: stepsIn(PHASE.ORIGIN)
      .filter(isMet)
      .map(({ rule }) => `rule ${rule.ref} may lead it to another origin: ${rule.action}`),
  };
}

/** Those that bear on a request, each once. */
export function unknownOf(
  { toHost, overHttp, always }: EdgeUnknowns,
  { scheme, host }: Pick<EdgeRequest, "scheme" | "host">,
): readonly Unknown[] {
  const all = [...(toHost.get(host) ?? []), ...(scheme === "http" ? overHttp : []), ...always];
  return distinctBy(all, (each) => JSON.stringify(each));
}

function originOf({ host }: EdgeRequest, { origins }: EdgeBasis): Pick<OriginView, "service" | "address"> {
  const origin = origins.get(host.toLowerCase().replace(/\.?(:\d+)?$/, ""));
  return { service: origin?.service, address: origin?.address };
}

/** The headers that come to the origin, if the request does, and the statements that hold those that rules set. */
function reachedBy(
  destination: Destination,
  steps: readonly TracedRule[],
  { rules: notes, statements }: EdgeBasis,
): Omit<OriginView, "service" | "address"> {
  if (destination.kind !== "origin") return { isReached: false, headers: [], statements: [] };
  const rules = steps.filter(({ state }) => state === "matched").map(({ rule }) => rule);
  const held = new Set(rules.flatMap((rule) => notes.get(placeKey(rule))?.statements ?? []));
  const setBy = new Map(
    rules.flatMap((rule) => changedHeaders(rule).map((name) => [name.toLowerCase(), { name, by: rule.ref }] as const)),
  );
  return {
    isReached: true,
    headers: Object.entries(destination.headers).map(([key, value]) => ({
      ...(setBy.get(key) ?? { name: key }),
      value: shownValue(key, value),
    })),
    statements: statements.filter(({ id }) => held.has(id)),
  };
}

function askedFor(zone: EdgeZone) {
  return rulesIn(zone).flatMap((rule) => {
    const condition = understood(rule.expression);
    return condition === undefined ? [] : addressesAskedFor(condition, zone);
  });
}

function normalisationOf({ target }: EdgeRequest, { normalised }: EdgeZone): Normalisation {
  const [before = ""] = target.split("?");
  return { isOn: normalised, before, after: normalised ? normalisePath(before) : before };
}

/** A connection that the proxy doesn't take meets no rule. */
function refusalOf({ scheme, port }: EdgeRequest, { opened }: EdgeBasis): RequestDecision | undefined {
  if (CONNECTIONS.some((each) => each.scheme === scheme && each.port === port)) return undefined;
  if (CLOUDFLARE_PROXIED_PORTS.includes(port)) {
    const spoken = scheme === "http" ? "https" : "http";
    return { kind: "refused", reason: `the edge speaks ${spoken} on port ${port}, not ${scheme}` };
  }
  const refused: RequestDecision = { kind: "refused", reason: `the edge doesn't answer on port ${port}` };
  const reasons = opened.find((range) => covers(range, port))?.reasons ?? [];
  return reasons.length === 0 ? refused : { kind: "undecided", reasons, byTheRules: refused };
}

function decisionOf({ destination, ending }: RequestTrace, unknown: readonly Unknown[]): RequestDecision {
  const byTheRules = endOf(destination, ending);
  if (byTheRules.kind === "undecided") return { ...byTheRules, reasons: [...byTheRules.reasons, ...unknown] };
  return unknown.length === 0 ? byTheRules : { kind: "undecided", reasons: unknown, byTheRules };
}

function endOf(destination: Destination, ending: ZoneRule | undefined): RequestDecision {
  switch (destination.kind) {
    case "block":
      return { kind: "block", status: ending === undefined ? 403 : blockStatus(ending) };
    case "redirect":
      return { kind: "redirect", status: destination.status, location: destination.location };
    case "origin":
      return { kind: "origin" };
    case "undecided":
      return {
        kind: "undecided",
        reasons: destination.reasons.map((reason) => ({
          reason,
          question: "condition" as const,
          ...(ending === undefined ? {} : { place: placeAt(ending) }),
        })),
      };
  }
}

/** The rules that may stop the request: those it meets that match, or may. */
function unlessOf({ phases }: RequestTrace): readonly string[] {
  return phases.flatMap(({ title, steps }) =>
    steps
      .filter((step) => step.treatment === Treatment.MAY_BLOCK && isMet(step))
      .map(({ rule }) => `${rule.ref} (${title}: ${rule.action})`),
  );
}

const isMet = ({ state }: TracedRule): boolean => state === "matched" || state === "undecided";

function deciderOf(rule: ZoneRule, look: SeenRequest, { rules, statements }: EdgeBasis): DecidingRule {
  const condition = understood(rule.expression);
  return {
    rule: ruleView(rule, rules),
    statements: (rules.get(placeKey(rule))?.statements ?? []).flatMap((id) =>
      statements.filter((each) => each.id === id),
    ),
    because: condition === undefined ? [] : because(condition, look),
  };
}

/** A rule as it is shown: with the description that the JSON has for it. */
function ruleView(rule: ZoneRule, notes: EdgeBasis["rules"]): RuleView {
  return { ref: rule.ref, description: notes.get(placeKey(rule))?.description, ...placeAt(rule) };
}

function stepView(
  phase: string,
  { rule, state, verdict, by }: TracedRule,
  look: SeenRequest,
  { rules }: EdgeBasis,
): StepView {
  return {
    rule: ruleView(rule, rules),
    statements: rules.get(placeKey(rule))?.statements ?? [],
    state,
    does: effectInWords(phase, rule),
    why: verdict === undefined || verdict.isTrue ? undefined : whyOf(rule, verdict.reasons, look),
    by: by?.ref,
  };
}

/** Where the condition can't be read, or isn't asked, the reason is all there is. */
function whyOf(rule: ZoneRule, reasons: readonly string[], look: SeenRequest): Why {
  const condition = understood(rule.expression);
  if (condition !== undefined && rule.isConditionKnown) return whyNot(condition, look);
  const conjunct = cut(rule.expression);
  return { conjunct, facts: [{ conjunct, saw: reasons.join("; ") }] };
}

/** A sentence on whether the request ends differently from another address. */
function compared(from: string, other: RequestDecision, decision: RequestDecision): string {
  return JSON.stringify(other) === JSON.stringify(decision)
    ? `from ${from} it ends the same`
    : `from ${from} it ends differently: ask with --from ${from}`;
}
