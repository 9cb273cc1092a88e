import type { Bytes } from "../../../network/rules-language";
import type { Request } from "./request";
import type { RuntimeValue } from "./values";

/** A field that others decide: it has a value where all of those have one. */
interface Derivation {
  readonly name: string;
  readonly from: readonly string[];
  readonly compute: (...values: readonly RuntimeValue[]) => RuntimeValue;
}

const PATH = "http.request.uri.path";
const QUERY = "http.request.uri.query";
const RAW = "raw.";

const COPIES: readonly Derivation[] = [PATH, QUERY].map((name) => ({
  name: `${RAW}${name}`,
  from: [name],
  compute: (value) => value ?? "",
}));

/** In an order in which each finds what it needs. */
const DERIVATIONS: readonly Derivation[] = [...COPIES, ...urlsOf(""), ...urlsOf(RAW)];

/**
 * Adds the fields that follow from those that are known: the URI, the full URI and the path's extension, and the same of
 * the raw fields. The raw path and query are those of the request unless they are given: what normalisation or a rewrite
 * changed has to be given as both.
 *
 * A field that has a value keeps it. Nothing is added for what Cloudflare looks up, such as `ip.src.country`.
 *
 * Source: https://developers.cloudflare.com/ruleset-engine/rules-language/fields/reference/
 */
export function completeRequest(request: Request): Request {
  const values = new Map(request.entries);
  for (const { name, from, compute } of DERIVATIONS) {
    const given = from.map((field) => values.get(field)).filter((value) => value !== undefined);
    if (!values.has(name) && given.length === from.length) values.set(name, compute(...given));
  }
  return request.with(values);
}

function urlsOf(prefix: string): readonly Derivation[] {
  const [path, query] = [`${prefix}${PATH}`, `${prefix}${QUERY}`];
  return [
    { name: `${prefix}http.request.uri`, from: [path, query], compute: uriOf },
    { name: `${prefix}http.request.full_uri`, from: ["ssl", "http.host", path, query], compute: fullUriOf },
    { name: `${path}.extension`, from: [path], compute: (value) => extensionOf(String(value)) },
  ];
}

function uriOf(path?: RuntimeValue, query?: RuntimeValue): Bytes {
  return `${String(path)}${query === "" ? "" : `?${String(query)}`}`;
}

function fullUriOf(ssl?: RuntimeValue, host?: RuntimeValue, path?: RuntimeValue, query?: RuntimeValue): Bytes {
  return `${ssl === true ? "https" : "http"}://${String(host)}${uriOf(path, query)}`;
}

/** The text behind the last dot of the last segment, in lower case; empty where that dot comes first. */
function extensionOf(path: Bytes): Bytes {
  const [, extension = ""] = /[^/]\.([^./]*)$/s.exec(path) ?? [];
  return extension.replace(/[A-Z]+/g, (letters) => letters.toLowerCase());
}
