import { EdgePart } from "../../../policy/edge-options";
import type { StatementId } from "../../../policy/statements";
import type { Applier } from "../../appliers/applier";
import { oncePer } from "../../once-per";
import { allOf, placeAt, type Result, type Unknown } from "../../result";
import { openAbout } from "../../statements/acceptance";
import { stateOf } from "../../statements/applied-state";
import { proxied } from "../../statements/past-the-edge";
import { resultsOf } from "../../statements/results";
import { type Scene, scenesOf } from "../../statements/scene";
import { RULES_REDIRECT, settingHeld, unknownSettings } from "../../statements/settings";
import { opened, portsAlike } from "../../statements/spectrum";
import type { App } from "../app";
import { accessTo, TARGET_KINDS, type TargetAccess, type TargetKind, TARGETS } from "../targets";
import { connectionExplained, type ConnectionOptions } from "./connection";
import type {
  ConnectionExplanation,
  EdgeBasis,
  EdgeUnknowns,
  Holder,
  RequestExplanation,
  TargetBasis,
  TargetEntry,
} from "./explanation";
import { namedSets } from "./named-sets";
import type { RequestOptions } from "./question";
import { requestExplained } from "./request";
import { ruleNotesOf, statementView } from "./rules";

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
    const entriesOf = (kind: TargetKind): readonly TargetEntry[] => {
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

export const edgeUnknowns = oncePer((scene: Scene): EdgeUnknowns => {
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
