import type { Origin } from "../../../policy/origin";
import { printable } from "../../printable";
import { plainName } from "../named";
import { listRecords, type LiveRecord } from "../../platforms/cloudflare";
import { failure, type Finding, notice, orLetItBe, findingsOf } from "../finding";
import type { ZoneSubject } from "./subject";

/** Types that lead no client anywhere: https://www.iana.org/assignments/dns-parameters */
const LEADS_NOWHERE: ReadonlySet<string> = new Set([
  ...["TXT", "MX", "CAA", "DS", "DNSKEY", "TLSA", "SSHFP", "SMIMEA", "CERT", "OPENPGPKEY", "LOC"],
]);

/**
 * Every DNS record: another public name, or a way past the proxy.
 *
 * @see https://developers.cloudflare.com/dns/proxy-status/
 */
export function dnsRecords({ client, zone, tenants }: ZoneSubject): Promise<readonly Finding[]> {
  const hosts = new Map(tenants.flatMap((tenant) => Object.entries(tenant.hosts)));
  return findingsOf({
    id: `cloudflare/dns-records/${zone.id}`,
    subject: `the DNS records of ${zone.name}`,
    needs: "Zone > DNS > Read",
    reading: listRecords(client, zone.id),
    judge: (record) => judged(record, hosts.get(plainName(record.name))),
  });
}

function judged(record: LiveRecord, origin: Origin | undefined): readonly Finding[] {
  const { id, type, content = "", proxied = false } = record;
  const finding = `cloudflare/dns-record/${printable(id)}`;
  const name = `${printable(type)} ${printable(record.name)}`;
  if (LEADS_NOWHERE.has(type)) {
    return [notice(finding, { what: `${name} is in no environment`, todo: orLetItBe("delete it if nobody needs it") })];
  }
  const there = `${name} leads to ${printable(content)}, ${proxied ? "proxied" : "not proxied"}`;
  if (origin === undefined) {
    const todo = orLetItBe("delete it, or name it as a host");
    return [failure(finding, { what: `${there}, and no environment names it`, todo })];
  }
  if (type === "CNAME" && proxied && plainName(content) === origin.address) return [];
  const todo = `make it the proxied CNAME to ${origin.address} by the next deploy, or delete it`;
  return [failure(finding, { what: `${there}: a host of the policy that doesn't go through its edge`, todo })];
}
