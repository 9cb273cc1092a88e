import { EdgePart } from "../policy/edge-options";
import type { Environment } from "../policy/environment";
import { EDGE_SECRET_HEADER } from "../policy/edge-secret";
import { Policy } from "../policy/policy";
import type { Webhook } from "../policy/webhook";
import type { Destination } from "../verification/edge/ends";
import type { EdgeRequest } from "../verification/edge/evaluate/edge-request";
import { trace } from "../verification/edge/evaluate/trace";
import { type EdgeZone, zonesOf } from "../verification/edge/zone";
import { Model } from "../verification/terraform/model";
import type { Zone } from "./cloudflare/estate";
import { rulesOf } from "./cloudflare/rulesets";
import type { CloudflareStandIn } from "./cloudflare/stand-in";
import { settingOf } from "./cloudflare/zone";
import type { Json } from "./server";

/** The edge of a zone as the stand-in has it now, for the project's own evaluator. */
export function edgeOf(cloudflare: CloudflareStandIn, id: string): EdgeZone {
  const zone = cloudflare.zone(id);
  const rulesets = [...zone.rulesets.values()].map(({ kind, phase, name, ...ruleset }) => {
    const rules = rulesOf(ruleset).map(({ id: _, version: __, last_updated: ___, ...rule }) => rule);
    return { zone_id: id, kind, phase, name, rules };
  });
  const lists = [...cloudflare.account(zone.account).lists.values()].map(({ facts, items }) => ({ ...facts, items }));
  const resource = {
    cloudflare_ruleset: named(rulesets),
    cloudflare_url_normalization_settings: named([{ zone_id: id, ...zone.normalization }]),
    cloudflare_list: named(lists.map((list) => ({ ...list, account_id: zone.account }))),
  };
  // The platform keeps text, never a template.
  const json = JSON.stringify({ resource }).replace(/[$%]\{/g, (begin) => `${begin.slice(0, 1)}${begin}`);
  const model = Model.of([{ name: "live", json: JSON.parse(json) as unknown }]);
  const [edge] = zonesOf(model, new Map([[id, zone.account]]));
  return edge ?? { id, phases: new Map(), normalised: false, lists: new Map() };
}

const named = (objects: readonly Json[]): Json =>
  Object.fromEntries(objects.map((object, index) => [`n${index}`, object]));

/** A host, with the zone of its record and what the environments promise of its guards. */
interface Promised {
  readonly zone: string;
  readonly webhooks: readonly Webhook[];
  /** The parts of the edge that stay with somebody else. */
  readonly left: readonly EdgePart[];
}

export type Hosts = ReadonlyMap<string, Promised>;

/** The hosts of environments. A guest's are in the zone of its owner, and guarded by it. */
export function hostsOf(environments: readonly Environment[]): Hosts {
  const named = new Map(environments.map((environment) => [environment.name, environment]));
  return new Map(
    Policy.across(environments).flatMap(({ environment: { hosts, webhooks = [] }, edgeOwner }) => {
      const { zone, edge = {} } = named.get(edgeOwner) ?? {};
      const id = zone?.kind === "owned" ? zone.id : "";
      return Object.keys(hosts).map((host) => [host, { zone: id, webhooks, left: edge.leave ?? [] }] as const);
    }),
  );
}

/** The record that makes a host public; undefined where there is none. */
export function recordOf({ records }: Pick<Zone, "records">, host: string): Json | undefined {
  return [...records.values()].find(({ name }) => name === host);
}

const EVERYBODY = ["0.0.0.0/0", "::/0"];
/** The address of somebody whom no environment lets in: from there, the probe looks. */
export const STRANGER = "9.9.9.9";

/** Whom each guard of each public host lets through that it has to stop, at this moment. */
export function unguarded(
  cloudflare: CloudflareStandIn,
  hosts: Hosts,
): readonly (readonly [string, readonly string[]])[] {
  const edges = new Map<string, EdgeZone>();
  return [...hosts].flatMap(([host, { zone: id, webhooks, left }]) => {
    const zone = cloudflare.zone(id);
    const record = recordOf(zone, host);
    if (record === undefined) return [];
    const edge = edges.get(id) ?? edgeOf(cloudflare, id);
    edges.set(id, edge);
    const proxy: Guard = [EdgePart.DNS, "its proxy", record["proxied"] === true];
    const guards = [...rulesGuarding(edge, host, webhooks), ...settingsGuarding(zone), proxy];
    return guards.flatMap(([part, guard, holds]) =>
      left.includes(part) ? [] : [[`${host} past ${guard}`, holds ? [] : EVERYBODY] as const],
    );
  });
}

type Guard = readonly [part: EdgePart, name: string, holds: boolean];

function rulesGuarding(edge: EdgeZone, host: string, webhooks: readonly Webhook[]): readonly Guard[] {
  const end = (change: Partial<EdgeRequest>): Destination =>
    trace(edge, { scheme: "https", port: 443, host, target: "/", from: STRANGER, ...change }).destination;
  const plain = end({ scheme: "http", port: 80, target: "/a?b=c" });
  const isRedirected = plain.kind === "redirect" && plain.location === `https://${host}/a?b=c`;
  const through = end({});
  const secret = through.kind === "origin" ? through.headers[EDGE_SECRET_HEADER.toLowerCase()] : undefined;
  const spellings = webhooks.flatMap(({ path }) => [
    path,
    path.replaceAll("/", "//"),
    path.replace(/\/(?=[^/]+$)/, "%2F"),
  ]);
  return [
    [EdgePart.REDIRECT, "the redirect of port 80", isRedirected],
    [EdgePart.PORTS, "the block of port 8443", end({ port: 8443 }).kind === "block"],
    [EdgePart.ORIGIN_SECRET, "the secret for its origin", through.kind !== "origin" || (secret ?? "") !== ""],
    ...spellings.map((target): Guard => {
      const isBlocked = end({ method: "POST", target }).kind === "block";
      return [EdgePart.WEBHOOK_GUARD, `the addresses of ${target}`, isBlocked];
    }),
  ];
}

function settingsGuarding(zone: Zone): readonly Guard[] {
  const header = (settingOf(zone, "security_header") as Json)["strict_transport_security"] as Json;
  return [
    [EdgePart.TLS, "TLS 1.2", ["1.2", "1.3"].includes(String(settingOf(zone, "min_tls_version")))],
    [EdgePart.TLS, "the check of its origin's certificate", settingOf(zone, "ssl") === "strict"],
    [EdgePart.TLS, "HSTS", header["enabled"] === true],
  ];
}
