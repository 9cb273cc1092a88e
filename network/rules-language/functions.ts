import type { Literal } from "./ast";
import { between, lettersOf, notEmpty, regularExpression, wildcard } from "./constraints";
import { PlanRequirement } from "./plan-requirement";
import { ADDRESS, arrayOf, BOOLEAN, INTEGER, mapOf, STRING, type Type } from "./type";

/** How an argument may be given. */
export enum ArgumentKind {
  /** As a literal. */
  LITERAL = "a literal",
  /** As a field, a call or an expression: anything but a literal. */
  FIELD = "a field or an expression",
  /** Either way. */
  ANY = "a literal, a field or an expression",
}

/** One parameter of a function. */
export interface Parameter {
  readonly name: string;
  readonly kind: ArgumentKind;
  /** The types that it takes. Empty for any array, and for the parameters of `concat`. */
  readonly types: readonly Type[];
  /**
   * Whether it takes the elements of the first argument instead of `types`.
   *
   * @default false
   */
  readonly ofElements?: boolean;
  /**
   * The constraint on a literal beyond its type.
   *
   * @default - any literal of the type
   * @returns the allowed literals, or nothing when this one is allowed
   */
  readonly constraint?: (literal: Literal) => string | undefined;
}

/** A function of the Rules language, as its documentation describes it. `any` and `all` are syntax and not among them. */
export interface FunctionSignature {
  readonly name: string;
  readonly required: readonly Parameter[];
  readonly optional: readonly Parameter[];
  /**
   * The parameter that may follow any number of times.
   *
   * @default - none
   */
  readonly rest?: Parameter;
  /** The result's type for the type of the first argument. */
  readonly result: (first: Type) => Type;
  /**
   * The phases of the ruleset engine whose rules may call it.
   *
   * @default - every phase
   */
  readonly phases?: readonly string[];
  /**
   * The least plan that may use it.
   *
   * @default - every plan
   */
  readonly plan?: PlanRequirement;
  /** The section that documents it. */
  readonly source: string;
}

const { LITERAL, FIELD, ANY } = ArgumentKind;
const PAGE = "https://developers.cloudflare.com/ruleset-engine/rules-language/functions/";

const CUSTOM_RULES = "http_request_firewall_custom";
const RATE_LIMITING = "http_ratelimit";
const URL_REWRITES = "http_request_transform";
const REQUEST_HEADERS = "http_request_late_transform";
const RESPONSE_HEADERS = "http_response_headers_transform";
const REDIRECTS = "http_request_dynamic_redirect";
const CUSTOM_ERRORS = "http_custom_errors";
const TRANSFORMS = [URL_REWRITES, REQUEST_HEADERS, RESPONSE_HEADERS];

const text = parameter("source", FIELD, [STRING]);
const tokenConfiguration = parameter("token_configuration_id", LITERAL, [STRING]);
/** The types of the maps that fields have. */
const MAPS = [mapOf(arrayOf(STRING)), mapOf(arrayOf(INTEGER)), mapOf(INTEGER)];
/** The types of the arrays and maps of values that are neither. */
const COLLECTIONS = [arrayOf(STRING), arrayOf(INTEGER), mapOf(INTEGER)];
const key = parameter("key", ANY, [STRING, INTEGER]);
const bits = (name: string, most: bigint): Parameter => parameter(name, ANY, [INTEGER], between(1n, most));

/**
 * The functions as the documentation lists them: cloudflare/cloudflare-docs (commit 12cd7d04)
 * `src/content/docs/ruleset-engine/rules-language/functions.mdx`, and of what the page got later: `encode_base64`,
 * `has_key`, `has_value`, `is_jwt_present`, `is_jwt_valid` and `sha256`. Where it names products (custom rules, Transform
 * Rules), these are their phases by https://developers.cloudflare.com/ruleset-engine/reference/phases-list/.
 */
const FUNCTION_DATA: readonly FunctionSignature[] = [
  call(
    "cidr",
    [parameter("address", FIELD, [ADDRESS]), bits("ipv4_network_bits", 32n), bits("ipv6_network_bits", 128n)],
    {
      result: () => ADDRESS,
      phases: [CUSTOM_RULES, RATE_LIMITING],
    },
  ),
  call("cidr6", [parameter("address", FIELD, [ADDRESS]), bits("ipv6_network_bits", 128n)], {
    result: () => ADDRESS,
    phases: [CUSTOM_RULES, RATE_LIMITING],
  }),
  // At least two arguments, all of the first one's type: cloudflare/wirefilter (commit af1a1e9) engine/src/functions/concat.rs
  call("concat", [parameter("first", ANY, []), parameter("second", ANY, [])], {
    rest: parameter("further", ANY, []),
    result: (first) => first,
  }),
  call("decode_base64", [text], { phases: [...TRANSFORMS, CUSTOM_RULES, RATE_LIMITING] }),
  // The flags of its changelog: https://developers.cloudflare.com/changelog/post/2026-01-22-sha256-base64-encode-functions/
  call("encode_base64", [parameter("input", ANY, [STRING])], {
    optional: [parameter("flags", LITERAL, [STRING], lettersOf("u", "p"))],
    phases: [REQUEST_HEADERS, RESPONSE_HEADERS],
  }),
  call("ends_with", [text, parameter("substring", ANY, [STRING])], { result: () => BOOLEAN }),
  call("has_key", [parameter("map", FIELD, MAPS), parameter("key", ANY, [STRING])], { result: () => BOOLEAN }),
  call(
    "has_value",
    [parameter("collection", FIELD, COLLECTIONS), { ...parameter("value", ANY, []), ofElements: true }],
    { result: () => BOOLEAN },
  ),
  call("is_jwt_present", [tokenConfiguration], { result: () => BOOLEAN }),
  call("is_jwt_valid", [tokenConfiguration], { result: () => BOOLEAN }),
  call(
    "is_timed_hmac_valid_v0",
    [
      parameter("key", LITERAL, [STRING]),
      parameter("message_mac", FIELD, [STRING]),
      parameter("ttl", LITERAL, [INTEGER]),
      parameter("current_timestamp", ANY, [INTEGER]),
    ],
    {
      optional: [
        parameter("length_of_separator", LITERAL, [INTEGER]),
        parameter("flags", LITERAL, [STRING], lettersOf("s")),
      ],
      result: () => BOOLEAN,
      plan: PlanRequirement.PRO,
      source: `${PAGE}#hmac-validation`,
    },
  ),
  call("join", [parameter("items", FIELD, [arrayOf(STRING)]), parameter("separator", ANY, [STRING])], {
    phases: [...TRANSFORMS, CUSTOM_RULES, CUSTOM_ERRORS],
  }),
  // The documentation has `len` of an array too; the engine's host that these signatures are tested against has not.
  call("len", [parameter("source", ANY, [STRING])], { result: () => INTEGER }),
  call("lookup_json_integer", [text, key], { rest: key, result: () => INTEGER }),
  call("lookup_json_string", [text, key], { rest: key }),
  call("lower", [text]),
  call(
    "regex_replace",
    [
      parameter("source", ANY, [STRING]),
      parameter("regular_expression", LITERAL, [STRING], regularExpression),
      parameter("replacement", LITERAL, [STRING]),
    ],
    { phases: [...TRANSFORMS, REDIRECTS] },
  ),
  call("remove_bytes", [text, parameter("bytes", LITERAL, [STRING])]),
  call("remove_query_args", [text, parameter("query_param", LITERAL, [STRING])], {
    rest: parameter("query_param", LITERAL, [STRING]),
    phases: TRANSFORMS,
  }),
  call("sha256", [parameter("input", ANY, [STRING])], { plan: PlanRequirement.ENTERPRISE_ADD_ON }),
  call(
    "split",
    [
      parameter("input", ANY, [STRING]),
      parameter("separator", LITERAL, [STRING], notEmpty),
      parameter("limit", LITERAL, [INTEGER], between(1n, 128n)),
    ],
    { result: () => arrayOf(STRING), phases: [RESPONSE_HEADERS, CUSTOM_ERRORS] },
  ),
  call("starts_with", [text, parameter("substring", ANY, [STRING])], { result: () => BOOLEAN }),
  call("substring", [parameter("field", FIELD, [STRING]), parameter("start", ANY, [INTEGER])], {
    optional: [parameter("end", ANY, [INTEGER])],
  }),
  call("to_string", [parameter("value", ANY, [INTEGER, BOOLEAN, ADDRESS])], { phases: [...TRANSFORMS, REDIRECTS] }),
  call("upper", [text]),
  call("url_decode", [text], { optional: [parameter("options", LITERAL, [STRING], lettersOf("r", "u"))] }),
  call("uuidv4", [text], { phases: TRANSFORMS }),
  call(
    "wildcard_replace",
    [text, parameter("wildcard_pattern", LITERAL, [STRING], wildcard), parameter("replacement", LITERAL, [STRING])],
    {
      optional: [parameter("flags", LITERAL, [STRING], lettersOf("s"))],
      phases: [URL_REWRITES, REDIRECTS],
    },
  ),
];

/** Every function, by name. */
export const FUNCTIONS: ReadonlyMap<string, FunctionSignature> = new Map(
  FUNCTION_DATA.map((signature) => [signature.name, signature]),
);

function parameter(
  name: string,
  kind: ArgumentKind,
  types: readonly Type[],
  constraint?: Parameter["constraint"],
): Parameter {
  return { name, kind, types, ...(constraint && { constraint }) };
}

function call(
  name: string,
  required: readonly Parameter[],
  more: Partial<Omit<FunctionSignature, "name" | "required">> = {},
): FunctionSignature {
  return { name, required, optional: [], result: () => STRING, source: `${PAGE}#${name}`, ...more };
}
