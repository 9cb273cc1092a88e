import { printable } from "../../printable";
import { listRecords } from "../../platforms/cloudflare";
import { plainName } from "../../inventory/named";
import { type Finding, notice } from "../../inventory/finding";
import type { ZoneSubject } from "./subject";

/** Every other host that the zone's settings reach. That the records can't be read is said elsewhere. */
export async function reach({ client, edge }: ZoneSubject): Promise<readonly Finding[]> {
  const { zone, tenants, hsts } = edge;
  const live = await listRecords(client, zone.id);
  if (live.kind === "unreadable") return [];
  const own = new Set(tenants.flatMap(({ hosts }) => Object.keys(hosts)));
  const reached = live.value.filter(
    ({ proxied = false, type }) =>
      proxied || (hsts?.includeSubDomains === true && ["A", "AAAA", "CNAME"].includes(type)),
  );
  const others = [...new Set(reached.map(({ name }) => printable(plainName(name))))]
    .filter((name) => !own.has(name))
    .sort();
  if (others.length === 0) return [];
  const what = `the blocked ports, TLS, HSTS and normalisation of ${zone.name} also reach ${others.join(", ")}`;
  const todo = "ask whoever runs them: whether they speak HTTPS on 443, with a valid certificate at their origin";
  return [notice(`cloudflare/reach/${zone.id}`, { what, todo })];
}
