import { type Attributes, resourcesOf, type TerraformJson } from "./synthesized";

/** A null resource that applies state through a platform's API. */
export interface AppliedStateJson {
  readonly kind: string;
  readonly target: string;
  readonly desired: unknown;
  readonly resource: Attributes;
}

/** Everything that a stack applies through platforms' APIs. */
export function appliedStatesOf(json: TerraformJson): readonly AppliedStateJson[] {
  const applied = resourcesOf(json, "null_resource").filter((resource) => "triggers" in resource);
  return applied.map((resource) => {
    const { kind = "", target = "", desired_state: state = "null" } = resource["triggers"] as Record<string, string>;
    return { kind, target, desired: JSON.parse(state) as unknown, resource };
  });
}
