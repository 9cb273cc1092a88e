import { EdgePart } from "../../../policy/edge-options";
import { printable } from "../../printable";
import { listRecords, type LiveRecord } from "../../platforms/cloudflare";
import { plainName } from "../../inventory/named";
import { cannotTell, failure, type Finding } from "../../inventory/finding";
import { AT_THE_END } from "./rulesets";
import type { ZoneSubject } from "./subject";

/** The types that share no name with a CNAME: https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/ */
const COLLIDING: ReadonlySet<string> = new Set(["A", "AAAA", "CNAME", "NS"]);

/** The record that takes the place of a host's, by host. */
export async function liveRecords({ client, edge }: ZoneSubject): Promise<ReadonlyMap<string, readonly LiveRecord[]>> {
  if (edge.leave?.includes(EdgePart.DNS) === true) return new Map();
  const records = await listRecords(client, edge.zone.id);
  if (records.kind === "unreadable") return new Map();
  return new Map(hostsOf(edge).map(([host]) => [host, at(host, records.value)]));
}

/** The records that hosts have already. */
export async function records(subject: ZoneSubject): Promise<readonly Finding[]> {
  const { client, edge } = subject;
  if (edge.leave?.includes(EdgePart.DNS) === true) return [];
  const { zone, existing } = edge;
  const live = await listRecords(client, zone.id);
  if (live.kind === "unreadable") {
    return [
      cannotTell(`cloudflare/dns-records/${zone.id}`, `the DNS records of ${zone.name}`, live, "Zone > DNS > Read"),
    ];
  }
  return hostsOf(edge).flatMap(([host, address]) =>
    ofHost(subject, host, address, at(host, live.value), existing?.records?.[host]),
  );
}

function ofHost(
  { isDeployed }: ZoneSubject,
  host: string,
  address: string,
  live: readonly LiveRecord[],
  declared: string | undefined,
): readonly Finding[] {
  const id = `cloudflare/host-record/${host}`;
  const shown = live.map(
    ({ id: record, type, content = "" }) => `${printable(type)} ${printable(content)} (${printable(record)})`,
  );
  if (declared !== undefined && !live.some((record) => record.id === declared)) {
    const what = `edge.existing names the record ${declared} of ${host}, which has ${shown.join(", ") || "none"}`;
    return [
      failure(id, { what, todo: "mend it, or take it out of edge.existing: an import of nothing fails the deploy" }),
    ];
  }
  const [first, ...others] = live;
  if (first === undefined) return [];
  if (others.length > 0) {
    const what = `${host} has ${String(live.length)} records, and the deploy makes it one CNAME: ${shown.join(", ")}`;
    return [failure(id, { what, todo: `keep one for the import and delete the others; ${AT_THE_END}` })];
  }
  const isOurs = first.type === "CNAME" && first.proxied === true && first.content === address;
  if (declared !== undefined || (isDeployed && isOurs)) return [];
  return [failure(id, { what: `${host} has a record already: ${shown.join(", ")}`, todo: AT_THE_END })];
}

function at(host: string, live: readonly LiveRecord[]): readonly LiveRecord[] {
  return live.filter(({ name, type }) => plainName(name) === host && COLLIDING.has(type));
}

function hostsOf({ tenants }: ZoneSubject["edge"]): readonly (readonly [host: string, address: string])[] {
  return tenants.flatMap(({ hosts }) => Object.entries(hosts).map(([host, { address }]) => [host, address] as const));
}
