import { appliersOf } from "../../appliers/appliers";
import type { Model } from "../../terraform/model";
import { blocksOf, dataBlocksOf, child, type Placed } from "../../terraform/json";
import type { Stack } from "../../terraform/stack";
import { oncePer } from "../../once-per";
import { placeAt } from "../../result";
import { ofEverything, type Suspicion } from "./suspicion";

/**
 * What an apply or a plan does beside what resources say. A program holds the credentials of the whole apply, so it may do
 * anything on any platform, whichever resource it stands in.
 */
export const suspiciousProgramsIn = oncePer((model: Model): readonly Suspicion[] => [
  ...appliersOf(model).unknownPrograms.map(({ reason, place }) => ofEverything(reason, place)),
  ...writers(model),
  ...model.stacks.flatMap((stack) => [...departures(stack), ...requests(stack), ...archives(stack), ...logins(stack)]),
]);

/**
 * The types of resources that write files where the apply runs: one may take the place of a program that is run later.
 *
 * @see https://registry.terraform.io/providers/hashicorp/local/latest/docs/resources/file
 * @see https://registry.terraform.io/providers/hashicorp/archive/latest/docs/resources/file
 */
const WRITING = ["local_file", "local_sensitive_file", "archive_file"] as const;
const WRITES = "what is written where the apply runs may take the place of a program";

function writers(model: Model): readonly Suspicion[] {
  return WRITING.flatMap((type) => model.ofType(type)).map((resource) => ofEverything(WRITES, placeAt(resource)));
}

/** Data may be a file that is written too: https://registry.terraform.io/providers/hashicorp/archive/latest/docs/data-sources/file */
function archives({ name, json }: Stack): readonly Suspicion[] {
  return dataBlocksOf(json, "archive_file").map(({ pointer }) => ofEverything(WRITES, { stack: name, pointer }));
}

/**
 * Some providers log in by a program of any kind, which their configuration names in a member `exec`.
 *
 * @see https://registry.terraform.io/providers/hashicorp/kubernetes/latest/docs#exec-plugins
 */
function logins({ name, json }: Stack): readonly Suspicion[] {
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
function departures({ name, json }: Stack): readonly Suspicion[] {
  return blocksOf(json["removed"]).some((removed) => "provisioner" in removed)
    ? [ofEverything("a provisioner may do anything, also when its resource goes", { stack: name, pointer: "/removed" })]
    : [];
}

/**
 * A request by another method than GET or HEAD may change whatever answers it.
 *
 * @see https://registry.terraform.io/providers/hashicorp/http/latest/docs/data-sources/http
 */
function requests({ name, json }: Stack): readonly Suspicion[] {
  return dataBlocksOf(json, "http")
    .filter(({ value: { method = "GET" } }) => method !== "GET" && method !== "HEAD")
    .map(({ pointer }) =>
      ofEverything("a request that a plan sends may change what answers it", { stack: name, pointer }),
    );
}
