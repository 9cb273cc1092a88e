import type { Model } from "../../terraform/model";
import { blocksOf, child, isObject } from "../../terraform/json";
import type { Stack } from "../../terraform/stack";
import { oncePer } from "../../once-per";
import { familyOf } from "../influence";
import { isOfficial } from "../provider-sources";
import { ofEverything, type Suspicion } from "./suspicion";

/** What isn't understood of what stands in the stacks beside resources. */
export const suspiciousBlocksIn = oncePer(({ stacks }: Model): readonly Suspicion[] =>
  stacks.flatMap((stack) => [...unknownBlocks(stack), ...elsewhere(stack), ...otherSources(stack)]),
);

/** What Terraform takes at the top of a file and what says nothing about a platform, beside what is read. */
const BLOCKS: ReadonlySet<string> = new Set([
  ...["//", "terraform", "provider", "resource", "variable", "locals", "output"],
  ...["data", "import", "moved", "removed", "check"],
]);

function unknownBlocks({ name, json }: Stack): readonly Suspicion[] {
  return Object.keys(json)
    .filter((key) => !BLOCKS.has(key))
    .map((key) =>
      ofEverything(
        key === "module" ? "what a module makes isn't in the JSON" : `what a block of ${key} does isn't modelled`,
        { stack: name, pointer: child("", key) },
      ),
    );
}

/** Where a provider is told to talk to something else than its platform, what it is told reaches nobody. */
function elsewhere({ name, json }: Stack): readonly Suspicion[] {
  return blocksOf(json["provider"])
    .flatMap((providers) => Object.entries(providers))
    .filter(([, configurations]) => blocksOf(configurations).some((each) => each["base_url"] !== undefined))
    .map(([provider]) =>
      ofProvider(provider, "is told to talk to another address than the platform's", name, "/provider"),
    );
}

/** Where another program bears a provider's name, nobody here knows what it makes of the JSON. */
function otherSources({ name, json }: Stack): readonly Suspicion[] {
  return blocksOf(json["terraform"])
    .flatMap(({ required_providers: required }) => blocksOf(required))
    .flatMap((required) => Object.entries(required))
    .filter(([provider, demand]) => !isOfficial(provider, isObject(demand) ? demand["source"] : undefined))
    .map(([provider]) =>
      ofProvider(
        ...[provider, "comes from another source than its platform's, so what it does isn't known"],
        ...[name, "/terraform/required_providers"],
      ),
    );
}

function ofProvider(provider: string, what: string, stack: string, pointer: string): Suspicion {
  return {
    statements: familyOf(`${provider}_`),
    doubt: { reason: `the ${provider} provider ${what}`, place: { stack, pointer: child(pointer, provider) } },
  };
}
