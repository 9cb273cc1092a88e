import type { Value } from "./value";

/*
 * What Terraform makes of a value where a provider wants another type:
 * https://developer.hashicorp.com/terraform/language/expressions/types#type-conversion. Undefined for what it refuses, or what
 * the apply alone knows.
 */

const BOOLEANS: ReadonlyMap<Value | undefined, boolean> = new Map<Value | undefined, boolean>([
  [true, true],
  ["true", true],
  [false, false],
  ["false", false],
]);

export const booleanOf = (value: Value | undefined): boolean | undefined => BOOLEANS.get(value);

/** A whole number, from zero on. */
export function numberOf(value: Value | undefined): number | undefined {
  const isNumber = typeof value === "number" || (typeof value === "string" && /^\d+$/.test(value));
  return isNumber ? Number(value) : undefined;
}
