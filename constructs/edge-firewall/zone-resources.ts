import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { Ruleset } from "@cdktf/provider-cloudflare/lib/ruleset";
import { UrlNormalizationSettings } from "@cdktf/provider-cloudflare/lib/url-normalization-settings";
import { ZoneSetting as Resource } from "@cdktf/provider-cloudflare/lib/zone-setting";
import { type ITerraformDependable, type Precondition, TerraformElement, type TerraformResource } from "cdktf";
import { Construct } from "constructs";
import type { ExistingRuleset } from "../../policy/edge-options";
import type { EdgePhase } from "../../policy/edge-phase";
import type { Origin } from "../../policy/origin";
import type { EdgeRule, ManagedSetting } from "./part";

export interface PhaseRulesetProps {
  readonly zone: string;
  readonly phase: EdgePhase;
  /** Every rule of the phase, in the order in which they run. */
  readonly rules: readonly EdgeRule[];
  /** The resources that the rules name: they have to exist before the rules. */
  readonly dependsOn: ITerraformDependable[];
  /** The conditions that must hold before anything is changed. */
  readonly preconditions: readonly Precondition[];
  /** @default - the ruleset is created */
  readonly existing?: ExistingRuleset | undefined;
}

/**
 * The one ruleset of a phase of a zone.
 *
 * @see https://github.com/cloudflare/terraform-provider-cloudflare/blob/v5.22.0/docs/resources/ruleset.md
 */
export class PhaseRuleset extends Construct {
  public readonly resource: Ruleset;

  public constructor(scope: Construct, id: string, props: PhaseRulesetProps) {
    super(scope, id);
    this.resource = new Ruleset(this, "Resource", {
      zoneId: props.zone,
      kind: "zone",
      // A ruleset whose name changes is replaced, which leaves the zone without these rules for a moment.
      name: props.existing?.name ?? "default",
      phase: props.phase,
      rules: props.rules.map(({ ref, description, expression, action, enabled = true }) => ({
        ref,
        description,
        expression,
        action,
        enabled,
      })),
      ...(props.dependsOn.length === 0 ? {} : { dependsOn: props.dependsOn }),
      ...(props.preconditions.length === 0 ? {} : { lifecycle: { precondition: [...props.preconditions] } }),
    });
    // The bindings drop parameters that they don't know; an override arrives as it is written.
    props.rules.forEach(({ actionParameters }, index) => {
      if (actionParameters !== undefined)
        this.resource.addOverride(`rules.${index}.action_parameters`, actionParameters);
    });
    if (props.existing !== undefined) new ImportBlock(this.resource, `zones/${props.zone}/${props.existing.id}`);
  }
}

export interface HostRecordProps {
  readonly zone: string;
  readonly host: string;
  readonly origin: Origin;
  /** Everything that must be in force before the host is public. */
  readonly dependsOn: ITerraformDependable[];
  /** @default - the record is created */
  readonly existing?: string | undefined;
}

/**
 * The DNS record that makes a host public, proxied so that every request meets the rules.
 *
 * @see https://developers.cloudflare.com/dns/proxy-status/
 */
export class HostRecord extends Construct {
  public readonly resource: DnsRecord;

  public constructor(scope: Construct, id: string, { zone, host, origin, dependsOn, existing }: HostRecordProps) {
    super(scope, id);
    this.resource = new DnsRecord(this, "Resource", {
      zoneId: zone,
      name: host,
      type: "CNAME",
      content: origin.address,
      proxied: true,
      // 1 is "automatic", the only value of a proxied record.
      ttl: 1,
      dependsOn,
    });
    if (existing !== undefined) new ImportBlock(this.resource, `${zone}/${existing}`);
  }
}

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

/**
 * Takes over a thing of the platform as a resource, when the plan is applied.
 *
 * The bindings' own `importFrom` runs `terraform version` at synth, which has to work without Terraform.
 *
 * @see https://developer.hashicorp.com/terraform/language/import (Terraform 1.5 or newer)
 */
class ImportBlock extends TerraformElement {
  public constructor(
    private readonly resource: TerraformResource,
    /** The id by which the provider imports it. */
    private readonly importId: string,
  ) {
    super(resource, "Import");
  }

  public override toTerraform(): object {
    const { terraformResourceType, friendlyUniqueId } = this.resource;
    return { import: [{ to: `${terraformResourceType}.${friendlyUniqueId}`, id: this.importId }] };
  }
}
