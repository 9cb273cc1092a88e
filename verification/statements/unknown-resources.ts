import type { Policy } from "../../policy/policy";
import { zoneOf } from "../edge/zone";
import { oncePer } from "../once-per";
import { placeAt, type Unknown } from "../result";
import { escapedReferences } from "../terraform/references";
import { blocksOf, child } from "../terraform/json";
import type { Model } from "../terraform/model";
import type { Resource } from "../terraform/stack";
import { influenceOf, statementsOf } from "./influence";
import type { AppUnknown } from "./unknown-blocks";

/** What isn't understood of the resources that bear on a statement. */
export const unknownResourcesIn = oncePer(({ resources }: Model): readonly AppUnknown[] =>
  resources.flatMap((resource) => {
    const statements = statementsOf(resource);
    return statements.length === 0 ? [] : unknownsOf(resource).map((unknown) => ({ statements, resource, unknown }));
  }),
);

function unknownsOf(resource: Resource): readonly Unknown[] {
  const { type, body, pointer } = resource;
  const unknown = (reason: string, ...keys: readonly string[]): Unknown => ({
    reason,
    place: placeAt({ ...resource, pointer: keys.reduce(child, pointer) }),
  });
  return [
    ...(influenceOf(type)?.standing === "unknown" ? [unknown(`what a ${type} does isn't modelled`)] : []),
    ...(type === "cloudflare_ruleset" && zoneOf(resource) === ""
      ? [unknown("what a ruleset of an account does isn't modelled")]
      : []),
    ...["count", "for_each"].flatMap((key) =>
      key in body ? [unknown(`how many there are is known to the apply alone: ${key}`, key)] : [],
    ),
    ...(isOfOtherProvider(resource) ? [unknown("another provider than its type's manages it", "provider")] : []),
    ...("dynamic" in body ? [unknown("what a dynamic block makes is known to the apply alone", "dynamic")] : []),
    ...(blocksOf(body["lifecycle"]).some((block) => "ignore_changes" in block)
      ? [unknown("Terraform would leave changes by others in place: lifecycle.ignore_changes", "lifecycle")]
      : []),
  ];
}

/** `cloudflare.eu` is a configuration of the provider that the type belongs to; `other` isn't that provider. */
function isOfOtherProvider({ type, body }: Resource): boolean {
  const [own] = type.split("_");
  const { provider = own } = body;
  return String(provider).split(".")[0] !== own;
}

/** Where `$${` was written and `${` was meant, the platform is sent the reference as text. */
export const lostReferencesIn = oncePer(({ resources }: Model): readonly AppUnknown[] =>
  resources.flatMap((resource) => {
    const statements = statementsOf(resource);
    return statements.length === 0
      ? []
      : lostReferencesOf(resource).map((unknown) => ({ statements, resource, unknown }));
  }),
);

function lostReferencesOf(resource: Resource): readonly Unknown[] {
  const { type, address, body } = resource;
  if (!JSON.stringify(body).includes("$${")) return [];
  const name = address.slice(type.length + 1);
  const found = escapedReferences({ value: { resource: { [type]: { [name]: body } } }, pointer: "" });
  return found.map(({ pointer, wrong, meant }) => ({
    reason: `${wrong}; meant: ${meant}`,
    place: placeAt({ ...resource, pointer }),
  }));
}

/**
 * What is modelled is read where its zone is known. A resource of a zone that no policy declares, or that only the apply knows,
 * may be of the zone that is asked about.
 */
export const straysBeside = oncePer((policies: readonly Policy[]) => {
  const declared = new Set(["", ...policies.flatMap((each) => (each.ownsZone ? each.edge.zone.id : []))]);
  return oncePer(({ resources }: Model) => {
    const strays = resources.filter(
      (resource) => influenceOf(resource.type)?.standing === "modelled" && !declared.has(zoneOf(resource)),
    );
    return (zone: string): readonly AppUnknown[] =>
      strays.map((resource) => ({
        ...{ statements: statementsOf(resource), resource },
        unknown: {
          reason: `only the apply knows whether the zone of this ${resource.type} is ${zone}`,
          place: placeAt(resource),
        },
      }));
  });
});
