import { zoneOf } from "../../model/zone-of";
import type { Model } from "../../model/model";
import type { Resource } from "../../model/terraform/stack";
import { nameOfValue } from "../../model/terraform/value";

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

/** Whether a record may lead requests somewhere. */
function leads({ attributes: { type } }: Resource): boolean {
  return typeof type !== "string" || LEADS.test(type);
}

/** The names of a zone that lead somewhere. */
export function recordsIn(model: Model, zone: string, zoneName: string | undefined): HostRecords {
  const found = new Map<string, Resource[]>();
  for (const record of model.ofType("cloudflare_dns_record")) {
    if (zoneOf(record) !== zone || !leads(record)) continue;
    const host = nameOfRecord(record, zoneName);
    found.set(host, [...(found.get(host) ?? []), record]);
  }
  return new Map([...found].map(([host, resources]) => [host, recordOf(resources)]));
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
