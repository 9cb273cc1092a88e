import { UrlNormalizationSettings } from "@cdktf/provider-cloudflare/lib/url-normalization-settings";
import { Construct } from "constructs";

/**
 * HOOK-1: the rules and the origin see the same normalised path.
 *
 * `cloudflare` also turns `\` into `/` and merges `//`; `both` hands the result to the origin. The platform's default
 * is documented in two ways, so it is managed.
 *
 * @see https://developers.cloudflare.com/rules/normalization/how-it-works/
 */
export class UrlNormalisation extends Construct {
  public readonly resource: UrlNormalizationSettings;

  public constructor(scope: Construct, id: string, zone: string) {
    super(scope, id);
    this.resource = new UrlNormalizationSettings(this, "Resource", { zoneId: zone, scope: "both", type: "cloudflare" });
  }
}
