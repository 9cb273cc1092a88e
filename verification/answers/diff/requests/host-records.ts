import { zoneOf } from "../../../edge/zone";
import { groupedBy } from "../../../collections";
import type { Model } from "../../../terraform/model";
import type { Resource } from "../../../terraform/stack";
import { nameOfValue, type Value } from "../../../terraform/value";

/** Where a name leads. */
export interface HostRecord {
  /** Whether requests for it meet the edge. */
  readonly isProxied: boolean;
  /** What its records point to. */
  readonly target: string;
  readonly resources: readonly Resource[];
}

/** By the names, in lower case and with the zone's. */
export type HostRecords = ReadonlyMap<string, HostRecord>;

/** The types of records that lead requests somewhere; one that isn't known may. */
const LEADS = /^(?:A|AAAA|CNAME)$/i;

/** The types of records that lead no request anywhere: any other one may hand a name to somebody else. */
const HARMLESS = /^(?:CAA|MX|TXT)$/i;

/** Whether a record of a type may lead requests somewhere by its content. */
export function leads(type: Value | undefined): boolean {
  return typeof type !== "string" || LEADS.test(type);
}

/** Whether a record of a type may lead a name elsewhere in a way that isn't modelled. */
function mayHandOver(type: Value | undefined): boolean {
  return typeof type !== "string" || !(LEADS.test(type) || HARMLESS.test(type));
}

/** The names of a zone that lead somewhere. */
export function recordsIn(model: Model, zone: string, zoneName: string | undefined): HostRecords {
  const found = byHost(model, zone, zoneName, leads);
  return new Map([...found].map(([host, resources]) => [host, recordOf(resources)]));
}

/** The records of a zone that may hand their names to somebody else, by the names. */
export function handedOverIn(model: Model, zone: string, zoneName: string | undefined): ByHost {
  return byHost(model, zone, zoneName, mayHandOver);
}

export type ByHost = ReadonlyMap<string, readonly Resource[]>;

function byHost(
  model: Model,
  zone: string,
  zoneName: string | undefined,
  isWanted: (type: Value | undefined) => boolean,
): ByHost {
  const wanted = model
    .ofType("cloudflare_dns_record")
    .filter((record) => zoneOf(record) === zone && isWanted(record.attributes["type"]));
  return groupedBy(wanted, (record) => nameOfRecord(record, zoneName));
}

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
