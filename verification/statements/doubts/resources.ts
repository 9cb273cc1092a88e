import type { Model } from "../../terraform/model";
import { blocksOf, child } from "../../terraform/json";
import type { Resource } from "../../terraform/stack";
import { zoneOf } from "../../edge/zone";
import { oncePer } from "../../once-per";
import { type Unknown, placeAt } from "../../result";
import { influenceOf } from "../influence";
import { statementsOf, type Suspicion } from "./suspicion";

/** What isn't understood of the resources that bear on a statement. */
export const suspiciousResourcesIn = oncePer(({ resources }: Model): readonly Suspicion[] =>
  resources.flatMap((resource) => {
    const statements = statementsOf(resource);
    return statements.length === 0 ? [] : doubtsOf(resource).map((doubt) => ({ statements, resource, doubt }));
  }),
);

function doubtsOf(resource: Resource): readonly Unknown[] {
  const { type, body, pointer } = resource;
  const doubt = (reason: string, ...keys: readonly string[]): Unknown => ({
    reason,
    place: placeAt({ ...resource, pointer: keys.reduce(child, pointer) }),
  });
  return [
    ...(influenceOf(type)?.standing === "unknown" ? [doubt(`what a ${type} does isn't modelled`)] : []),
    ...(type === "cloudflare_ruleset" && zoneOf(resource) === ""
      ? [doubt("what a ruleset of an account does isn't modelled")]
      : []),
    ...["count", "for_each"].flatMap((key) =>
      key in body ? [doubt(`how many there are is known to the apply alone: ${key}`, key)] : [],
    ),
    ...(isOfOtherProvider(resource) ? [doubt("another provider than its type's manages it", "provider")] : []),
    ...("dynamic" in body ? [doubt("what a dynamic block makes is known to the apply alone", "dynamic")] : []),
    ...(blocksOf(body["lifecycle"]).some((block) => "ignore_changes" in block)
      ? [doubt("Terraform would leave changes by others in place: lifecycle.ignore_changes", "lifecycle")]
      : []),
  ];
}

/** `cloudflare.eu` is a configuration of the provider that the type belongs to; `other` isn't that provider. */
function isOfOtherProvider({ type, body }: Resource): boolean {
  const [own] = type.split("_");
  const { provider = own } = body;
  return String(provider).split(".")[0] !== own;
}
