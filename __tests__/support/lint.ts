import { resources } from "../../verification/answers/lint/resources";
import { Model } from "../../verification/terraform/model";

/** The mistakes within a stack, as lint tells them. */
export function lint(json: unknown) {
  const model = Model.of([{ name: "shop", json }]);
  return resources({ model, policies: [], zones: [] }).map(({ rule, place: { pointer }, what, change }) => ({
    ...{ rule, pointer },
    message: `${what}; change: ${change}`,
  }));
}
