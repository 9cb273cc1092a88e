import { ZoneSetting as Resource } from "@cdktf/provider-cloudflare/lib/zone-setting";
import { Construct } from "constructs";
import type { ManagedSetting } from "./edge-part-rules";

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
