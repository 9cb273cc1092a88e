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

/** A name by which equal values are the same: the text of what is opaque, else the value as text. */
export function nameOfValue(value: Value | undefined): string {
  if (value instanceof Opaque) return value.text;
  return typeof value === "string" ? value : (JSON.stringify(value) ?? "");
}

/** The value as a plain one, what is opaque in it as its text: to print, or to read where only the known parts count. */
export function plain(value: Value): unknown {
  if (value instanceof Opaque) return value.text;
  if (isList(value)) return value.map(plain);
  if (!isValueObject(value)) return value;
  return Object.fromEntries(Object.entries(value).map(([key, inner]) => [key, plain(inner)]));
}
