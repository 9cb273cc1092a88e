import type { ConstantRewrite } from "../rewrite";
import { normalisePath } from "./normalise-path";
import { type FieldInput, Request } from "./request";
import type { Bytes } from "../../../network/rules-language";
import type { RuntimeValue } from "./values";

/** A request as a client sends it to the edge. */
export interface EdgeRequest {
  readonly scheme: "http" | "https";
  readonly port: number;
  /** The Host header as sent. */
  readonly host: string;
  /** The path as sent, before any normalisation, with `?` and the query where there is one. */
  readonly target: string;
  /** The client's address. */
  readonly from: string;
  /** @default "GET" */
  readonly method?: string;
  /**
   * Further headers by their names in lower case.
   *
   * @default - none
   */
  readonly headers?: Readonly<Record<string, readonly string[]>>;
  /**
   * Values of fields that no request shows, such as `cf.client.bot`: what is said of the request holds as long as they are
   * these.
   *
   * @default - nothing is assumed
   */
  readonly assumed?: Readonly<Record<string, FieldInput>>;
}

/**
 * The request as the rules see it.
 *
 * @param rewrite what has replaced parts of its URL; "unknown" where its path and query may be any
 */
export function asRulesSee(
  request: EdgeRequest,
  normalised: boolean,
  rewrite: ConstantRewrite | "unknown" = {},
): Request {
  const { scheme, port, host, from, method = "GET", headers = {}, assumed = {} } = request;
  const [path, query] = splitTarget(request.target);
  return completeRequest(
    Request.of({
      ssl: scheme === "https",
      "cf.edge.server_port": port,
      "http.host": host,
      "http.request.method": method,
      "raw.http.request.uri.path": path,
      "raw.http.request.uri.query": query,
      ...(rewrite === "unknown"
        ? {}
        : {
            "http.request.uri.path": rewrite.path ?? (normalised ? normalisePath(path) : path),
            "http.request.uri.query": rewrite.query ?? query,
          }),
      "http.request.headers": { ...headers, host: [host] },
      ...fieldsOf(headers),
      "ip.src": from,
      ...withOldNames(assumed),
    }),
  );
}

/**
 * Fields that have an old name too.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/fields/reference/
 */
const OLD_NAMES: readonly (readonly [name: string, old: string])[] = [
  ["ip.src.country", "ip.geoip.country"],
  ["ip.src.continent", "ip.geoip.continent"],
  ["ip.src.asnum", "ip.geoip.asnum"],
];

function withOldNames(assumed: NonNullable<EdgeRequest["assumed"]>): NonNullable<EdgeRequest["assumed"]> {
  const same = OLD_NAMES.flatMap(([name, old]) => {
    const value = assumed[name] ?? assumed[old];
    return value === undefined
      ? []
      : [
          [name, value],
          [old, value],
        ];
  });
  return { ...assumed, ...Object.fromEntries(same) };
}

/** The fields that repeat a header, by the header's name. */
const REPEATED: readonly (readonly [field: string, header: string])[] = [
  ["http.cookie", "cookie"],
  ["http.referer", "referer"],
  ["http.user_agent", "user-agent"],
];

/**
 * The known values of the fields that repeat a header: none where the header isn't given, or is given twice.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/fields/reference/
 */
function fieldsOf(headers: NonNullable<EdgeRequest["headers"]>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    REPEATED.flatMap(([field, header]) => {
      const [value, second] = headers[header] ?? [];
      return value === undefined || second !== undefined ? [] : [[field, value] as const];
    }),
  );
}

/** The path and the query of a request target. */
function splitTarget(target: string): readonly [path: string, query: string] {
  const at = target.indexOf("?");
  return at === -1 ? [target, ""] : [target.slice(0, at), target.slice(at + 1)];
}

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
  return new Request(values);
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
