import { child, isObject, type JsonObject, type Placed } from "./json";

/**
 * The blocks at a place: Terraform's JSON syntax lets one stand alone, or in a list.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#nested-blocks
 */
function blocksAt({ value, pointer }: Placed<unknown>): readonly Placed<JsonObject>[] {
  if (isObject(value)) return [{ value, pointer }];
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((item, index) => blocksAt({ value: item, pointer: child(pointer, index) }));
}

/** The blocks of a type within a block, or under one of its labels. */
export function blocksWithin({ value, pointer }: Placed<JsonObject>, key: string): readonly Placed<JsonObject>[] {
  return blocksAt({ value: value[key], pointer: child(pointer, key) });
}

/** The blocks under all labels of a block. */
export function labelledWithin(block: Placed<JsonObject>): readonly Placed<JsonObject>[] {
  return Object.keys(block.value).flatMap((label) => blocksWithin(block, label));
}

/** The blocks of a value, wherever it stands. */
export function blocksOf(value: unknown): readonly JsonObject[] {
  return blocksAt({ value, pointer: "" }).map((block) => block.value);
}
