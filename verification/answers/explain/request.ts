import { type Address, printAddress } from "../../../network/address";
import { CLOUDFLARE_PROXIED_PORTS } from "../../../network/ports";
import { effectInWords } from "../../edge/actions";
import { blockStatus } from "../../edge/actions";
import { CONNECTIONS } from "../../edge/scope";
import type { Destination } from "../../edge/ends";
import { asRulesSee, type EdgeRequest } from "../../edge/evaluate/edge-request";
import { normalisePath } from "../../edge/evaluate/normalise-path";
import { PHASE } from "../../edge/phases";
import { understood } from "../../edge/conditions";
import { Treatment } from "../../edge/phases";
import type { EdgeZone, ZoneRule } from "../../edge/zone";
import { allOf } from "../../result";
import { opened } from "../../statements/spectrum";
import { resultsOf, type StatementResult } from "../../statements/results";
import type { Scene } from "../../statements/scene";
import type { App } from "../app";
import { addressesAskedFor, type Asked, because, cut, whyNot } from "./conditions";
import { unknownAboutRequest, EDGE_STATEMENTS, reasonsOf, sceneFor } from "./edge";
import {
  type Decider,
  type Decision,
  FORMAT,
  type Normalisation,
  type Phase,
  type Reason,
  type RequestExplanation,
  type Step,
  type Why,
} from "./explanation";
import { addressesFor, namedSets, sourceOf } from "./named-sets";
import { askedHeaders, originOf } from "./origin";
import { type RequestQuestion, questionOf, type RequestOptions } from "./question";
import { ruleView, statementsOf, statementView } from "./rules";
import { type RequestTrace, traceOf, type TracedRule } from "./trace";

/**
 * Explains where a request ends, and why.
 *
 * @throws {InvalidInput} where the question is none, or no environment has the host
 */
export function explainRequest(app: App, options: RequestOptions): RequestExplanation {
  const question = questionOf(options);
  const scene = sceneFor(app, question.server, options.environment);
  const { zone } = scene.edge;
  const names = namedSets(app.policies, zone);
  const [address, other] = addressesFor(question.from, [...names, ...askedFor(zone)]);
  if (address === undefined) throw new Error("every address has a name");
  const results = resultsOf(app.model, app.policies).filter(
    ({ environment, statement }) => environment === scene.policy.name && EDGE_STATEMENTS.includes(statement),
  );
  const asker: Asker = { scene, question, results, names };
  const answer = answerFor(address, asker);
  const from = sourceOf(address, names, question.from === undefined);
  const otherwise = other === undefined ? [] : [otherFamily(other, answer.decision, asker)];
  return {
    format: FORMAT,
    kind: "request",
    request: asked(question, from),
    environment: scene.policy.name,
    zone: scene.edge.policy.zone.name,
    ...answer,
    notes: [...question.notes, ...otherwise, ...answer.notes],
  };
}

interface Asker {
  readonly scene: Scene;
  readonly question: RequestQuestion;
  readonly results: readonly StatementResult[];
  readonly names: Asked["names"];
}

type Answer = Omit<RequestExplanation, "format" | "kind" | "request" | "environment" | "zone">;

function answerFor(address: Address, asker: Asker): Answer {
  const { scene, question, results, names } = asker;
  const { zone } = scene.edge;
  const request: EdgeRequest = { ...question.request, from: printAddress(address) };
  const normalisation = normalisationOf(request, zone);
  const refusal = refusalOf(request, scene);
  if (refusal !== undefined) {
    return {
      decision: refusal,
      unless: [],
      normalisation,
      phases: [],
      origin: originOf(request, scene, results),
      notes: [],
    };
  }
  const traced = traceOf(zone, request);
  const look: Asked = { request: asRulesSee(request, zone.normalised), zone, names };
  const decision = decisionOf(traced, unknownAboutRequest(request, scene));
  const decidedBy = deciderOf(traced, look, scene, results);
  return {
    decision,
    unless: unlessOf(traced),
    ...(decidedBy === undefined ? {} : { decidedBy }),
    normalisation,
    phases: traced.phases.map(({ phase, steps }): Phase => ({
      ...phase,
      steps: steps.map((step) => stepView(phase.name, step, look, scene, results)),
    })),
    origin: originOf(request, scene, results, traced),
    notes: changedOrigin(traced),
  };
}

function asked(
  { url, request }: RequestQuestion,
  from: RequestExplanation["request"]["from"],
): RequestExplanation["request"] {
  const { method = "GET", scheme, port, host, target } = request;
  return { method, url, scheme, port, host, target, headers: askedHeaders(request), from };
}

function askedFor(zone: EdgeZone) {
  return [...zone.phases.values()].flat().flatMap((rule) => {
    const condition = understood(rule.expression);
    return condition === undefined ? [] : addressesAskedFor(condition, zone);
  });
}

function normalisationOf({ target }: EdgeRequest, { normalised }: EdgeZone): Normalisation {
  const [before = ""] = target.split("?");
  return { isOn: normalised, before, after: normalised ? normalisePath(before) : before };
}

/** What the proxy doesn't take meets no rule. */
function refusalOf({ scheme, port }: EdgeRequest, scene: Scene): Decision | undefined {
  if (CONNECTIONS.some((each) => each.scheme === scheme && each.port === port)) return undefined;
  if (CLOUDFLARE_PROXIED_PORTS.includes(port)) {
    const spoken = scheme === "http" ? "https" : "http";
    return { kind: "refused", reason: `the edge speaks ${spoken} on port ${port}, not ${scheme}` };
  }
  const refused: Decision = { kind: "refused", reason: `the edge doesn't answer on port ${port}` };
  const reasons = reasonsOf(allOf(opened(scene, [port])));
  return reasons.length === 0 ? refused : { kind: "undecided", reasons, byTheRules: refused };
}

function decisionOf({ destination, ending }: RequestTrace, doubts: readonly Reason[]): Decision {
  const byTheRules = endOf(destination, ending);
  if (byTheRules.kind === "undecided") return { ...byTheRules, reasons: [...byTheRules.reasons, ...doubts] };
  return doubts.length === 0 ? byTheRules : { kind: "undecided", reasons: doubts, byTheRules };
}

function endOf(destination: Destination, ending: ZoneRule | undefined): Decision {
  switch (destination.kind) {
    case "block":
      return { kind: "block", status: ending === undefined ? 403 : blockStatus(ending) };
    case "redirect":
      return { kind: "redirect", status: destination.status, location: destination.location };
    case "origin":
      return { kind: "origin" };
    case "undecided":
      return { kind: "undecided", reasons: destination.reasons.map((reason) => ({ reason, ...placeOf(ending) })) };
  }
}

function placeOf(rule: ZoneRule | undefined): Pick<Reason, "place"> {
  if (rule === undefined) return {};
  const { stack, pointer, path } = rule;
  return { place: { stack, pointer, ...(path === undefined ? {} : { path }) } };
}

/** The rules that may stop the request: those it meets that match, or may. */
function unlessOf({ phases }: RequestTrace): readonly string[] {
  return phases.flatMap(({ phase, steps }) =>
    steps
      .filter(({ treatment, state }) => treatment === Treatment.MAY_BLOCK && isMet(state))
      .map(({ rule }) => `${rule.ref} (${phase.title}: ${rule.action})`),
  );
}

const isMet = (state: Step["state"]): boolean => state === "matched" || state === "undecided";

function deciderOf(
  { ending }: RequestTrace,
  look: Asked,
  scene: Scene,
  results: readonly StatementResult[],
): Decider | undefined {
  if (ending === undefined) return undefined;
  const rule = ruleView(ending, scene.model);
  const ids = statementsOf(rule, scene, results);
  const condition = understood(ending.expression);
  return {
    rule,
    statements: ids.flatMap((id) => results.filter(({ statement }) => statement === id)).map(statementView),
    because: condition === undefined ? [] : because(condition, look),
  };
}

function stepView(
  phase: string,
  { rule, state, verdict, by }: TracedRule,
  look: Asked,
  scene: Scene,
  results: readonly StatementResult[],
): Step {
  const view = ruleView(rule, scene.model);
  const why = verdict === undefined || verdict.isTrue ? undefined : whyOf(rule, verdict.reasons, look);
  return {
    rule: view,
    statements: statementsOf(view, scene, results),
    state,
    does: effectInWords(phase, rule),
    ...(why === undefined ? {} : { why }),
    ...(by === undefined ? {} : { by: by.ref }),
  };
}

/** Where the condition can't be read, or isn't asked, the reason is all there is. */
function whyOf(rule: ZoneRule, reasons: readonly string[], look: Asked): Why {
  const condition = understood(rule.expression);
  const isAsked = condition !== undefined && rule.isConditionKnown;
  if (isAsked) return whyNot(condition, look);
  const conjunct = cut(rule.expression);
  return { conjunct, facts: [{ conjunct, saw: reasons.join("; ") }] };
}

function changedOrigin({ phases }: RequestTrace): readonly string[] {
  return phases
    .filter(({ phase }) => phase.name === PHASE.ORIGIN)
    .flatMap(({ steps }) => steps.filter(({ state }) => isMet(state)))
    .map(({ rule }) => `rule ${rule.ref} may lead it to another origin: ${rule.action}`);
}

/** Whether another address of nobody in particular ends elsewhere. */
function otherFamily(address: Address, decision: Decision, asker: Asker): string {
  const text = printAddress(address);
  const { decision: other } = answerFor(address, asker);
  return JSON.stringify(other) === JSON.stringify(decision)
    ? `from ${text} it ends the same`
    : `from ${text} it ends differently: ask with --from ${text}`;
}
