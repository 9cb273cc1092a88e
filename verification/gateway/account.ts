import { InvalidInput } from "../../errors/invalid-input";
import { AddressSet } from "../../network/address-set";
import { attempt } from "../attempt";
import { type Control, placeAt } from "../result";
import { oncePerName } from "../once-per";
import { CLOUDFLARE_ID, type Relation, relationOf } from "../terraform/identity";
import type { Model } from "../terraform/model";
import type { Place, Resource } from "../terraform/stack";
import { isKnown, isList, isValueObject, nameOfValue, Opaque, type Value, type ValueObject } from "../terraform/value";

/** The Gateway of an account, as the stacks of the app describe it. */
export interface Gateway {
  /** The network policies that are enabled, or may be, in the order in which they are asked. */
  readonly network: readonly GatewayPolicy[];
  /** The enabled policies of other layers. */
  readonly others: readonly GatewayPolicy[];
  readonly endpoints: readonly ProxyEndpoint[];
}

export interface GatewayPolicy extends Place {
  readonly name: string;
  readonly resource: Resource;
  /** The layer that it belongs to; undefined where that is unknown. */
  readonly layer: string | undefined;
  /** Its action on the connections that it matches; undefined where that is unknown. */
  readonly action: "allow" | "block" | undefined;
  /** Its place among the account's policies of the layer, the lowest first; undefined where only the platform knows. */
  readonly precedence: number | undefined;
  /** The condition, in Gateway's own expression language; undefined where only the apply knows it. */
  readonly traffic: string | undefined;
  /** The other things that it depends on. */
  readonly restrictions: readonly Restriction[];
}

/** A thing beside its traffic that a policy depends on, and that no connection shows. */
export interface Restriction {
  readonly text: string;
  /**
   * Whether it has one answer for all connections, which the JSON doesn't show; else persons, devices or moments
   * differ.
   */
  readonly isHidden: boolean;
}

/** A proxy that admits clients by their source address. */
export interface ProxyEndpoint {
  readonly resource: Resource;
  readonly kind: Value | undefined;
  /** The addresses that it admits; undefined where they are unknown. */
  readonly sources: AddressSet | undefined;
  readonly isOfAccount: boolean;
}

/**
 * The Gateway of an account.
 *
 * @param account the account's id
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/
 */
export const gatewayOf = oncePerName((model: Model, account: string): Gateway => {
  const policies = model
    .ofType("cloudflare_zero_trust_gateway_policy")
    .filter((resource) => isEnabled(resource) && ownership(resource, account) !== "another")
    .map((resource) => policyOf(resource, account));
  return {
    network: policies.filter(({ layer = NETWORK }) => layer === NETWORK).sort(byPrecedence),
    others: policies.filter(({ layer = NETWORK }) => layer !== NETWORK),
    endpoints: model
      .ofType("cloudflare_zero_trust_gateway_proxy_endpoint")
      .filter((resource) => ownership(resource, account) !== "another")
      .map((resource) => endpointOf(resource, account)),
  };
});

/** Whether it is known which of two policies is asked first. */
export function areOrdered(one: GatewayPolicy, other: GatewayPolicy): boolean {
  return one.precedence !== undefined && other.precedence !== undefined && one.precedence !== other.precedence;
}

export function controlOf(policy: GatewayPolicy): Control {
  return { name: policy.name, ...placeAt(policy) };
}

/** The platform's name for the layer of network policies. */
const NETWORK = "l4";

function byPrecedence(one: GatewayPolicy, other: GatewayPolicy): number {
  if (one.precedence === other.precedence) return 0;
  return (one.precedence ?? Infinity) - (other.precedence ?? Infinity);
}

/**
 * The provider's default is false (cloudflare/terraform-provider-cloudflare v5.22.0,
 * internal/services/zero_trust_gateway_policy/schema.go).
 */
function isEnabled({ attributes: { enabled = false } }: Resource): boolean {
  return enabled !== false && enabled !== null;
}

/** Whether a resource is of the account. */
const ownership = ({ attributes }: Resource, account: string): Relation =>
  relationOf(CLOUDFLARE_ID, attributes["account_id"], account);

function policyOf(resource: Resource, account: string): GatewayPolicy {
  const { address, attributes } = resource;
  const { name, action, precedence, traffic, filters } = attributes;
  const [layer, ...others] = isList(filters) ? filters : [];
  const isLayerKnown = typeof layer === "string" && others.length === 0;
  const effects = effectsOf(attributes);
  return {
    ...placeAt(resource),
    name: typeof name === "string" ? name : address,
    resource,
    layer: isLayerKnown ? layer : undefined,
    action: (action === "allow" || action === "block") && effects.length === 0 ? action : undefined,
    precedence: typeof precedence === "number" ? precedence : undefined,
    // It is undocumented which connections a policy without traffic matches.
    traffic: typeof traffic === "string" && traffic !== "" ? traffic : undefined,
    restrictions: [
      ...PROVISOS.filter((attribute) => isGiven(attributes[attribute])).map((attribute) => ({
        text: `${attribute}: ${nameOfValue(attributes[attribute])}`,
        isHidden: false,
      })),
      ...[
        ...(ownership(resource, account) === "same" ? [] : ["only the apply knows its account"]),
        ...(attributes["enabled"] === true ? [] : ["only the apply knows whether it is enabled"]),
        ...(isLayerKnown ? [] : ["only the platform knows its layer"]),
      ].map((text) => ({ text, isHidden: true })),
    ],
  };
}

/** The attributes that restrict a policy to some persons, devices or moments. */
const PROVISOS = ["identity", "device_posture", "schedule", "expiration"] as const;

/**
 * Settings that change a page that clients see, and no connection.
 *
 * @see https://developers.cloudflare.com/api/resources/zero_trust/subresources/gateway/subresources/rules/
 */
const SHOWN_SETTINGS: ReadonlySet<string> = new Set([
  "block_page",
  "block_page_enabled",
  "block_reason",
  "notification_settings",
]);

/** The settings that may change the effect of a policy. */
function effectsOf({ rule_settings: settings }: ValueObject): readonly string[] {
  if (settings === undefined || settings === null) return [];
  if (!isValueObject(settings)) return ["rule_settings"];
  return Object.keys(settings).filter((key) => isGiven(settings[key]) && !SHOWN_SETTINGS.has(key));
}

function isGiven(value: Value | undefined): boolean {
  if (value === undefined || value === null || value === "" || value === false) return false;
  return value instanceof Opaque || typeof value !== "object" || Object.values(value).some(isGiven);
}

function endpointOf(resource: Resource, account: string): ProxyEndpoint {
  const { kind, ips } = resource.attributes;
  return { resource, kind, sources: sourcesOf(ips), isOfAccount: ownership(resource, account) === "same" };
}

function sourcesOf(ips: Value | undefined): AddressSet | undefined {
  const texts = ips === undefined || ips === null ? [] : ips;
  if (!isList(texts) || !isKnown(texts)) return undefined;
  return attempt(() => AddressSet.of("sources", texts.map(nameOfValue)), InvalidInput);
}
