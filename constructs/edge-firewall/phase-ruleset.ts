import { Ruleset } from "@cdktf/provider-cloudflare/lib/ruleset";
import type { ITerraformDependable, Precondition } from "cdktf";
import { Construct } from "constructs";
import type { ExistingRuleset } from "../../policy/edge-options";
import type { EdgePhase } from "../../policy/edge-phase";
import { ImportBlock } from "../import-block";
import type { EdgeRule } from "./part";

export interface PhaseRulesetProps {
  readonly zone: string;
  readonly phase: EdgePhase;
  /** Every rule of the phase, in the order in which they run. */
  readonly rules: readonly EdgeRule[];
  /** What the rules name and needs to exist before them. */
  readonly dependsOn: ITerraformDependable[];
  /** What must hold before anything is changed. */
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
