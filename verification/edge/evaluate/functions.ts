import { type Address, printAddress, WIDTH } from "../../../network/address";
import { blockOf } from "../../../network/cidr";
import { type Bytes, bytesOf } from "../../../network/rules-language";
import { lookupJson } from "./json-lookup";
import { fillReferences, lowerAscii, upperAscii, WildcardMatcher } from "./wildcard-matcher";
import { allOf, isAddress, isArray, known, MISSING, type Outcome, type RuntimeValue, unknown } from "./values";

/**
 * The result of a function for arguments that may be missing or unknown. A missing argument makes the result missing,
 * except for `concat`, which leaves it out.
 */
export function callFunction(name: string, given: readonly Outcome[]): Outcome {
  if (name === "concat") return concat(given);
  if (given.some(({ kind }) => kind === "missing")) return MISSING;
  const all = allOf(given);
  if (all.kind === "unknown") return all;
  const result = IMPLEMENTATIONS.get(name)?.(...all.value);
  return result === undefined
    ? unknown(`the result of ${name}() for these arguments is not documented`)
    : known(result);
}

/** Joins strings or arrays: cloudflare/wirefilter (commit af1a1e9) engine/src/functions/concat.rs. */
function concat(given: readonly Outcome[]): Outcome {
  const all = allOf(given);
  if (all.kind === "unknown") return all;
  if (all.value.length === 0) return unknown("what concat() gives for missing values alone is not documented");
  return known(all.value.every(isArray) ? all.value.flat() : all.value.join(""));
}

/**
 * A function for arguments that all have a value, of the types that its signature asks for.
 *
 * @returns the result, or undefined where its documentation leaves it open
 */
type Implementation = (...values: readonly RuntimeValue[]) => RuntimeValue | undefined;

/**
 * The functions whose results their documentation decides, at least for some arguments.
 *
 * Source: https://developers.cloudflare.com/ruleset-engine/rules-language/functions/
 */
const IMPLEMENTATIONS: ReadonlyMap<string, Implementation> = new Map<string, Implementation>([
  ["cidr", (address, ipv4, ipv6) => network(address, ipv4, ipv6)],
  ["cidr6", (address, ipv6) => network(address, BigInt(WIDTH[4]), ipv6)],
  ["decode_base64", (source) => decodeBase64(text(source))],
  ["ends_with", (source, end) => text(source).endsWith(text(end))],
  ["join", (items, separator) => (Array.isArray(items) ? items.join(text(separator)) : undefined)],
  ["len", (source) => BigInt(text(source).length)],
  ["lookup_json_integer", (document, ...path) => lookupJson(text(document), path as (Bytes | bigint)[], "integer")],
  ["lookup_json_string", (document, ...path) => lookupJson(text(document), path as (Bytes | bigint)[], "string")],
  ["lower", (source) => lowerAscii(text(source))],
  ["remove_bytes", (source, bytes) => [...text(source)].filter((byte) => !text(bytes).includes(byte)).join("")],
  ["remove_query_args", (query, ...names) => removeQueryArguments(text(query), names.map(text))],
  ["split", (source, separator, limit) => split(text(source), text(separator), Number(limit))],
  ["starts_with", (source, start) => text(source).startsWith(text(start))],
  ["substring", (source, start, end) => substring(text(source), start, end)],
  ["to_string", (value) => toString(value)],
  ["upper", (source) => upperAscii(text(source))],
  [
    "url_decode",
    (source, options = "") => urlDecode(text(source), { recursive: has(options, "r"), unicode: has(options, "u") }),
  ],
  [
    "wildcard_replace",
    (source, pattern, replacement, flags = "") =>
      wildcardReplace(text(source), WildcardMatcher.of(text(pattern), has(flags, "s")), text(replacement)),
  ],
]);

function text(value: RuntimeValue | undefined): Bytes {
  return String(value);
}

function has(options: RuntimeValue, letter: string): boolean {
  return text(options).includes(letter);
}

function network(address: RuntimeValue | undefined, ipv4?: RuntimeValue, ipv6?: RuntimeValue): Address | undefined {
  if (address === undefined || !isAddress(address)) return undefined;
  const prefixLength = Number(address.family === 4 ? ipv4 : ipv6);
  if (prefixLength < 1 || prefixLength > WIDTH[address.family]) return undefined;
  return { family: address.family, value: blockOf({ address, prefixLength }).network };
}

/** Base64 in its one canonical form, with padding. */
function decodeBase64(source: Bytes): Bytes | undefined {
  if (!/^[A-Za-z0-9+/]*={0,2}$/.test(source) || source.length % 4 !== 0) return undefined;
  const decoded = atob(source);
  return btoa(decoded) === source ? decoded : undefined;
}

function removeQueryArguments(query: Bytes, names: readonly Bytes[]): Bytes | undefined {
  const pairs = query.split("&");
  const nameOf = (pair: Bytes): Bytes => pair.split("=", 1)[0] ?? "";
  if (query !== "" && pairs.some((pair) => nameOf(pair) === "" || /[%+]/.test(nameOf(pair)))) return undefined;
  return pairs.filter((pair) => !names.includes(nameOf(pair))).join("&");
}

/** The last element holds the rest behind the others. */
function split(source: Bytes, separator: Bytes, limit: number): readonly Bytes[] | undefined {
  if (source === "" || separator === "") return undefined;
  const parts = source.split(separator);
  return parts.length <= limit ? parts : [...parts.slice(0, limit - 1), parts.slice(limit - 1).join(separator)];
}

/** Bounds that lie within the value and in order; negative ones count from its end. */
function substring(source: Bytes, start?: RuntimeValue, end?: RuntimeValue): Bytes | undefined {
  const [from, to] = [start, end ?? BigInt(source.length)].map((bound) =>
    Number(bound) < 0 ? source.length + Number(bound) : Number(bound),
  );
  if (from === undefined || to === undefined || from < 0 || from > to || to > source.length) return undefined;
  return source.slice(from, to);
}

/** The text of an IPv6 address is not documented. */
function toString(value: RuntimeValue | undefined): Bytes | undefined {
  if (typeof value === "boolean" || typeof value === "bigint") return String(value);
  if (value === undefined || !isAddress(value) || value.family === 6) return undefined;
  return bytesOf(printAddress(value));
}

function wildcardReplace(source: Bytes, matcher: WildcardMatcher, replacement: Bytes): Bytes | undefined {
  const captures = matcher.captures(source);
  return captures === undefined ? source : fillReferences(replacement, captures);
}

const ESCAPES = /\+|%([0-9a-f]{2})/gi;
const UNICODE_ESCAPES = /\+|%([0-9a-f]{2})|%u([0-9a-fA-F]{4})/gi;
const SURROGATE = /%u[d][89a-f]/i;

/** The options of `url_decode` beyond decoding once. */
interface UrlDecodeOptions {
  /** `r`: decode until nothing is left to decode. */
  readonly recursive: boolean;
  /** `u`: decode `%uXXXX` too, to UTF-8. */
  readonly unicode: boolean;
}

/**
 * Decodes `%XX` to a byte and `+` to a space. Text that is no escape stays as it is.
 *
 * @returns the bytes, or undefined for `%uXXXX` of half a surrogate pair, whose decoding is not documented
 *
 * Source: https://developers.cloudflare.com/ruleset-engine/rules-language/functions/#url_decode
 */
export function urlDecode(source: Bytes, { recursive, unicode }: UrlDecodeOptions): Bytes | undefined {
  for (let before = source; ;) {
    if (unicode && SURROGATE.test(before)) return undefined;
    const after = unicode ? decode(before, UNICODE_ESCAPES) : decode(before, ESCAPES);
    if (!recursive || after === before) return after;
    before = after;
  }
}

function decode(source: Bytes, escapes: RegExp): Bytes {
  return source.replace(escapes, (_, byte?: string, character?: string) => {
    if (typeof byte === "string") return String.fromCharCode(parseInt(byte, 16));
    return typeof character === "string" ? bytesOf(String.fromCharCode(parseInt(character, 16))) : " ";
  });
}
