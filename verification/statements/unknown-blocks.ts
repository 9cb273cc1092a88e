import { type StatementId, STATEMENT_IDS } from "../../policy/statements";
import { appliersOf } from "../appliers/appliers";
import { oncePer } from "../once-per";
import { placeAt, type Unknown } from "../result";
import { blocksOf, child, dataBlocksOf, type Placed } from "../terraform/json";
import type { Model } from "../terraform/model";
import { openProvidersIn } from "../terraform/providers";
import type { Place, Resource, Stack } from "../terraform/stack";
import { familyOf } from "./influence";

/** Something in an app's JSON that isn't understood, before it is asked whom it concerns. */
export interface AppUnknown {
  /** The statements that it bears on. */
  readonly statements: readonly StatementId[];
  /** The resource that it stands in. What stands in none concerns every environment. */
  readonly resource?: Resource;
  readonly unknown: Unknown;
}

/** What isn't understood of what stands in the stacks beside resources, and of the programs that an apply or a plan runs. */
export const unknownBlocksIn = oncePer((model: Model): readonly AppUnknown[] => [
  ...model.stacks.flatMap((stack) => [...unknownBlocks(stack), ...openProviders(stack)]),
  ...appliersOf(model).unknownPrograms.map(({ reason, place }) => ofEverything(reason, place)),
  ...writers(model),
  ...model.stacks.flatMap((stack) => [...departures(stack), ...requests(stack), ...archives(stack), ...logins(stack)]),
]);

/**
 * A program holds the credentials of the whole apply, so it may do anything on any platform, whichever block it stands in: it
 * bears on every statement of every environment.
 */
function ofEverything(reason: string, place: Place): AppUnknown {
  return { statements: STATEMENT_IDS, unknown: { reason, place } };
}

/** What Terraform takes at the top of a file and what says nothing about a platform, beside what is read. */
const BLOCKS: ReadonlySet<string> = new Set([
  ...["//", "terraform", "provider", "resource", "variable", "locals", "output"],
  ...["data", "import", "moved", "removed", "check"],
]);

function unknownBlocks({ name, json }: Stack): readonly AppUnknown[] {
  return Object.keys(json)
    .filter((key) => !BLOCKS.has(key))
    .map((key) =>
      ofEverything(
        key === "module" ? "what a module makes isn't in the JSON" : `what a block of ${key} does isn't modelled`,
        { stack: name, pointer: child("", key) },
      ),
    );
}

/** Where it is open what a provider makes of the JSON, or who is told of it. */
function openProviders(stack: Stack): readonly AppUnknown[] {
  return openProvidersIn(stack).map(({ provider, reason, place }) => ({
    statements: familyOf(`${provider}_`),
    unknown: { reason, place },
  }));
}

/**
 * The types of resources that write files where the apply runs: one may take the place of a program that is run later.
 *
 * @see https://registry.terraform.io/providers/hashicorp/local/latest/docs/resources/file
 * @see https://registry.terraform.io/providers/hashicorp/archive/latest/docs/resources/file
 */
const WRITING = ["local_file", "local_sensitive_file", "archive_file"] as const;
const WRITES = "what is written where the apply runs may take the place of a program";

function writers(model: Model): readonly AppUnknown[] {
  return WRITING.flatMap((type) => model.ofType(type)).map((resource) => ofEverything(WRITES, placeAt(resource)));
}

/** Data may be a file that is written too: https://registry.terraform.io/providers/hashicorp/archive/latest/docs/data-sources/file */
function archives({ name, json }: Stack): readonly AppUnknown[] {
  return dataBlocksOf(json, "archive_file").map(({ pointer }) => ofEverything(WRITES, { stack: name, pointer }));
}

/**
 * Some providers log in by a program of any kind, which their configuration names in a member `exec`.
 *
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs#exec-plugins
 */
function logins({ name, json }: Stack): readonly AppUnknown[] {
  return membersNamed("exec", { value: json["provider"], pointer: "/provider" }).map((pointer) =>
    ofEverything("a provider may log in by any program", { stack: name, pointer }),
  );
}

function membersNamed(key: string, { value, pointer }: Placed<unknown>): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = child(pointer, name);
    return name === key ? [at] : membersNamed(key, { value: inner, pointer: at });
  });
}

/** A resource that is removed may run a program when it goes: https://developer.hashicorp.com/terraform/language/block/removed */
function departures({ name, json }: Stack): readonly AppUnknown[] {
  return blocksOf(json["removed"]).some((removed) => "provisioner" in removed)
    ? [ofEverything("a provisioner may do anything, also when its resource goes", { stack: name, pointer: "/removed" })]
    : [];
}

/**
 * A request by another method than GET or HEAD may change whatever answers it.
 *
 * @see https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http
 */
function requests({ name, json }: Stack): readonly AppUnknown[] {
  return dataBlocksOf(json, "http")
    .filter(({ value: { method = "GET" } }) => method !== "GET" && method !== "HEAD")
    .map(({ pointer }) =>
      ofEverything("a request that a plan sends may change what answers it", { stack: name, pointer }),
    );
}
