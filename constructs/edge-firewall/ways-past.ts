import { TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/** What the bindings' resources say of themselves, as far as it matters here. */
interface Inputs {
  readonly zoneIdInput?: string;
  readonly nameInput?: string;
  readonly proxiedInput?: unknown;
}

/**
 * Resources of the app that lead past the edge of a zone: a Spectrum application opens a port beside the proxy's, and an
 * unproxied record of a host publishes the origin's own address.
 *
 * @see https://developers.cloudflare.com/spectrum/
 * @see https://developers.cloudflare.com/dns/proxy-status/
 */
export function waysPast(scope: Construct, zone: string, hosts: readonly string[]): string[] {
  const edge = scope.node.path;
  return scope.node.root.node
    .findAll()
    .filter(TerraformResource.isTerraformResource)
    .flatMap((resource) => {
      const { zoneIdInput, nameInput = "", proxiedInput } = resource as Inputs;
      const { path } = resource.node;
      if (zoneIdInput !== zone) return [];
      switch (resource.terraformResourceType) {
        case "cloudflare_spectrum_application":
          return [
            `${path} opens a port of the zone past the rules of ${edge}: PORTS-1 allows only 443 and 80; remove it`,
          ];
        case "cloudflare_dns_record":
          return hosts.includes(nameInput) && proxiedInput !== true
            ? [
                `${path} is an unproxied record of ${nameInput}, past the rules of ${edge}: set proxied to true, or remove it`,
              ]
            : [];
        default:
          return [];
      }
    });
}
