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

/** The pointer of a member or an element. */
export const child = (pointer: string, key: string | number): string =>
  `${pointer}/${String(key).replaceAll("~", "~0").replaceAll("/", "~1")}`;

/**
 * Every resource of a type, with its body. Terraform's JSON syntax lets a body stand in a list; both forms are read
 * (https://developer.hashicorp.com/terraform/language/syntax/json#nested-blocks).
 *
 * @throws Error where the JSON has another shape
 */
export function resourcesOf(terraformJson: unknown, type: string): readonly Placed<JsonObject>[] {
  const resources = member({ value: terraformJson, pointer: "" }, "resource");
  return resources.flatMap((types) => member(types, type)).flatMap((named) => namedBodies(named));
}

/** Every string in a value, at any depth. */
export function stringsIn({ value, pointer }: Placed<unknown>): readonly Placed<string>[] {
  if (typeof value === "string") return [{ value, pointer }];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, inner]) => stringsIn({ value: inner, pointer: child(pointer, key) }));
}

function member(parent: Placed<unknown>, name: string): readonly Placed<unknown>[] {
  const value = object(parent)[name];
  return value === undefined ? [] : [{ value, pointer: child(parent.pointer, name) }];
}

function namedBodies(named: Placed<unknown>): readonly Placed<JsonObject>[] {
  return Object.entries(object(named))
    .filter(([name]) => name !== "//")
    .flatMap(([name, value]) => bodies({ value, pointer: child(named.pointer, name) }));
}

function bodies({ value, pointer }: Placed<unknown>): readonly Placed<JsonObject>[] {
  if (!Array.isArray(value)) return [{ value: object({ value, pointer }), pointer }];
  return value.flatMap((body: unknown, index) => bodies({ value: body, pointer: child(pointer, index) }));
}

function object({ value, pointer }: Placed<unknown>): JsonObject {
  if (isObject(value)) return value;
  throw new Error(`"${pointer}" is no JSON object, as Terraform's JSON syntax has it there`);
}
