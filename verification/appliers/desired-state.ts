import { isObject } from "../terraform/json";
import { isDeepStrictEqual } from "node:util";

/** A block that a platform admits, and why. */
export interface AdmittedBlock {
  readonly cidrBlock: string;
  readonly description: string;
}

/** The state that each kind of applier holds in force, in the form of the manifest's schema. */
export interface DesiredStates {
  readonly "supabase-network-restrictions": {
    readonly projectRef: string;
    readonly dbAllowedCidrs: readonly string[];
    readonly dbAllowedCidrsV6: readonly string[];
  };
  readonly "render-key-value-allow-list": {
    readonly keyValueId: string;
    readonly ipAllowList: readonly AdmittedBlock[];
  };
  readonly "render-web-service-subdomain": {
    readonly serviceId: string;
    readonly renderSubdomainPolicy: unknown;
    readonly customDomains: readonly string[];
  };
  readonly "render-web-service-allow-list": {
    readonly serviceId: string;
    readonly ipAllowList: readonly AdmittedBlock[];
  };
  readonly "render-service-type": {
    readonly serviceId: string;
    readonly type: unknown;
  };
  readonly "render-dedicated-addresses": {
    readonly dedicatedIpId: string;
    readonly ips: readonly string[];
  };
}

export type ApplierKind = keyof DesiredStates;

/** The member of each desired state that names its target. */
const TARGETS: { readonly [Kind in ApplierKind]: keyof DesiredStates[Kind] } = {
  "supabase-network-restrictions": "projectRef",
  "render-key-value-allow-list": "keyValueId",
  "render-web-service-subdomain": "serviceId",
  "render-web-service-allow-list": "serviceId",
  "render-service-type": "serviceId",
  "render-dedicated-addresses": "dedicatedIpId",
};

/** The kinds that say who may connect to a thing. */
export type AdmittingKind =
  "supabase-network-restrictions" | "render-key-value-allow-list" | "render-web-service-allow-list";

/** The blocks of addresses that a state admits. */
export function admittedBlocks(state: DesiredStates[AdmittingKind]): readonly string[] {
  if ("ipAllowList" in state) return state.ipAllowList.map(({ cidrBlock }) => cidrBlock);
  return [...state.dbAllowedCidrs, ...state.dbAllowedCidrsV6];
}

/** The kinds that are modelled. */
export const APPLIER_KINDS = Object.keys(TARGETS) as readonly ApplierKind[];

export const isApplierKind = (kind: unknown): kind is ApplierKind =>
  typeof kind === "string" && Object.hasOwn(TARGETS, kind);

/** The target that a desired state names. */
export function targetOf(kind: ApplierKind, state: Readonly<Record<string, unknown>>): unknown {
  return state[TARGETS[kind]];
}

/** The part of JSON Schema (draft 2020-12) that desired states are described in. */
export interface Schema {
  readonly type?: "object" | "array" | "string";
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly pattern?: string;
  readonly maxLength?: number;
  readonly minItems?: number;
  readonly uniqueItems?: boolean;
  readonly items?: Schema;
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: boolean;
}

/** One rule of a schema that a value breaks. */
export interface Complaint {
  readonly text: string;
  /** Whether the value has another shape: its members can't be relied on. */
  readonly isShape: boolean;
}

type Check = (value: unknown, at: string, schema: Schema, known: Known) => readonly Complaint[];

/** Whether a text is known, so that its form and its length can be checked. */
type Known = (text: string) => boolean;

/** All rules of a schema that a value breaks. A keyword that isn't known here is a complaint too. */
export function complaints(
  schema: Schema,
  value: unknown,
  at: string,
  known: Known = () => true,
): readonly Complaint[] {
  return Object.keys(schema).flatMap((keyword) => {
    const check = Object.hasOwn(CHECKS, keyword) ? CHECKS[keyword] : undefined;
    return check?.(value, at, schema, known) ?? shape(`${at} is described by "${keyword}", which isn't known here`);
  });
}

const shape = (text: string): readonly Complaint[] => [{ text, isShape: true }];
const content = (isRight: boolean, text: string): readonly Complaint[] => (isRight ? [] : [{ text, isShape: false }]);

const NOTHING = () => [];

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === "string",
};

const CHECKS: Readonly<Record<string, Check>> = {
  $schema: NOTHING,
  title: NOTHING,
  description: NOTHING,
  type: (value, at, { type = "" }) => (TYPES[type]?.(value) === true ? [] : shape(`${at} is no ${type}`)),
  const: (value, at, { const: only }) =>
    content(isDeepStrictEqual(value, only), `${at} has to be ${JSON.stringify(only)}`),
  enum: (value, at, { enum: allowed = [] }) =>
    content(
      allowed.some((each) => isDeepStrictEqual(value, each)),
      `${at} has to be one of ${JSON.stringify(allowed)}`,
    ),
  pattern: (value, at, { pattern = "" }, known) =>
    typeof value === "string" && known(value)
      ? content(new RegExp(pattern, "u").test(value), `${at} has to have the form ${pattern}`)
      : [],
  maxLength: (value, at, { maxLength = 0 }, known) =>
    typeof value === "string" && known(value)
      ? content([...value].length <= maxLength, `${at} may have at most ${maxLength} characters`)
      : [],
  minItems: (value, at, { minItems = 0 }) =>
    Array.isArray(value) ? content(value.length >= minItems, `${at} has to have at least ${minItems} entries`) : [],
  uniqueItems: (value, at, { uniqueItems }) =>
    uniqueItems === true && Array.isArray(value) ? content(isDistinct(value), `${at} has an entry twice`) : [],
  items: (value, at, { items = {} }, known) =>
    Array.isArray(value)
      ? value.flatMap((item: unknown, index) => complaints(items, item, `${at}[${index}]`, known))
      : [],
  required: (value, at, { required = [] }) =>
    isObject(value)
      ? required.filter((key) => !Object.hasOwn(value, key)).flatMap((key) => shape(`${at} has no "${key}"`))
      : [],
  properties: (value, at, { properties = {} }, known) =>
    isObject(value)
      ? Object.entries(properties)
          .filter(([key]) => Object.hasOwn(value, key))
          .flatMap(([key, schema]) => complaints(schema, value[key], `${at}.${key}`, known))
      : [],
  additionalProperties: (value, at, { additionalProperties, properties = {} }) =>
    additionalProperties === false && isObject(value)
      ? Object.keys(value)
          .filter((key) => !Object.hasOwn(properties, key))
          .flatMap((key) => shape(`${at} has an unexpected "${key}"`))
      : [],
};

function isDistinct(items: readonly unknown[]): boolean {
  return items.every((item, index) => !items.slice(0, index).some((other) => isDeepStrictEqual(other, item)));
}
