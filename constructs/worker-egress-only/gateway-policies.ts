import { HostNotation } from "../../network/host-notation";
import { type DedicatedAddresses, egressBlocks } from "../../policy/egress-addresses";
import type { GatewayEgress } from "../../policy/worker-egress";

/** A Gateway network policy. */
export interface GatewayPolicy {
  readonly name: string;
  readonly action: "allow" | "block";
  readonly precedence: number;
  /** The condition, in Gateway's own expression language. */
  readonly traffic: string;
}

/** How far behind the allow the default deny comes. */
const DENY_AFTER = 500;

/**
 * WORK-2: what reaches Gateway from the workers' addresses goes to these hosts on 443, or nowhere.
 *
 * The hosts are compared with the TLS server name and written out: a list would admit every subdomain, and the platform
 * names it by an id that isn't known yet. Both policies look at the source: without it, the deny would cut off every
 * device of the account.
 *
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/network-policies/
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/
 */
export function gatewayPolicies(
  environment: string,
  { precedence }: GatewayEgress,
  addresses: DedicatedAddresses,
  hosts: readonly string[],
): readonly GatewayPolicy[] {
  const source = `net.src.ip in {${egressBlocks(addresses, HostNotation.CLOUDFLARE).join(" ")}}`;
  const names = hosts.map((host) => `"${host}"`).join(" ");
  const deny: GatewayPolicy = {
    name: `${environment} workers: nothing else`,
    action: "block",
    precedence: precedence + DENY_AFTER,
    traffic: `${source} and net.protocol in {"tcp" "udp"}`,
  };
  if (hosts.length === 0) return [deny];
  const allow: GatewayPolicy = {
    name: `${environment} workers: AI and payment APIs`,
    action: "allow",
    precedence,
    traffic: `${source} and net.sni.host in {${names}} and net.dst.port in {443}`,
  };
  return [allow, deny];
}
