import { Resource } from "@cdktf/provider-null/lib/resource";
import { Annotations, TerraformLocal } from "cdktf";
import { Construct } from "constructs";
import type { Policy } from "../policy/policy";

/**
 * Lets an environment that still holds example values be synthesized, validated and reviewed, with a warning, but not
 * applied: its plan fails before anything is changed. The warning counts the values; the plan's error lists them, and so does
 * `preflight`.
 */
export class ExampleValuesGuard extends Construct {
  public constructor(scope: Construct, id: string, { name, exampleValues }: Policy) {
    super(scope, id);
    if (exampleValues.length === 0) return;
    const count = exampleValues.length === 1 ? "1 example value" : `${exampleValues.length} example values`;
    Annotations.of(this).addWarning(
      `${name} holds ${count}, so it can be synthesized and not applied; npm run -s policy -- preflight ${name} lists them`,
    );
    const holds = `environment "${name}" still holds example values: ${exampleValues.join(", ")}`;
    // Terraform refuses a condition that refers to nothing, so the values go through a local.
    const values = new TerraformLocal(this, "Values", exampleValues.join(", "));
    values.overrideLogicalId("example_values");
    // On a resource, because `terraform validate` evaluates the precondition of an output already.
    new Resource(this, "Replaced", {
      lifecycle: {
        precondition: [
          {
            condition: '${local.example_values == ""}',
            errorMessage: `${holds}. Replace them in the environment's file, then synthesize and plan again.`,
          },
        ],
      },
    });
  }
}
