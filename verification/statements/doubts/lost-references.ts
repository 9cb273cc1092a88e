import { escapedReferences } from "../../terraform/escaped-references";
import type { Model } from "../../terraform/model";
import type { Resource } from "../../terraform/stack";
import { oncePer } from "../../once-per";
import { type Unknown, placeAt } from "../../result";
import { statementsOf, type Suspicion } from "./suspicion";

/** Where `$${` was written and `${` was meant, the platform is sent the reference as text. */
export const lostReferencesIn = oncePer(({ resources }: Model): readonly Suspicion[] =>
  resources.flatMap((resource) => {
    const statements = statementsOf(resource);
    return statements.length === 0 ? [] : lostReferencesOf(resource).map((doubt) => ({ statements, resource, doubt }));
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
