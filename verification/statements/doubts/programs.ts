import { Appliers } from "../../model/appliers/appliers";
import type { Model } from "../../model/model";
import { blocksOf } from "../../model/terraform/blocks";
import { dataBlocksOf } from "../../model/terraform/data-blocks";
import type { Stack } from "../../model/terraform/stack";
import { oncePer } from "../../once-per";
import { ofEverything, type Suspicion } from "./suspicion";

/**
 * What an apply or a plan does beside what resources say. A program holds the credentials of the whole apply, so it may do
 * anything on any platform, whichever resource it stands in.
 */
export const suspiciousProgramsIn = oncePer((model: Model): readonly Suspicion[] => [
  ...Appliers.of(model).unknownPrograms.map(({ reason, place }) => ofEverything(reason, place)),
  ...model.stacks.flatMap((stack) => [...departures(stack), ...requests(stack)]),
]);

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
