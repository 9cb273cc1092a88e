import { META } from "../../network/feeds/meta";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { Model } from "../../verification/terraform/model";
import { type Scene, scenesOf } from "../../verification/statements/scene";
import { anEnvironment, ZONE_ID } from "./environments";

/** A JSON object, to be changed at will. */
export type Tree = Record<string, unknown>;
/** The resources of a stack, by type and name. */
export type Resources = Record<string, Record<string, Tree>>;

/** A stack that holds the shop's edge, written by hand. So proofs about it owe nothing to the constructs. */
export interface Shop {
  readonly json: Tree & { readonly resource: Resources };
  /** Other stacks by their names. */
  readonly others: Record<string, Tree>;
  dependencies: readonly string[];
}

/** A test's change of the shop before it is judged. */
export type ShopChange = (shop: Shop) => void;

export const HOST = "app.shop.dev";
export const ORIGIN = "shop.onrender.com";

const zone_id = ZONE_ID;
const setting = (setting_id: string, value: unknown): Tree => ({ zone_id, setting_id, value });
const ruleset = (phase: string, ...rules: readonly Tree[]): Tree => ({
  ...{ zone_id, kind: "zone", name: "default", phase },
  rules: rules.map((rule) => ({ enabled: true, ...rule })),
});

/** The rule that gives an environment's hosts its secret. */
export function secretRule(name: string, ...hosts: readonly string[]): Tree {
  return {
    ref: `secret_${name}`,
    expression: `lower(http.host) in {${hosts.map((host) => JSON.stringify(host)).join(" ")}}`,
    action: "rewrite",
    action_parameters: { headers: { "X-Edge-Secret": { operation: "set", value: `\${var.edge_secret_${name}}` } } },
  };
}

/** A record that comes after all that has to be there first. */
export function recordOf(name: string, content: string): Tree {
  return {
    ...{ zone_id, name, type: "CNAME", content, proxied: true, ttl: 1 },
    depends_on: [
      ...["ssl", "tls", "tls13", "hsts", "redirect"].map((each) => `cloudflare_zone_setting.${each}`),
      ...["redirects", "custom", "late"].map((each) => `cloudflare_ruleset.${each}`),
      "cloudflare_url_normalization_settings.paths",
    ],
  };
}

/** The shop of one environment, `shop`, whose host is app.shop.dev. */
export function aShop(): Shop {
  const resource: Resources = {
    cloudflare_zone_setting: {
      ssl: setting("ssl", "strict"),
      tls: setting("min_tls_version", "1.2"),
      tls13: setting("tls_1_3", "on"),
      hsts: setting("security_header", { strict_transport_security: { enabled: true, max_age: 31_536_000 } }),
      redirect: setting("always_use_https", "off"),
    },
    cloudflare_url_normalization_settings: { paths: { zone_id, scope: "both", type: "cloudflare" } },
    cloudflare_ruleset: {
      redirects: ruleset("http_request_dynamic_redirect", {
        ref: "redirect",
        expression: 'not ssl and cf.edge.server_port eq 80 and not http.host contains ":"',
        action: "redirect",
        action_parameters: {
          from_value: {
            status_code: 301,
            preserve_query_string: true,
            target_url: { expression: 'concat("https://", http.host, http.request.uri.path)' },
          },
        },
      }),
      custom: ruleset(
        "http_request_firewall_custom",
        { ref: "ports", expression: "not ssl or cf.edge.server_port ne 443", action: "block" },
        {
          ref: "guard",
          expression: `lower(url_decode(http.request.uri.path, "r")) contains "/webhooks/meta" and not ip.src in {${META.addresses.cidrs().join(" ")}}`,
          action: "block",
        },
      ),
      late: ruleset("http_request_late_transform", secretRule("shop", HOST)),
    },
    cloudflare_dns_record: { app: recordOf("app", ORIGIN) },
  };
  const variable = { edge_secret_shop: { type: "string", sensitive: true, nullable: false } };
  return { json: { resource, variable }, others: {}, dependencies: [] };
}

/** The providers that every stack asks for, unless it says otherwise. */
export const PROVIDERS = {
  required_providers: {
    cloudflare: { source: "cloudflare/cloudflare", version: "5.22.0" },
    github: { source: "integrations/github", version: "6.13.0" },
    null: { source: "hashicorp/null", version: "3.2.4" },
  },
};

/** The scenes of the shop, changed: one for each environment. */
export function shopScenes(
  change: ShopChange = () => undefined,
  environments: readonly Environment[] = [anEnvironment()],
): readonly Scene[] {
  const shop = aShop();
  change(shop);
  const { json, others, dependencies } = shop;
  const stacks = [
    { name: "shop", json: { terraform: PROVIDERS, ...json }, dependencies },
    ...Object.entries(others).map(([name, each]) => ({ name, json: { terraform: PROVIDERS, ...each } })),
  ];
  return scenesOf(Model.of(stacks), Policy.across(environments));
}

/** The scene of the first environment. */
export function shopScene(change?: ShopChange, environments?: readonly Environment[]): Scene {
  return shopScenes(change, environments)[0] as Scene;
}

/** Adds a resource to the shop, under the name `added`. */
export function adding(type: string, body: Tree, name = "added"): ShopChange {
  return ({ json: { resource } }) => {
    resource[type] = { ...resource[type], [name]: body };
  };
}

/** Gives attributes of a resource other values; undefined removes one. */
export function giving(address: string, attributes: Tree): ShopChange {
  return (shop) => {
    const body = bodyOf(shop, address);
    for (const [key, value] of Object.entries(attributes)) {
      if (value === undefined) Reflect.deleteProperty(body, key);
      else body[key] = value;
    }
  };
}

/** Removes a resource. */
export function without(address: string): ShopChange {
  return ({ json: { resource } }) => {
    const [type = "", name = ""] = address.split(".");
    Reflect.deleteProperty(resource[type] ?? {}, name);
  };
}

/** Makes several changes, one after the other. */
export function all(...changes: readonly ShopChange[]): ShopChange {
  return (shop) => {
    for (const change of changes) change(shop);
  };
}

export function bodyOf({ json: { resource } }: Shop, address: string): Tree {
  const [type = "", name = ""] = address.split(".");
  const body = resource[type]?.[name];
  if (body === undefined) throw new Error(`the shop has no ${address}`);
  return body;
}

/** The rules of one of the shop's rulesets. */
export function rulesOf(shop: Shop, name: string): Tree[] {
  return bodyOf(shop, `cloudflare_ruleset.${name}`)["rules"] as Tree[];
}
