import { isKnown, isList, isValueObject, type Value } from "./value";

/** What a function of Terraform's makes of known arguments; undefined where that isn't modelled. */
export type TerraformFunction = (args: readonly Value[]) => Value | undefined;

/**
 * The functions that are evaluated.
 *
 * @see https://developer.hashicorp.com/terraform/language/functions
 */
export const TERRAFORM_FUNCTIONS: ReadonlyMap<string, TerraformFunction> = new Map([
  ["join", join],
  ["format", format],
  ["jsonencode", jsonencode],
]);

function join([separator, ...lists]: readonly Value[]): Value | undefined {
  const parts = lists.every(isList) ? lists.flat().map(asText) : [undefined];
  const isText = typeof separator === "string" && parts.every((part) => part !== undefined);
  return isText ? parts.join(separator) : undefined;
}

/** A string, a number or a boolean as a template writes it. */
export function asText(value: Value | undefined): string | undefined {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : undefined;
}

/** `%s`, `%v` and `%d` without flags, and `%%`. */
function format([form, ...values]: readonly Value[]): Value | undefined {
  if (typeof form !== "string") return undefined;
  const parts = form.split(/(%%|%[^%])/);
  const rest = [...values];
  const texts = parts.map((part, index) => {
    if (index % 2 === 0) return part.includes("%") ? undefined : part;
    if (part === "%%") return "%";
    const value = rest.shift();
    if (part === "%d") return Number.isInteger(value) ? String(value) : undefined;
    return part === "%s" || part === "%v" ? asText(value) : undefined;
  });
  return rest.length === 0 && texts.every((text) => text !== undefined) ? texts.join("") : undefined;
}

function jsonencode([value, ...others]: readonly Value[]): Value | undefined {
  return value === undefined || others.length > 0 || !isKnown(value) ? undefined : jsonEncoded(value);
}

/** Terraform sorts the keys and escapes what HTML would take for its own. */
function jsonEncoded(value: Value): string {
  const text = JSON.stringify(sorted(value));
  return text.replace(/[<>&\u2028\u2029]/g, (sign) => `\\u${sign.charCodeAt(0).toString(16).padStart(4, "0")}`);
}

function sorted(value: Value): Value {
  if (isList(value)) return value.map(sorted);
  if (!isValueObject(value)) return value;
  const entries = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return Object.fromEntries(entries.map(([key, inner]) => [key, sorted(inner)]));
}
