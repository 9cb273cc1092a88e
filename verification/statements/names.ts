import { isList, isValueObject, Opaque, type Value, type ValueObject } from "../terraform/value";

/**
 * Whether a value may name one of some hosts, at any depth. Such a text holds one, whole or without its zone's name, or
 * is a pattern over one, or isn't plain.
 */
export function mayNameHost(value: Value, hosts: readonly string[]): boolean {
  if (value instanceof Opaque) return true;
  if (typeof value === "string") return hosts.some((host) => mayBeHost(value.toLowerCase(), host));
  if (!isList(value) && !isValueObject(value)) return false;
  return Object.entries(value).some(
    ([key, inner]: [string, Value]) => mayNameHost(inner, hosts) || (!isList(value) && mayNameHost(key, hosts)),
  );
}

function mayBeHost(text: string, host: string): boolean {
  if (!PLAIN.test(text) || ESCAPED.test(text) || text.includes(host) || host.startsWith(`${text}.`)) return true;
  if (!text.includes("*")) return text === "@";
  const [pattern = ""] = text.replace(SCHEME, "").split("/");
  return new RegExp(`^${pattern.split("*").map(literal).join(".*")}$`).test(host);
}

/** A text that stands for itself: no escape, no letters beside those of ASCII. */
const PLAIN = /^[ -~]*$/;
const ESCAPED = /[%\\]/;

/** How a pattern begins that is about hosts: https://developers.cloudflare.com/workers/configuration/routing/routes/#matching-behavior */
const SCHEME = /^(?:[a-z]+|\*):\/\//;

const literal = (text: string): string => text.replace(/[^a-z0-9-]/g, "\\$&");

/**
 * Whether a secret may be one of some names.
 *
 * @see https://docs.github.com/en/actions/reference/security/secrets: names aren't told apart by their case
 */
export function mayNameSecret({ secret_name: name }: ValueObject, secrets: readonly string[]): boolean {
  if (typeof name !== "string" || !/^\w+$/.test(name)) return true;
  return secrets.some((secret) => secret.toUpperCase() === name.toUpperCase());
}
