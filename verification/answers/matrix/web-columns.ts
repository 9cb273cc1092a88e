import { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import type { StatementId } from "../../../policy/statements";
import { isChallenge, treatmentOf } from "../../edge/actions";
import { behaviourOf, type Part as BehaviourPart } from "../../edge/behaviour";
import { understood } from "../../edge/conditions";
import type { RequestSet } from "../../edge/describe";
import type { End } from "../../edge/ends";
import { asRulesSee } from "../../edge/evaluate/edge-request";
import { matches } from "../../edge/evaluate/trace";
import { PHASE, Treatment } from "../../edge/phases";
import { type Connection, CONNECTIONS } from "../../edge/scope";
import type { Values } from "../../edge/values";
import { type EdgeZone, placeKey, withRules, type ZoneRule } from "../../edge/zone";
import { forHosts } from "../../statements/hosts";
import type { Scene } from "../../statements/scene";
import { brief } from "../explain/conditions";
import { edgeUnknowns } from "../explain/explain";
import { unknownOf } from "../explain/request";
import { cellOf, type ColumnDraft, PLAIN, undecidedCell, type Decider, type Limit, type CellPart } from "./matrix";
import { type PathGroup, pathGroups } from "./paths";

/** A group of ports that the edge answers on. */
interface Service {
  readonly kind: "https" | "http" | "other ports";
  readonly connections: readonly Connection[];
  readonly statements: readonly StatementId[];
}

const onPort = (port: Port) => (connection: Connection) => connection.port === (port as number);

const HTTPS: Service = { kind: "https", connections: CONNECTIONS.filter(onPort(Port.HTTPS)), statements: ["PORTS-1"] };
const OTHERS: readonly Service[] = [
  { kind: "http", connections: CONNECTIONS.filter(onPort(Port.HTTP)), statements: ["PORTS-2"] },
  {
    kind: "other ports",
    connections: CONNECTIONS.filter((each) => !onPort(Port.HTTPS)(each) && !onPort(Port.HTTP)(each)),
    statements: ["PORTS-1"],
  },
];

/** An environment with the names of addresses, and how a rule is shown. */
interface WebContext {
  readonly scene: Scene;
  readonly names: readonly AddressSet[];
  readonly show: ShowDecider;
}

/** The public hosts on each port of the proxy; on 443 by groups of paths. */
export function webDrafts(context: WebContext): readonly ColumnDraft[] {
  const { scene } = context;
  const zone = withRules(scene.edge.zone, identified);
  const routes = scene.edge.policy.tenants.flatMap(({ webhooks = [] }) => webhooks.map(({ path }) => path));
  const groups = pathGroups([...new Set(routes)]);
  return Object.keys(scene.policy.environment.hosts).flatMap((host) => [
    ...groups.map((group) => draftOf(context, zone, host, HTTPS, group)),
    ...OTHERS.map((service) => draftOf(context, zone, host, service, { name: undefined, paths: undefined })),
  ]);
}

/** A rule that differs from all others in what it is given, so that a diagram tells apart what each of them blocks. */
function identified(rule: ZoneRule): ZoneRule {
  return { ...rule, others: { ...rule.others, at: placeKey(rule) } };
}

function draftOf(context: WebContext, zone: EdgeZone, host: string, service: Service, group: PathGroup): ColumnDraft {
  const { kind, connections, statements } = service;
  return {
    ...{ kind, services: [host], ports: connections.map(({ port }) => port), only: group.name },
    statements: group.name === undefined ? statements : [...statements, "HOOK-1"],
    cellOf: cellsOf(context, zone, host, connections, group),
  };
}

/** One diagram for everybody: a part of it is a product of fields, so what a source has of it is known by its addresses. */
function cellsOf(
  { scene, names, show }: WebContext,
  zone: EdgeZone,
  host: string,
  connections: readonly Connection[],
  { paths }: PathGroup,
): ColumnDraft["cellOf"] {
  const scheme = connections.some((each) => each.scheme === "http") ? "http" : "https";
  const unknown = unknownOf(edgeUnknowns(scene), { scheme, host }).map(({ reason }) => reason);
  const scope = { ...forHosts([host]), connections, ...(paths === undefined ? {} : { paths }) };
  const { parts, undecided } = behaviourOf(zone, { names, scope });
  const reasons = [...unknown, ...undecided];
  if (reasons.length > 0) return () => undecidedCell(reasons);
  const shown = parts.map((part) => ({ part: partOf(part, zone, show), from: part.requests.addresses }));
  return (source) => cellOf(shown, source, names);
}

/** A rule as what decides. */
type ShowDecider = (rule: ZoneRule) => Decider;

/** The outcome of some requests at the edge, as a part of a cell. Its addresses are left to the cell. */
function partOf({ requests, end, rule, examples }: BehaviourPart, zone: EdgeZone, show: ShowDecider): CellPart {
  const barriers = barriersOf(zone, examples);
  const challenges = barriers.filter(({ phase, action }) => phase === PHASE.CUSTOM && isChallenge(action));
  const kind = kindOf(end);
  const isChallenged = kind === "challenge" && challenges.length > 0;
  const deciding = isChallenged
    ? challenges.map((each) => each.rule)
    : rule === undefined || kind === "allow"
      ? []
      : [rule];
  const others = isChallenged ? barriers.filter((each) => !challenges.includes(each)) : barriers;
  return {
    ...PLAIN,
    kind,
    where: limitsOf(requests),
    by: deciding.map(show),
    ...(end.kind === "redirect" ? { to: end.target } : {}),
    unless:
      kind === "allow" || kind === "challenge"
        ? others.map(({ phase, rule: { ref }, action }) => `${ref}: ${action} (${phase})`)
        : [],
    reasons: end.kind === "undecided" ? end.reasons : [],
  };
}

function kindOf(end: End): CellPart["kind"] {
  switch (end.kind) {
    case "block":
    case "redirect":
    case "undecided":
      return end.kind;
    case "origin":
      return end.barriers.some(isChallenge) ? "challenge" : "allow";
  }
}

interface MayStop {
  readonly phase: string;
  readonly rule: ZoneRule;
  readonly action: string;
}

/** The rules that may stop a request: each is told apart, so one request of a part stands for all. */
function barriersOf(zone: EdgeZone, [example]: BehaviourPart["examples"]): readonly MayStop[] {
  if (example === undefined) return [];
  const seen = asRulesSee(example, zone.normalised);
  return [...zone.phases].flatMap(([phase, rules]) =>
    rules
      .filter((rule) => treatmentOf(phase, rule) === Treatment.MAY_BLOCK && !matches(rule, seen, zone).isFalse)
      .map((rule) => ({ phase, rule, action: rule.action })),
  );
}

function limitsOf({ ports, methods, hosts, paths, queries, given }: RequestSet): readonly Limit[] {
  return [
    ...limit("port", ports),
    ...limit("method", methods),
    ...limit("host", hosts),
    ...limit("path", paths),
    ...limit("query", queries),
    ...given.map(({ condition, holds }): Limit => ({
      field: "condition",
      kind: holds ? "only" : "except",
      values: [readable(condition)],
    })),
  ];
}

function limit(field: Limit["field"], { kind, names }: Values): readonly Limit[] {
  return kind === "all" ? [] : [{ field, kind, values: names }];
}

/** A condition without the literals that may be secrets: where it can't be parsed, they can't be found. */
function readable(condition: string): string {
  const expression = understood(condition);
  return expression === undefined ? "a condition that can't be parsed" : brief(expression);
}
