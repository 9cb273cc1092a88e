import type { Json, Routes } from "../server";
import { ApiRefusal, type ApiResult, collection, known, pageOf, textOf } from "./api";
import { type AskedZone, STAMP, type Zone } from "./estate";

/** The DNS records of a zone: https://developers.cloudflare.com/api/resources/dns/subresources/records/ */
export const DNS_RECORDS: Routes<ApiResult, AskedZone> = collection<AskedZone>("dns_records", {
  in: ({ zone }) => zone.records,
  page: (all, query) => pageOf(all, query, 100),
  store: ({ zone, body }, id) => recordOf(zone, id, known("dns_record", body)),
});

/**
 * A record as the zone keeps it. Some names exclude each other:
 * https://developers.cloudflare.com/dns/manage-dns-records/troubleshooting/records-with-same-name/
 */
export function recordOf(zone: Zone, id: string, wanted: Json): Json {
  const [type, content] = [textOf(wanted, "type"), textOf(wanted, "content")];
  const name = fullName(textOf(wanted, "name"), zone.name);
  const others = [...zone.records.values()].filter((one) => one["id"] !== id && one["name"] === name);
  const isOf = (...types: readonly string[]): boolean => others.some((other) => types.includes(String(other["type"])));
  if (others.some((other) => other["type"] === type && other["content"] === content))
    throw new ApiRefusal(400, 81058, "An identical record already exists.");
  if (isOf("CNAME")) throw new ApiRefusal(400, 81054, "A CNAME record with that host already exists.");
  if (type === "CNAME" && isOf("A", "AAAA"))
    throw new ApiRefusal(400, 81053, "An A, AAAA, or CNAME record with that host already exists.");
  const fresh = { proxied: false, proxiable: true, ttl: 1, settings: {}, meta: {}, comment: null, tags: [] };
  return { ...fresh, created_on: STAMP, modified_on: STAMP, ...wanted, id, name };
}

/** A name outside the zone is read as relative to it. */
function fullName(name: string, zone: string): string {
  if (name === "@") return zone;
  return name === zone || name.endsWith(`.${zone}`) ? name : `${name}.${zone}`;
}
