import type { Family } from "../../network/address";
import { type Cidr, parseCidr } from "../../network/cidr";
import { sketched } from "../printable";
import { NoAnswer } from "./answer";

/**
 * Reads a block that a source names.
 *
 * @throws NoAnswer when it is not a block of the family, or has host bits
 */
export function readPrefix(source: string, family: Family, text: unknown): Cidr {
  const cidr = typeof text === "string" ? parseCidr(text) : undefined;
  if (cidr?.family !== family) throw new NoAnswer(source, `not an IPv${family} block: ${sketched(text)}`);
  return cidr;
}

/**
 * Reads the lists of blocks that a source keeps by family.
 *
 * @throws NoAnswer when either is not a list of blocks of its family
 */
function readPrefixLists(source: string, lists: Readonly<Record<Family, unknown>>): readonly Cidr[] {
  return ([4, 6] as const).flatMap((family) => {
    const list = lists[family];
    if (!Array.isArray(list)) throw new NoAnswer(source, `no list of IPv${family} blocks where it should be`);
    return list.map((text) => readPrefix(source, family, text));
  });
}

/**
 * The prefixes in an answer of Cloudflare's API: `{ "success": true, "result": { "ipv4_cidrs": [...], "ipv6_cidrs": [...] } }`.
 *
 * @throws NoAnswer when it has another form, or reports no success
 * @see https://developers.cloudflare.com/api/resources/ips
 */
export function cloudflarePrefixes(source: string, document: unknown): readonly Cidr[] {
  const { success, result } = Object(document) as { success?: unknown; result?: unknown };
  if (success !== true) throw new NoAnswer(source, "no success: the answer doesn't say that it is one");
  const { ipv4_cidrs, ipv6_cidrs } = Object(result) as { ipv4_cidrs?: unknown; ipv6_cidrs?: unknown };
  return readPrefixLists(source, { 4: ipv4_cidrs, 6: ipv6_cidrs });
}

/**
 * The prefixes in a document of github.com/ipverse/as-ip-blocks: `{ "asn": 64496, "prefixes": { "ipv4": [...], "ipv6": [...] } }`.
 *
 * @throws NoAnswer when it has another form, or is of another system
 */
export function announcedPrefixes(source: string, asn: number, document: unknown): readonly Cidr[] {
  const { asn: of, prefixes } = Object(document) as { asn?: unknown; prefixes?: unknown };
  if (of !== asn) throw new NoAnswer(source, `not a document of AS${asn}: asn is ${sketched(of)}`);
  const { ipv4, ipv6 } = Object(prefixes) as { ipv4?: unknown; ipv6?: unknown };
  return readPrefixLists(source, { 4: ipv4, 6: ipv6 });
}
