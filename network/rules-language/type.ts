/** The type of a value of the Rules language. `string` stands for the documentation's String and Bytes, which are one. */
export type Type = PrimitiveType | ArrayType | MapType;

export interface PrimitiveType {
  readonly kind: "boolean" | "integer" | "string" | "address";
}

export interface ArrayType {
  readonly kind: "array";
  readonly element: Type;
}

/** A map from string keys. */
export interface MapType {
  readonly kind: "map";
  readonly element: Type;
}

export const BOOLEAN: PrimitiveType = { kind: "boolean" };
export const INTEGER: PrimitiveType = { kind: "integer" };
export const STRING: PrimitiveType = { kind: "string" };
export const ADDRESS: PrimitiveType = { kind: "address" };

export function arrayOf(element: Type): ArrayType {
  return { kind: "array", element };
}

export function mapOf(element: Type): MapType {
  return { kind: "map", element };
}

export const BOOLEANS: ArrayType = arrayOf(BOOLEAN);

export function sameType(one: Type, other: Type): boolean {
  if (one.kind !== other.kind) return false;
  return "element" in one && "element" in other ? sameType(one.element, other.element) : true;
}

const NAMES: Readonly<Record<PrimitiveType["kind"], string>> = {
  boolean: "Boolean",
  integer: "Integer",
  string: "String",
  address: "IP address",
};

/** The type as Cloudflare's documentation writes it, such as `Map<Array<String>>`. */
export function typeName(type: Type): string {
  if (type.kind === "array") return `Array<${typeName(type.element)}>`;
  if (type.kind === "map") return `Map<${typeName(type.element)}>`;
  return NAMES[type.kind];
}
