import { printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { EdgePart } from "../../../policy/edge-options";
import { OWN_RULE } from "../../../policy/edge-phase";
import type { StatementId } from "../../../policy/statements";
import type { Applier } from "../../appliers/applier";
import { asRulesSee, type EdgeRequest } from "../../edge/evaluate/edge-request";
import { matches } from "../../edge/evaluate/trace";
import { CONNECTIONS } from "../../edge/scope";
import { isSamePlace, placeKey, rulesIn, type ZoneRule } from "../../edge/zone";
import { oncePer } from "../../once-per";
import { allOf, placeAt, type Result, type Unknown } from "../../result";
import { openAbout } from "../../statements/acceptance";
import { stateOf } from "../../statements/applied-state";
import { proxied } from "../../statements/past-the-edge";
import { resultsOf, type StatementResult } from "../../statements/results";
import { type Scene, scenesOf } from "../../statements/scene";
import { RULES_REDIRECT, settingHeld, unknownSettings } from "../../statements/settings";
import { opened, portsAlike } from "../../statements/spectrum";
import { valueAt } from "../../terraform/identity";
import { isObject } from "../../terraform/json";
import type { App } from "../app";
import { accessTo, TARGET_KINDS, type TargetAccess, type TargetKind, TARGETS } from "../targets";
import { connectionExplained, type ConnectionOptions } from "./connection";
import {
  type ConnectionExplanation,
  type EdgeBasis,
  type Holder,
  type RequestExplanation,
  type StatementView,
  type TargetBasis,
} from "./explanation";
import { addressesFor, namedSets } from "./named-sets";
import type { RequestOptions } from "./question";
import { requestExplained } from "./request";

/**
 * Explains where a request ends, and why.
 *
 * @throws {InvalidInput} where the question is none, or no environment has the host
 */
export function explainRequest(app: App, options: RequestOptions): RequestExplanation {
  return requestExplained(edgesOf(app), options);
}

/**
 * Explains who may connect to what is not HTTP, and what decides it.
 *
 * @throws {InvalidInput} where the question is none, or there is nothing of that kind
 */
export function explainConnection(app: App, options: ConnectionOptions): ConnectionExplanation {
  return connectionExplained(targetsOf(app, [options.to]), options);
}

/** The statements about the edge: what bears on one of them may bear on any request. */
const EDGE_STATEMENTS: readonly StatementId[] = ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"];

/** The parts of the edge whose rules or settings decide where requests end. */
const DECIDING_PARTS: ReadonlySet<EdgePart> = new Set([
  EdgePart.REDIRECT,
  EdgePart.PORTS,
  EdgePart.WEBHOOK_GUARD,
  EdgePart.NORMALISATION,
]);

/** The bases of requests, one for each environment. */
export function edgesOf({ model, policies }: App): readonly EdgeBasis[] {
  const results = resultsOf(model, policies, EDGE_STATEMENTS);
  return scenesOf(model, policies).map((scene): EdgeBasis => {
    const { zone, policy } = scene.edge;
    const own = results.filter(({ environment }) => environment === scene.policy.name);
    return {
      environment: scene.policy.name,
      hosts: Object.keys(scene.policy.environment.hosts),
      zoneName: policy.zone.name,
      zone,
      origins: new Map(policy.tenants.flatMap((tenant) => Object.entries(tenant.hosts))),
      names: namedSets(policies, zone),
      statements: own.map(statementView),
      rules: ruleNotesOf(scene, own),
      unknown: edgeUnknowns(scene),
      opened: openedIn(scene),
    };
  });
}

function openedIn(scene: Scene): EdgeBasis["opened"] {
  return portsAlike(scene)
    .map((range) => ({ ...range, reasons: reasonsOf(allOf(opened(scene, [range.first]))) }))
    .filter(({ reasons }) => reasons.length > 0);
}

/**
 * The bases of connections, one for each environment.
 *
 * @param kinds the kinds of things that are asked about
 * @default - all
 */
export function targetsOf(
  { model, policies }: App,
  kinds: readonly TargetKind[] = TARGET_KINDS,
): readonly TargetBasis[] {
  const names = namedSets(policies);
  const results = resultsOf(model, policies, [...new Set(kinds.flatMap((kind) => TARGETS[kind].statements))]);
  return scenesOf(model, policies).map((scene): TargetBasis => {
    const environment = scene.policy.name;
    const entriesOf = (kind: TargetKind) => {
      const { ports, statements, idsIn } = TARGETS[kind];
      const held = results.filter((each) => each.environment === environment && statements.includes(each.statement));
      const views = held.map(statementView);
      return idsIn(scene).map((name) => ({ name, ports, ...entryOf(accessTo(kind, name, scene)), statements: views }));
    };
    return {
      ...{ environment, names },
      targets: { postgres: entriesOf("postgres"), redis: entriesOf("redis"), worker: entriesOf("worker") },
    };
  });
}

function entryOf({ admitted, because, applier, unknown, past: [past] }: TargetAccess) {
  return { unknown, admitted, because, by: applier && holderOf(applier), past: past?.example };
}

function holderOf(applier: Applier): Holder {
  const { name, ...place } = stateOf(applier);
  return { resource: name, kind: applier.kind, ...place, state: applier.state };
}

export const edgeUnknowns = oncePer((scene: Scene): EdgeBasis["unknown"] => {
  const { policies, edge } = scene;
  const tenants = edge.policy.tenants.map(({ name }) => name);
  const guests = policies.filter(({ name }) => tenants.includes(name));
  const hosts = guests.flatMap((policy) => Object.keys(policy.environment.hosts).map((host) => ({ host, policy })));
  return {
    toHost: new Map(hosts.map(({ host, policy }) => [host, reasonsOf(proxied(host, { ...scene, policy }), host)])),
    overHttp: reasonsOf(settingHeld(RULES_REDIRECT, scene)),
    always: [
      ...reasonsOf(allOf(unknownSettings(scene))),
      ...(edge.policy.leave ?? [])
        .filter((part) => DECIDING_PARTS.has(part))
        .map((part) => ({
          reason: `what decides the part ${part} of the edge is left to others, and isn't in the JSON`,
          question: "value" as const,
        })),
      ...EDGE_STATEMENTS.flatMap((id) => openAbout(id, scene)),
    ],
  };
});

/** Why something doesn't certainly hold. */
function reasonsOf({ wrong, controls, unknown }: Result, subject?: string): readonly Unknown[] {
  if (wrong === undefined) return unknown;
  const [by] = controls;
  const reason = subject === undefined || wrong.includes(subject) ? wrong : `${subject} ${wrong}`;
  return [{ reason, question: "value", ...(by === undefined ? {} : { place: placeAt(by) }) }];
}

/** @param results those of the environment */
function ruleNotesOf(scene: Scene, results: readonly StatementResult[]): EdgeBasis["rules"] {
  return new Map(
    rulesIn(scene.edge.zone).map((rule) => {
      const statements = heldBy(rule, scene, results);
      return [placeKey(rule), { description: descriptionOf(rule, scene), statements }];
    }),
  );
}

function descriptionOf({ stack, pointer }: ZoneRule, { model }: Scene): string | undefined {
  const body = valueAt(model.stack(stack)?.json, pointer);
  const description = isObject(body) ? body["description"] : undefined;
  return typeof description === "string" ? description : undefined;
}

/**
 * The statements of an environment that one of its own rules holds: the one that its description names, and those whose
 * proof rests on it. A rule of somebody else holds none, whatever it says and does.
 *
 * @param results those of the environment
 */
export function heldBy(rule: ZoneRule, scene: Scene, results: readonly StatementResult[]): readonly StatementId[] {
  if (!ownRules(scene).some((each) => isSamePlace(each, rule))) return [];
  const [, id] = /^([A-Z]+-\d+):/.exec(descriptionOf(rule, scene) ?? "") ?? [];
  const named = results.filter(({ statement }) => statement === id);
  const resting = results.filter(
    ({ verdict, controls }) =>
      (verdict === "proven" || verdict === "accepted") && controls.some((each) => isSamePlace(each, rule)),
  );
  return [...new Set([...named, ...resting].map(({ statement }) => statement))];
}

/**
 * The rules that the edge writes for an environment: neither another team's, nor for another environment of the zone alone.
 * Such a rule may match requests for the environment's hosts from somebody who is no sender of its webhooks.
 */
const ownRules = oncePer((scene: Scene): readonly ZoneRule[] => {
  const { zone } = scene.edge;
  const seen = requestsOf(scene).map((request) => asRulesSee(request, zone.normalised));
  const rules = rulesIn(zone).filter(({ ref }) => ref.startsWith(OWN_RULE));
  return rules.filter((rule) => seen.some((each) => !matches(rule, each, zone).isFalse));
});

/** Requests for each host and each webhook of an environment, from an address of each family that is no sender's. */
function requestsOf({ policy: { environment } }: Scene): readonly EdgeRequest[] {
  const { hosts, webhooks = [] } = environment;
  const senders = webhooks.map(({ sender }) => AddressSet.of(sender.name, sender.addresses));
  const sources = addressesFor(undefined, senders).map(printAddress);
  const targets = ["/", ...webhooks.map(({ path }) => path)];
  return Object.keys(hosts).flatMap((host) =>
    targets.flatMap((target) =>
      CONNECTIONS.flatMap((connection) => sources.map((from) => ({ ...connection, host, target, from }))),
    ),
  );
}

/** A statement as it is shown, with how it is held and what it rests on. */
export function statementView(result: StatementResult): StatementView {
  const { statement: id, sentence, verdict, strength, assumptions, accepted } = result;
  const { counterexample, wrong, unknown, notes } = result;
  const violation = wrong === undefined ? [] : [[...counterexample.slice(0, 1), wrong].join(" ")];
  return {
    ...{ id, sentence, verdict },
    ...(strength === undefined ? {} : { strength }),
    notes: [...violation, ...unknown.map(({ reason }) => reason), ...notes],
    ...{ assumptions, accepted },
  };
}
