import { ZeroTrustGatewayPolicy } from "@cdktf/provider-cloudflare/lib/zero-trust-gateway-policy";
import { ZeroTrustGatewayProxyEndpoint } from "@cdktf/provider-cloudflare/lib/zero-trust-gateway-proxy-endpoint";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { HostNotation } from "../../network/host-notation";
import { type DedicatedAddresses, egressBlocks } from "../../policy/egress-addresses";
import type { GatewayEgress } from "../../policy/worker-egress";
import { AppliedState, dedicatedAddresses } from "../applied-state";

export interface GatewayProps {
  readonly environment: string;
  readonly account: string;
  readonly source: DedicatedAddresses;
  readonly policies: readonly GatewayPolicy[];
}

/** The name of an environment's proxy endpoint in its account. */
export function endpointName(environment: string): string {
  return `${environment} workers`;
}

/**
 * The proxy through which an environment's workers reach out, and the policies that decide which connections it lets through.
 *
 * The policies are in force before there is an endpoint to reach out through.
 *
 * @see https://developers.cloudflare.com/cloudflare-one/networks/resolvers-and-proxies/proxy-endpoints/
 */
export class Gateway extends Construct {
  public constructor(scope: Construct, id: string, { environment, account, source, policies }: GatewayProps) {
    super(scope, id);
    const addresses = new AppliedState(this, "Source", dedicatedAddresses(source));
    const inForce = policies.map(
      ({ name, action, precedence, traffic }) =>
        new ZeroTrustGatewayPolicy(this, `Policy-${action}`, {
          accountId: account,
          name,
          action,
          precedence,
          traffic,
          filters: ["l4"],
          // The provider's default is false.
          enabled: true,
          dependsOn: [addresses.resource],
        }),
    );
    const endpoint = new ZeroTrustGatewayProxyEndpoint(this, "Endpoint", {
      accountId: account,
      name: endpointName(environment),
      kind: "ip",
      ips: [...egressBlocks(source, HostNotation.CLOUDFLARE_GATEWAY)],
      dependsOn: inForce,
    });
    new TerraformOutput(this, "Proxy", {
      description: "HTTPS_PROXY of the environment's workers",
      value: `https://${endpoint.subdomain}.proxy.cloudflare-gateway.com`,
    }).overrideLogicalId("worker_proxy");
  }
}

/** A Gateway network policy. */
export interface GatewayPolicy {
  readonly name: string;
  readonly action: "allow" | "block";
  readonly precedence: number;
  /** The condition, in Gateway's own expression language. */
  readonly traffic: string;
}

/** The distance of the default deny behind the allow. */
const DENY_AFTER = 500;

/**
 * WORK-2: connections from the workers' addresses go to these hosts on 443, or nowhere.
 *
 * The hosts are compared with the TLS server name and written out. A list would admit every subdomain, and the platform
 * names a list by an id that no synth knows. Both policies look at the source: without it, the deny would cut off every
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
