import { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import { STATEMENT_IDS, type StatementId } from "../../../policy/statements";
import { type Connection, CONNECTIONS } from "../../edge/scope";
import { behaviourOf } from "../../edge/behaviour";
import type { NamedAddresses } from "../../edge/values";
import type { EdgeZone } from "../../edge/zone";
import { forHosts } from "../../statements/hosts";
import type { Scene } from "../../statements/scene";
import { unknownAboutRequest } from "../explain/edge";
import { cellOf, undecidedCell, type Draft } from "./cells";
import type { Cell } from "./matrix";
import { type PathGroup, pathGroups } from "./paths";
import { partOf, type ShowDecider } from "./web-part";

/** What the edge is asked for. */
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

/** What is known of the rules of a zone. */
export interface WebContext {
  readonly scene: Scene;
  readonly names: readonly NamedAddresses[];
  readonly show: ShowDecider;
}

/** The public hosts on each port of the proxy; on 443 by groups of paths. */
export function webDrafts(context: WebContext): readonly Draft[] {
  const { scene } = context;
  const zone = identified(scene.edge.zone);
  const routes = scene.edge.policy.tenants.flatMap(({ webhooks = [] }) => webhooks.map(({ path }) => path));
  const groups = pathGroups([...new Set(routes)]);
  return Object.keys(scene.policy.environment.hosts).flatMap((host) => [
    ...groups.map((group) => draftOf(context, zone, host, HTTPS, group)),
    ...OTHERS.map((service) => draftOf(context, zone, host, service, { name: undefined, paths: undefined })),
  ]);
}

/**
 * The zone with rules that differ in what they are given, so that a diagram tells apart what one rule blocks from what
 * another does.
 */
function identified(zone: EdgeZone): EdgeZone {
  const phases = [...zone.phases].map(
    ([phase, rules]) =>
      [
        phase,
        rules.map((rule) => ({ ...rule, others: { ...rule.others, at: `${rule.stack} ${rule.pointer}` } })),
      ] as const,
  );
  return { ...zone, phases: new Map(phases) };
}

function draftOf(context: WebContext, zone: EdgeZone, host: string, service: Service, group: PathGroup): Draft {
  const { kind, connections, statements } = service;
  const isWebhook = group.name !== undefined;
  const own = isWebhook ? ([...statements, "HOOK-1"] as const) : statements;
  return {
    kind,
    services: [host],
    ports: connections.map(({ port }) => port),
    ...(group.name === undefined ? {} : { only: group.name }),
    statements: STATEMENT_IDS.filter((id) => (own as readonly StatementId[]).includes(id)),
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
): (source: AddressSet) => Cell {
  const scheme = connections.some((each) => each.scheme === "http") ? "http" : "https";
  const unknown = unknownAboutRequest({ scheme, host }, scene).map(({ reason }) => reason);
  const scope = { ...forHosts([host]), connections, ...(paths === undefined ? {} : { paths }) };
  const { parts, undecided } = behaviourOf(zone, { names, scope });
  const reasons = [...unknown, ...undecided];
  if (reasons.length > 0) return () => undecidedCell(reasons);
  const shown = parts.map((part) => ({ part: partOf(part, zone, show), from: part.requests.addresses }));
  return (source) => cellOf(shown, source, names);
}
