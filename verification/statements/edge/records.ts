import { inZone } from "../../edge/zone";
import { Strength } from "../../../policy/statements";
import type { Resource } from "../../terraform/stack";
import { booleanOf, nameOfValue, Opaque } from "../../terraform/value";
import { type Result, controlAt, proven, undecided, violated } from "../../result";
import type { Scene } from "../scene";
import { comparable, isWildcardOver, wholeName } from "./record-names";

/** The public hosts of the scene's environment. */
export function hostsOf({ policy }: Scene): readonly string[] {
  return Object.keys(policy.environment.hosts);
}

/** The DNS records of the scene's zone. */
function recordsOf({ model, edge }: Scene): readonly Resource[] {
  return inZone(model, edge.zone.id, "cloudflare_dns_record");
}

/** The records of a host. */
export function recordsOfHost(host: string, scene: Scene): readonly Resource[] {
  return recordsNamed(scene, (name) => name === host);
}

/** The records that lead a host's requests: its own, and wildcards while it has none. */
export function recordsOver(host: string, scene: Scene): readonly Resource[] {
  return recordsNamed(scene, (name) => name === host || isWildcardOver(host, name)).filter(leads);
}

function recordsNamed(scene: Scene, isNamed: (wholeName: string) => boolean): readonly Resource[] {
  const { name: zone } = scene.edge.policy.zone;
  return recordsOf(scene).filter(
    ({ attributes: { name } }) => typeof name === "string" && isNamed(wholeName(name, zone)),
  );
}

/**
 * A host's requests meet the edge: its one record is proxied and points to the declared origin.
 *
 * @see https://developers.cloudflare.com/dns/proxy-status/
 */
export function proxiedRecord(host: string, scene: Scene): Result {
  const records = recordsOfHost(host, scene).filter(leads);
  const [record, second] = records;
  if (record === undefined) {
    const what = `no record in the JSON says that requests for ${host} meet the edge`;
    return violated({ counterexample: [host], wrong: what, change: "write a proxied record for it" });
  }
  const other = records.find((each) => !isAddress(each));
  if (other !== undefined) {
    return undecided(
      `where a record of type ${nameOfValue(other.attributes["type"])} leads ${host} isn't modelled`,
      other,
    );
  }
  const bare = records.find((each) => !meetsTheEdge(each));
  if (bare !== undefined) {
    const what = "is published with its origin's own address, past every rule of the edge";
    return violated({ counterexample: [host], wrong: what, by: controlAt(bare), change: 'set "proxied" to true' });
  }
  if (second !== undefined) return undecided(`${host} has two records, whose origins take turns`, second);
  const unnamed = recordsOf(scene).find((each) => leads(each) && each.attributes["name"] instanceof Opaque);
  if (unnamed !== undefined)
    return undecided(`only the apply knows whether this is a second record of ${host}`, unnamed);
  const { type, content } = record.attributes;
  const address = scene.policy.environment.hosts[host]?.address ?? "";
  if (type === "CNAME" && typeof content === "string" && comparable(content) === address)
    return proven(Strength.ENFORCED, [controlAt(record)]);
  if (content instanceof Opaque) return undecided(`only the apply knows where ${host} leads`, record);
  return violated({
    counterexample: [host],
    wrong: `leads to ${nameOfValue(content)}, which is not the declared origin`,
    by: controlAt(record),
    change: `point it to ${address} by a CNAME, or declare the other origin`,
  });
}

/** What records of other names publish past the edge: whatever stands behind it may have any port open. */
export function bareRecords(scene: Scene): readonly Result[] {
  const origins = scene.policies
    .flatMap(({ environment }) => Object.values(environment.hosts))
    .map(({ address }) => address);
  const declared = new Set(
    scene.edge.policy.tenants.flatMap(({ hosts }) => Object.keys(hosts)).flatMap((host) => recordsOfHost(host, scene)),
  );
  return recordsOf(scene)
    .filter((record) => !declared.has(record) && leads(record) && !meetsTheEdge(record))
    .map((record) => {
      const name = nameOfValue(record.attributes["name"]);
      const content = nameOfValue(record.attributes["content"]);
      if (!origins.includes(comparable(content)))
        return undecided(`${name} is published past the edge, and nobody here knows what its target serves`, record);
      const what = `publishes the origin ${content} past every rule of the edge`;
      return violated({
        counterexample: [name],
        wrong: what,
        by: controlAt(record),
        change: 'set "proxied" to true, or remove it',
      });
    });
}

/**
 * Whether a record is proxied. Terraform takes the text for the boolean.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
 */
function meetsTheEdge({ attributes: { proxied } }: Resource): boolean {
  return booleanOf(proxied) === true;
}

/** The types of records that can be proxied. */
const ADDRESSES: ReadonlySet<string> = new Set(["A", "AAAA", "CNAME"]);

/** The types of records that lead no request to a web service: what mail, certificates and keys are about. */
const OF_NO_WEB: ReadonlySet<string> = new Set([
  ...["CAA", "CERT", "DNSKEY", "DS", "LOC", "MX", "NAPTR", "OPENPGPKEY"],
  ...["PTR", "SMIMEA", "SRV", "SSHFP", "TLSA", "TXT"],
]);

function isAddress({ attributes: { type } }: Resource): boolean {
  return typeof type !== "string" || ADDRESSES.has(type.toUpperCase());
}

/** Whether a record may lead a request somewhere: a delegation or a hint of an address does, too. */
function leads({ attributes: { type } }: Resource): boolean {
  return typeof type !== "string" || !OF_NO_WEB.has(type.toUpperCase());
}
