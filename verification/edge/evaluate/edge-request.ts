import type { ConstantRewrite } from "../rewrite";
import { normalisePath } from "./normalise-path";
import { type FieldInput, type Request, requestOf } from "./request";
import type { Bytes } from "../../../network/rules-language";
import { lowerAscii } from "./wildcard-matcher";

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
   * Values of fields that no request shows, such as `cf.client.bot`. Each answer about the request holds as long as the
   * fields have them.
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
    requestOf({
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
const OLD_NAMES: readonly (readonly [name: string, old: string])[] = ["country", "continent", "asnum"].map((each) => [
  `ip.src.${each}`,
  `ip.geoip.${each}`,
]);

function withOldNames(assumed: NonNullable<EdgeRequest["assumed"]>): NonNullable<EdgeRequest["assumed"]> {
  const same = OLD_NAMES.flatMap((names) => {
    const value = names.map((name) => assumed[name]).find((each) => each !== undefined);
    return value === undefined ? [] : names.map((name) => [name, value] as const);
  });
  return { ...assumed, ...Object.fromEntries(same) };
}

/** The headers that fields repeat, by the fields. */
export const REPEATED: Readonly<Record<string, string>> = {
  "http.cookie": "cookie",
  "http.referer": "referer",
  "http.user_agent": "user-agent",
};

/**
 * The known values of the fields that repeat a header: none where the header isn't given, or is given twice.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/fields/reference/
 */
function fieldsOf(headers: NonNullable<EdgeRequest["headers"]>): Readonly<Record<string, string>> {
  return Object.fromEntries(
    Object.entries(REPEATED).flatMap(([field, header]) => {
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

const PATH = "http.request.uri.path";
const QUERY = "http.request.uri.query";

/**
 * Adds the fields that follow from known ones: the URI, the full URI and the path's extension, and the same of the raw
 * fields. The raw path and query are those of the request unless they are given. So give both where normalisation or a
 * rewrite changed one.
 *
 * A field that has a value keeps it. No field is added that Cloudflare looks up, such as `ip.src.country`.
 *
 * Source: https://developers.cloudflare.com/ruleset-engine/rules-language/fields/reference/
 */
export function completeRequest(request: Request): Request {
  const values = new Map(request);
  const derive = (name: string, from: readonly string[], compute: (...given: readonly string[]) => Bytes): void => {
    const given = from.map((field) => values.get(field)).filter((value) => value !== undefined);
    if (!values.has(name) && given.length === from.length) values.set(name, compute(...given.map(String)));
  };
  for (const name of [PATH, QUERY]) derive(`raw.${name}`, [name], (value = "") => value);
  for (const raw of ["", "raw."]) {
    const [path, uri] = [`${raw}${PATH}`, `${raw}http.request.uri`];
    derive(uri, [path, `${raw}${QUERY}`], (before = "", query = "") => `${before}${query === "" ? "" : `?${query}`}`);
    derive(`${raw}http.request.full_uri`, ["ssl", "http.host", uri], (ssl, host = "", rest = "") => {
      return `${ssl === "true" ? "https" : "http"}://${host}${rest}`;
    });
    derive(`${path}.extension`, [path], extensionOf);
  }
  return values;
}

/** The text behind the last dot of the last segment, in lower case; empty where that dot comes first. */
function extensionOf(path = ""): Bytes {
  const [, extension = ""] = /[^/]\.([^./]*)$/s.exec(path) ?? [];
  return lowerAscii(extension);
}
