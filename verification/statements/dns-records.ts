import { inZone } from "../edge/zone";
import { DNS_NAME } from "../terraform/identity";
import type { Resource } from "../terraform/stack";
import { booleanOf } from "../terraform/value";
import { declaredHosts } from "./hosts";
import type { Scene } from "./scene";

/** The public hosts of the scene's environment. */
export function hostsOf({ policy }: Scene): readonly string[] {
  return Object.keys(policy.environment.hosts);
}

/** The DNS records of the scene's zone. */
export function recordsOf({ model, edge }: Scene): readonly Resource[] {
  return inZone(model, edge.zone.id, "cloudflare_dns_record");
}

export function recordsOfHost(host: string, scene: Scene): readonly Resource[] {
  return recordsNamed(scene, (name) => name === host);
}

/** The records that lead a host's requests: its own, and wildcards while it has none. */
export function recordsOver(host: string, scene: Scene): readonly Resource[] {
  return recordsNamed(scene, (name) => name === host || isWildcardOver(host, name)).filter(leads);
}

function recordsNamed(scene: Scene, isNamed: (wholeName: string) => boolean): readonly Resource[] {
  return recordsOf(scene).filter((record) => {
    const name = wholeName(record, scene);
    return name !== undefined && isNamed(name);
  });
}

/**
 * Whether a record leads a name that no browser asks for, and that is no declared host, to a known target; or delegates
 * a name that no declared host is below. An address behind another name may be an origin's.
 */
export function servesAnother(record: Resource, scene: Scene): boolean {
  const { type } = record.attributes;
  const name = wholeName(record, scene);
  const hosts = declaredHosts(scene.edge.policy);
  if (name === undefined || name.includes("*") || hosts.includes(name)) return false;
  if (typeof type !== "string" || !isTargetPlain(record)) return false;
  if (typeNamed(type) === "NS") return !hosts.some((host) => host.endsWith(`.${name}`));
  return isAddress(record) && OF_NO_HOST.test(name);
}

/** Whether a record's target is written out, and a name as one: another spelling may be an origin's. */
export function isTargetPlain({ attributes: { type, content } }: Resource): boolean {
  if (typeof type !== "string" || typeof content !== "string") return false;
  return typeNamed(type) !== "CNAME" || DNS_NAME(content) !== undefined;
}

/**
 * The whole name of a record; undefined where it may be any. The record gives the whole name, the part before the
 * zone's, or `@` for the zone itself.
 */
export function wholeName({ attributes: { name } }: Resource, { edge }: Scene): string | undefined {
  const zone = edge.policy.zone.name;
  if (name === "@") return zone;
  const known = typeof name === "string" ? DNS_NAME(name) : undefined;
  if (known === undefined || known === zone || known.endsWith(`.${zone}`)) return known;
  return `${known}.${zone}`;
}

/**
 * Whether a record answers for a host that has none of its own, as `*.example.com` does for all names below.
 *
 * @param name the record's whole name
 * @see https://www.rfc-editor.org/rfc/rfc4592
 */
function isWildcardOver(host: string, name: string): boolean {
  return name.startsWith("*.") && host.endsWith(name.slice(1));
}

/**
 * Whether a record is proxied. Terraform takes the text for the boolean.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
 */
export function isProxied({ attributes: { proxied } }: Resource): boolean {
  return booleanOf(proxied) === true;
}

/** A type of record by its name in capital letters, where it is of letters that have one. */
const typeNamed = (type: string): string => (/^[a-z]+$/i.test(type) ? type.toUpperCase() : type);

/** The types of records that can be proxied. */
const ADDRESSES: ReadonlySet<string> = new Set(["A", "AAAA", "CNAME"]);

/** The types of records that lead no request to a web service, such as those of mail, certificates and keys. */
const OF_NO_WEB: ReadonlySet<string> = new Set([
  ...["CAA", "CERT", "DNSKEY", "DS", "LOC", "MX", "NAPTR", "OPENPGPKEY"],
  ...["PTR", "SMIMEA", "SRV", "SSHFP", "TLSA", "TXT"],
]);

/** Whether a record gives an address, or may. */
export function isAddress({ attributes: { type } }: Pick<Resource, "attributes">): boolean {
  return typeof type !== "string" || ADDRESSES.has(typeNamed(type));
}

/**
 * Names with a label that begins with an underscore. No host has one; records that prove or configure something do.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8552
 */
const OF_NO_HOST = /(?:^|[.])_/;

/** Whether a record may lead a request somewhere: a delegation or a hint of an address does, too. */
export function leads({ attributes: { type } }: Resource): boolean {
  return typeof type !== "string" || !OF_NO_WEB.has(typeNamed(type));
}
