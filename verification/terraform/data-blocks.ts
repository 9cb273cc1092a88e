import { blocksWithin, labelledWithin } from "./blocks";
import type { JsonObject, Placed } from "./json";

/**
 * The data of a type that a stack asks for: at its top, and within its checks, whose data is read on every plan and apply.
 *
 * @see https://developer.hashicorp.com/terraform/language/data-sources
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export function dataBlocksOf(json: JsonObject, type: string): readonly Placed<JsonObject>[] {
  const top = { value: json, pointer: "" };
  return [top, ...blocksWithin(top, "check").flatMap(labelledWithin)]
    .flatMap((holder) => blocksWithin(holder, "data"))
    .flatMap((types) => blocksWithin(types, type))
    .flatMap(labelledWithin);
}
