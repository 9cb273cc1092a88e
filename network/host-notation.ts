import { printAddress } from "./address";
import { type Cidr, isHost, printCidr } from "./cidr";

/** How a platform wants a block of one address to be written. It is a property of the platform, not of the addresses. */
export class HostNotation {
  /** The address alone: `192.0.2.1`. */
  public static readonly BARE = new HostNotation("bare", ({ family, network }) =>
    printAddress({ family, value: network }),
  );

  /** With its full prefix length: `192.0.2.1/32`. */
  public static readonly MASKED = new HostNotation("masked", printCidr);

  /**
   * Cloudflare's rule expressions and lists. The list resource refuses `/32` and `/128`
   * (cloudflare/terraform-provider-cloudflare v5.22.0, internal/services/list/cidr_validator.go).
   */
  public static readonly CLOUDFLARE = HostNotation.BARE;

  /**
   * The proxy endpoints of Cloudflare Gateway take CIDRs (schema `zero-trust-gateway_ips` of Cloudflare's API, whose example is
   * `192.0.2.1/32`): https://developers.cloudflare.com/api/resources/zero_trust/subresources/gateway/subresources/proxy_endpoints/
   */
  public static readonly CLOUDFLARE_GATEWAY = HostNotation.MASKED;

  /** Supabase's network restrictions take CIDRs only: https://supabase.com/docs/guides/platform/network-restrictions */
  public static readonly SUPABASE = HostNotation.MASKED;

  /** Render's inbound IP rules take CIDR blocks: https://render.com/docs/inbound-ip-rules */
  public static readonly RENDER = HostNotation.MASKED;

  private constructor(
    /** The notation's name. */
    public readonly name: string,
    private readonly printHost: (host: Cidr) => string,
  ) {
    Object.freeze(this);
  }

  /** Writes a block as the platform wants it. */
  public print(cidr: Cidr): string {
    return isHost(cidr) ? this.printHost(cidr) : printCidr(cidr);
  }
}
