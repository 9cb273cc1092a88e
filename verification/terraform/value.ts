/** A value that only the apply knows, such as a sensitive variable or an id that a platform gives. */
export class Opaque {
  /** @param text how the JSON writes it; the same text is the same value */
  public constructor(public readonly text: string) {}
}

/** A value of the Terraform JSON, with everything evaluated that the JSON itself decides. */
export type Value = string | number | boolean | null | Opaque | readonly Value[] | ValueObject;

export interface ValueObject {
  readonly [key: string]: Value;
}

export const isList = (value: Value | undefined): value is readonly Value[] => Array.isArray(value);

export const isValueObject = (value: Value | undefined): value is ValueObject =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !(value instanceof Opaque);

/** Whether everything in a value is known. */
export function isKnown(value: Value): boolean {
  if (value instanceof Opaque) return false;
  return typeof value !== "object" || value === null || Object.values(value as ValueObject).every(isKnown);
}

/** Whether a known text stands in a value, at any depth. */
export function holdsText(value: Value, text: string): boolean {
  if (typeof value !== "object") return value === text;
  if (value === null || value instanceof Opaque) return false;
  return Object.values(value as ValueObject).some((inner) => holdsText(inner, text));
}

/** The objects of a block that may be repeated: one, or a list. */
export function objectsIn(value: Value | undefined): readonly ValueObject[] {
  return (isList(value) ? value : [value]).filter(isValueObject);
}

/** A name by which equal values are the same: the text of an opaque value, else the value as text. */
export function nameOfValue(value: Value | undefined): string {
  if (value instanceof Opaque) return value.text;
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** The value as plain JSON, with opaque parts as their texts: to print, or to read the known parts. */
export function plain(value: Value): unknown {
  if (value instanceof Opaque) return value.text;
  if (isList(value)) return value.map(plain);
  if (!isValueObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}

const BOOLEANS: ReadonlyMap<Value | undefined, boolean> = new Map<Value | undefined, boolean>([
  [true, true],
  ["true", true],
  [false, false],
  ["false", false],
]);

/**
 * A boolean, also in words; undefined where Terraform refuses the value, or only the apply knows it.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion
 */
export const booleanOf = (value: Value | undefined): boolean | undefined => BOOLEANS.get(value);

/** A number, also in digits; undefined as for `booleanOf`. */
export function numberOf(value: Value | undefined): number | undefined {
  const isNumber = typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
  return isNumber ? Number(value) : undefined;
}

/** How much a value holds, and how deep it nests. */
interface Size {
  readonly weight: number;
  readonly depth: number;
}

/** References to references can double or nest a value without end. No platform takes as much as this. */
const LARGEST: Size = { weight: 4 * 1024 * 1024, depth: 500 };

/** Whether a value is small enough to be gone through again and again. */
export function isHandy(value: Value): boolean {
  const { weight, depth } = sizeOf(value);
  return weight <= LARGEST.weight && depth <= LARGEST.depth;
}

/** A value that stands in several places is measured once. */
const SIZES = new WeakMap<object, Size>();

function sizeOf(value: Value): Size {
  if (typeof value !== "object" || value === null) return { weight: String(value).length + 1, depth: 0 };
  const size = SIZES.get(value) ?? sumOf(Object.values(value).map((inner) => sizeOf(inner as Value)));
  SIZES.set(value, size);
  return size;
}

function sumOf(parts: readonly Size[]): Size {
  return {
    weight: parts.reduce((sum, { weight }) => sum + weight, 1),
    depth: 1 + parts.reduce((deepest, { depth }) => Math.max(deepest, depth), 0),
  };
}
