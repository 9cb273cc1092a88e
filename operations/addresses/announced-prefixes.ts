import type { Cidr } from "../../network/cidr";
import { NoAnswer } from "./no-answer";
import { sketched } from "../printable";
import { readPrefixLists } from "./read-prefix";

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
