import { child } from "../../errors/json-text";

export { child };

/** A JSON object of unknown members. */
export type JsonObject = Readonly<Record<string, unknown>>;

/** A value within the Terraform JSON, and where it stands. */
export interface Placed<T> {
  readonly value: T;
  /** A JSON pointer: https://www.rfc-editor.org/rfc/rfc6901 */
  readonly pointer: string;
}

export const isObject = (value: unknown): value is JsonObject =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A value's members; none where it is no object. */
export const membersOf = (value: unknown): JsonObject => (isObject(value) ? value : {});

/** The objects in a list; none where it is no list. */
export const objectsOfList = (value: unknown): readonly JsonObject[] =>
  Array.isArray(value) ? value.filter(isObject) : [];

/** JSON with its keys in order: equal values, equal texts. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    isObject(each) ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1))) : each,
  );
}

/** Every string in a value, at any depth. */
export function stringsIn({ value, pointer }: Placed<unknown>): readonly Placed<string>[] {
  if (typeof value === "string") return [{ value, pointer }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => stringsIn({ value: inner, pointer: child(pointer, key) }));
}

/**
 * The blocks at a place: Terraform's JSON syntax lets one stand alone, or in a list.
 *
 * @see https://developer.hashicorp.com/terraform/language/syntax/json#nested-blocks
 */
export function blocksAt({ value, pointer }: Placed<unknown>): readonly Placed<JsonObject>[] {
  if (isObject(value)) return [{ value, pointer }];
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.flatMap((item, index) => blocksAt({ value: item, pointer: child(pointer, index) }));
}

/** The blocks of a type within a block, or under one of its labels. */
function blocksWithin({ value, pointer }: Placed<JsonObject>, key: string): readonly Placed<JsonObject>[] {
  return blocksAt({ value: value[key], pointer: child(pointer, key) });
}

/** The blocks under all labels of a block. */
function labelledWithin(block: Placed<JsonObject>): readonly Placed<JsonObject>[] {
  return Object.keys(block.value).flatMap((label) => blocksWithin(block, label));
}

/** The blocks of a value, wherever it stands. */
export function blocksOf(value: unknown): readonly JsonObject[] {
  return blocksAt({ value, pointer: "" }).map((block) => block.value);
}

/**
 * The data of a type that a stack asks for: at its top, and within its checks. Terraform reads the data of checks on
 * every plan and apply.
 *
 * @see https://developer.hashicorp.com/terraform/language/data-sources
 * @see https://developer.hashicorp.com/terraform/language/checks
 */
export function dataBlocksOf(json: JsonObject, type: string): readonly Placed<JsonObject>[] {
  return dataIn(json)
    .flatMap((types) => blocksWithin(types, type))
    .flatMap(labelledWithin);
}

/** The types of the data that a stack asks for. */
export function dataTypesIn(json: JsonObject): readonly string[] {
  return [...new Set(dataIn(json).flatMap(({ value }) => Object.keys(value)))];
}

function dataIn(json: JsonObject): readonly Placed<JsonObject>[] {
  const top = { value: json, pointer: "" };
  return [top, ...blocksWithin(top, "check").flatMap(labelledWithin)].flatMap((holder) => blocksWithin(holder, "data"));
}
