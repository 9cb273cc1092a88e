import { type Expression, type FieldAccess, textOf, type Value, visit } from "../../network/rules-language";
import { oncePer } from "../once-per";
import { EdgeAxis } from "./axes";
import type { FieldInput } from "./evaluate/request";

const { CONNECTION, SOURCE, METHOD, HOST, QUERY, PATH } = EdgeAxis;

/** The fields that a request shows, and the axes that they are made of. */
const SHOWN: readonly (readonly [pattern: RegExp, axes: readonly EdgeAxis[]])[] = [
  [/^(?:ssl|cf\.edge\.server_port)$/, [CONNECTION]],
  [/^ip\.src$/, [SOURCE]],
  [/^http\.request\.method$/, [METHOD]],
  [/^http\.host$/, [HOST]],
  [/^(?:raw\.)?http\.request\.uri\.query$/, [QUERY]],
  [/^(?:raw\.)?http\.request\.uri\.args(?:\..*)?$/, [QUERY]],
  [/^(?:raw\.)?http\.request\.uri\.path(?:\.extension)?$/, [PATH]],
  [/^(?:raw\.)?http\.request\.uri$/, [PATH, QUERY]],
  [/^(?:raw\.)?http\.request\.full_uri$/, [CONNECTION, HOST, PATH, QUERY]],
];

/** The fields that a condition asks about. */
export interface Fields {
  /** The axes that the fields are made of which a request shows. */
  readonly shown: ReadonlySet<EdgeAxis>;
  /** The fields that may have any of their values for each request. */
  readonly occurring: ReadonlySet<string>;
  /** The other fields: their values for a request are unknown. */
  readonly unknown: ReadonlySet<string>;
}

export const fieldsOf = oncePer((condition: Expression): Fields => {
  const shown = new Set<EdgeAxis>();
  const [occurring, unknown] = [new Set<string>(), new Set<string>()];
  const sort = (field: FieldAccess): void => {
    const axes = shownBy(field);
    if (axes !== undefined) axes.forEach((each) => shown.add(each));
    else if (OCCURRING.has(field.name)) occurring.add(field.name);
    else unknown.add(field.name);
  };
  visit(condition, {
    value: (value: Value) => {
      if (value.kind === "field") sort(value);
    },
    expression: (each) => {
      if (each.kind === "list-membership") unknown.add(`$${each.list}`);
    },
  });
  return { shown, occurring, unknown };
});

/**
 * The thing that answers a condition which no axis answers: the request, or an assumption where both answers occur for
 * each request.
 */
export type Basis = "request" | "assumption" | "nothing";

/** @param condition undefined where it is unknown */
export function basisOf(condition: Expression | undefined): Basis {
  if (condition === undefined) return "nothing";
  const { shown, occurring, unknown } = fieldsOf(condition);
  if (unknown.size > 0) return "nothing";
  if (occurring.size === 0) return "request";
  return shown.size === 0 ? "assumption" : "nothing";
}

function shownBy({ name, indexes: [index] }: FieldAccess): readonly EdgeAxis[] | undefined {
  if (name === "http.request.headers" && index?.kind === "key" && textOf(index.key) === "host") return [HOST];
  return SHOWN.find(([pattern]) => pattern.test(name))?.[1];
}

/** Values of a field that no request shows, all of which occur for any request. */
export interface Occurring {
  /** Values that people expect, the most ordinary first. */
  readonly ordinary: readonly FieldInput[];
  /** Whether a value that a condition names is one of them. */
  readonly isValue: (value: FieldInput) => boolean;
}

const EITHER: Occurring = { ordinary: [false, true], isValue: (value) => typeof value === "boolean" };

const score = (first: number, last: number, ordinary: readonly number[]): Occurring => ({
  ordinary,
  isValue: (value) => typeof value === "number" && Number.isInteger(value) && first <= value && value <= last,
});

const named = (pattern: RegExp, ...ordinary: readonly string[]): Occurring => ({
  ordinary,
  isValue: (value) => typeof value === "string" && pattern.test(value),
});

/** ISO 3166-1, and the platform's names for Tor and for an unknown country. */
const COUNTRY = named(/^[A-Z][A-Z0-9]$/, "US", "BR", "IN", "ES", "AQ");

/** The platform's names for continents, and for Tor. */
const CONTINENT = named(/^(?:AF|AN|AS|EU|NA|OC|SA|T1)$/, "NA", "SA");

const BOT_SCORE = score(1, 99, [50, 99, 1]);
const ATTACK_SCORE = score(1, 99, [99, 50, 1]);

/** The numbers that https://www.iana.org/assignments/as-numbers has for documentation come first. */
const NETWORK = score(1, 4_294_967_295, [64_496, 64_497]);

/** A header that a client writes as it likes. A value begins and ends with a visible character. */
const HEADER = named(/^[!-~](?:[ -~]*[!-~])?$/, "example", "Mozilla/5.0", "-", "0");

/**
 * The fields that no request shows and that may have any of their values for each request: two requests that look alike
 * differ in them. A counterexample or a possibility may assume one of these values, and says so.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/rules-language/fields/reference/
 */
export const OCCURRING: ReadonlyMap<string, Occurring> = new Map([
  ["cf.client.bot", EITHER],
  ["cf.bot_management.verified_bot", EITHER],
  ["cf.bot_management.corporate_proxy", EITHER],
  ["cf.bot_management.js_detection.passed", EITHER],
  // Empty for a client that is no bot known to the platform.
  ["cf.verified_bot_category", named(/^[A-Z][\w &-]*$/, "")],
  ["cf.bot_management.score", BOT_SCORE],
  ["cf.threat_score", score(0, 100, [0, 50, 100])],
  ["cf.waf.score", ATTACK_SCORE],
  ["cf.waf.score.sqli", ATTACK_SCORE],
  ["cf.waf.score.xss", ATTACK_SCORE],
  ["cf.waf.score.rce", ATTACK_SCORE],
  ["ip.src.country", COUNTRY],
  ["ip.geoip.country", COUNTRY],
  ["ip.src.continent", CONTINENT],
  ["ip.geoip.continent", CONTINENT],
  ["cf.waf.score.class", named(/^(?:attack|likely_attack|likely_clean|clean)$/, "clean", "attack")],
  ["cf.tls_version", named(/^TLSv1(?:\.[123])?$/, "TLSv1.3", "TLSv1.2")],
  ["cf.bot_management.ja3_hash", named(/^[0-9a-f]{32}$/, "0".repeat(32))],
  ["ip.src.asnum", NETWORK],
  ["ip.geoip.asnum", NETWORK],
  ["http.request.version", named(/^HTTP\/(?:1\.[01]|2|3)$/, "HTTP/1.1", "HTTP/2", "HTTP/3")],
  ["http.user_agent", HEADER],
  ["http.referer", HEADER],
  ["http.cookie", HEADER],
]);
