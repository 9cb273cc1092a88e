import { EdgePart } from "../../../policy/edge-options";
import type { EdgePolicy } from "../../../policy/slices";
import { groupedBy } from "../../collections";
import { type EdgeZone, inZone, zoneOf, zonesOf } from "../../edge/zone";
import { isAddress } from "../../statements/dns-records";
import type { Scene } from "../../statements/scene";
import type { Model } from "../../terraform/model";
import type { Resource } from "../../terraform/stack";
import { nameOfValue } from "../../terraform/value";
import type { App, Pair } from "../app";

/** The edge of a zone in one of two apps. */
export interface Edge {
  /** The zone's name; its id where no policy names it. */
  readonly name: string;
  readonly zone: EdgeZone;
  /** The promises of its owner; undefined where no environment owns it. */
  readonly policy: EdgePolicy | undefined;
  /** The environments that live behind it. */
  readonly environments: readonly string[];
  /** The names whose requests meet the edge, or lead past it. */
  readonly records: HostRecords;
  /** The records that may hand their names to somebody else. */
  readonly handedOver: ByHost;
  /** The names whose requests meet the edge. */
  readonly served: ReadonlySet<string>;
}

/** A zone in both apps, or in one of them. */
export type EdgePair = Pair<Edge | undefined>;

/** The zones of two apps: the same one has the same id, or else the same name. */
export function edgePairs({ before, after }: Pair<App>, scenes: Pair<readonly Scene[]>): readonly EdgePair[] {
  const own = edgesOf(before, scenes.before);
  const others = new Set(edgesOf(after, scenes.after));
  const take = (isSame: (edge: Edge) => boolean): Edge | undefined => {
    const found = [...others].find(isSame);
    if (found !== undefined) others.delete(found);
    return found;
  };
  const byId = own.map((edge) => ({ before: edge, after: take(({ zone }) => zone.id === edge.zone.id) }));
  const pairs = byId.map(({ before: one, after: same }) => {
    const other = same ?? take(({ name }) => name === one.name);
    // Both go by the later name, so that their contents are compared.
    return { before: { ...one, name: (other ?? one).name }, after: other };
  });
  return [...pairs, ...[...others].map((edge) => ({ before: undefined, after: edge }))];
}

function edgesOf({ model }: App, scenes: readonly Scene[]): readonly Edge[] {
  const owned = scenes.filter(({ policy }) => policy.ownsZone);
  const known = new Set(owned.map(({ edge }) => edge.policy.zone.id));
  return [
    ...owned.map(({ edge: { zone, policy } }) => edgeOf(model, zone, policy)),
    ...othersIn(model, known).map((zone) => edgeOf(model, zone, undefined)),
  ];
}

function edgeOf(model: Model, zone: EdgeZone, policy: EdgePolicy | undefined): Edge {
  const { id = zone.id, name = undefined } = policy?.zone ?? {};
  const all = inZone(model, id, "cloudflare_dns_record");
  const byHost = (some: readonly Resource[]): ByHost => groupedBy(some, (record) => nameOfRecord(record, name));
  const records = new Map([...byHost(all.filter(isAddress))].map(([host, own]) => [host, recordOf(own)]));
  return {
    ...{ name: name ?? zone.id, zone, policy, records, handedOver: byHost(all.filter(mayHandOver)) },
    environments: (policy?.tenants ?? []).map((tenant) => tenant.name),
    served: policy === undefined ? proxied(records) : servedBy(policy, records),
  };
}

/** The new names that are told with their requests. */
export function newHosts({ before, after }: EdgePair): readonly string[] {
  return toldWithRequests(servedAlone(after, before), before);
}

/** The names to tell with their requests. Where the other side has a record of a name, the record says more. */
export function toldWithRequests(hosts: readonly string[], other: Edge | undefined): readonly string[] {
  return hosts.filter((host) => other?.records.has(host) !== true);
}

/** The names that one side serves and the other doesn't. */
export function servedAlone(one: Edge | undefined, other: Edge | undefined): readonly string[] {
  return [...(one?.served ?? [])].filter((host) => other?.served.has(host) !== true);
}

/** The types of resources that belong to a zone. */
const OF_ZONES = [
  "cloudflare_ruleset",
  "cloudflare_dns_record",
  "cloudflare_spectrum_application",
  "cloudflare_url_normalization_settings",
  "cloudflare_zone_setting",
];

/** The zones that no environment owns. */
function othersIn(model: Model, known: ReadonlySet<string>): readonly EdgeZone[] {
  const named = new Set(OF_ZONES.flatMap((type) => model.ofType(type)).map(zoneOf));
  const others = [...named].filter((id) => id !== "" && !known.has(id));
  if (others.length === 0) return [];
  const zones = zonesOf(model);
  return others.map((id) => zones.find((zone) => zone.id === id) ?? bare(id));
}

const bare = (id: string): EdgeZone => ({ id, phases: new Map(), normalised: false, lists: new Map() });

/** Hosts whose records others keep are taken to meet the edge. */
function servedBy({ tenants, leave = [] }: EdgePolicy, records: HostRecords): ReadonlySet<string> {
  const declared = leave.includes(EdgePart.DNS) ? tenants.flatMap(({ hosts }) => Object.keys(hosts)) : [];
  return new Set([...proxied(records), ...declared.filter((host) => !records.has(host))]);
}

function proxied(records: HostRecords): ReadonlySet<string> {
  return new Set([...records].flatMap(([host, { isProxied }]) => (isProxied ? host : [])));
}

/** Where a name leads. */
interface HostRecord {
  /** Whether requests for it meet the edge. */
  readonly isProxied: boolean;
  readonly target: string;
  readonly resources: readonly Resource[];
}

/** By the names, in lower case and with the zone's. */
type HostRecords = ReadonlyMap<string, HostRecord>;

/** The types of records that lead no request anywhere: any other one may hand a name to somebody else. */
const HARMLESS = /^(?:CAA|MX|TXT)$/i;

/** Whether a record may lead a name elsewhere in a way that isn't modelled. */
function mayHandOver(record: Resource): boolean {
  const { type } = record.attributes;
  return typeof type !== "string" || !(isAddress(record) || HARMLESS.test(type));
}

type ByHost = ReadonlyMap<string, readonly Resource[]>;

function recordOf(resources: readonly Resource[]): HostRecord {
  const targets = resources.map(({ attributes }) => nameOfValue(attributes["content"])).sort();
  return {
    isProxied: resources.every(({ attributes }) => attributes["proxied"] === true),
    target: targets.join(", "),
    resources,
  };
}

/** A record is named by its whole name, by the part before the zone's, or by `@` for the zone itself. */
function nameOfRecord({ attributes }: Resource, zoneName: string | undefined): string {
  const name = nameOfValue(attributes["name"]).toLowerCase();
  if (zoneName === undefined || name === zoneName || name.endsWith(`.${zoneName}`)) return name;
  return name === "@" ? zoneName : `${name}.${zoneName}`;
}
