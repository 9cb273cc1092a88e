import { ZeroTrustGatewayPolicy } from "@cdktf/provider-cloudflare/lib/zero-trust-gateway-policy";
import { ZeroTrustGatewayProxyEndpoint } from "@cdktf/provider-cloudflare/lib/zero-trust-gateway-proxy-endpoint";
import { TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import { HostNotation } from "../../network/host-notation";
import { type DedicatedAddresses, egressBlocks } from "../../policy/egress-addresses";
import { AppliedState } from "../applied-state/applied-state";
import { dedicatedAddresses } from "../applied-state/dedicated-addresses";
import type { GatewayPolicy } from "./gateway-policies";

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
 * The proxy through which an environment's workers reach out, and what it lets through.
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
