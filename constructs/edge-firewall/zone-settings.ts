import { Construct } from "constructs";
import type { ManagedSetting } from "./part";
import { UrlNormalizationSettings } from "@cdktf/provider-cloudflare/lib/url-normalization-settings";
import { ZoneSetting as Resource } from "@cdktf/provider-cloudflare/lib/zone-setting";

/**
 * A zone setting held at a value.
 *
 * Removing it leaves the platform as it is: the provider has nothing to delete.
 *
 * @see https://github.com/cloudflare/terraform-provider-cloudflare/blob/v5.22.0/docs/resources/zone_setting.md
 */
export class ZoneSetting extends Construct {
  public readonly resource: Resource;

  public constructor(scope: Construct, id: string, zone: string, setting: ManagedSetting) {
    super(scope, id);
    this.resource = new Resource(this, "Resource", { zoneId: zone, settingId: setting.id, value: {} });
    // The bindings turn every value but a map into an empty one.
    this.resource.addOverride("value", setting.value);
  }
}

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
