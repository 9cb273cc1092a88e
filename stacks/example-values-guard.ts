import { Annotations, TerraformLocal, TerraformOutput } from "cdktf";
import { Construct } from "constructs";
import type { Policy } from "../policy/policy";

/**
 * Lets an environment that still holds example values be synthesized and reviewed, with a warning, but not applied: its
 * plan fails before anything is changed.
 */
export class ExampleValuesGuard extends Construct {
  public constructor(scope: Construct, id: string, { name, exampleValues }: Policy) {
    super(scope, id);
    if (exampleValues.length === 0) return;
    const holds = `environment "${name}" still holds example values: ${exampleValues.join(", ")}`;
    Annotations.of(this).addWarning(`${holds}; it can be synthesized, not applied`);
    // Terraform refuses a condition that refers to nothing, so the values go through a local.
    const values = new TerraformLocal(this, "Values", exampleValues.join(", "));
    values.overrideLogicalId("example_values");
    const ready = new TerraformOutput(this, "Ready", {
      description: "Whether every example value has been replaced",
      value: '${local.example_values == ""}',
    });
    ready.overrideLogicalId("ready_to_apply");
    // cdktf 0.21 leaves the precondition of an output out of the JSON.
    ready.addOverride("precondition", {
      condition: '${local.example_values == ""}',
      error_message: `${holds}. Replace them in the environment's file, then synthesize and plan again.`,
    });
  }
}
