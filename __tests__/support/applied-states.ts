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
  return resourcesOf(json, "null_resource").map((resource) => {
    const { kind = "", target = "", desired_state: state = "null" } = resource["triggers"] as Record<string, string>;
    return { kind, target, desired: JSON.parse(state) as unknown, resource };
  });
}
