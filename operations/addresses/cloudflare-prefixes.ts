import type { Cidr } from "../../network/cidr";
import { NoAnswer } from "./no-answer";
import { readPrefixLists } from "./read-prefix";

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
