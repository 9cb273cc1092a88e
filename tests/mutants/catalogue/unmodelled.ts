import type { StatementId } from "../../../policy/statements";
import type { JsonTree } from "../folder";
import { type Body, bodyKind, type Kind } from "../kind";

/** A stack that has this resource owns a zone. */
const OWNED = "cloudflare_url_normalization_settings";
const EDGE: readonly StatementId[] = ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"];
const ACCOUNT = "0123456789abcdef0123456789abcdef";

/** A kind that adds a resource to the stack of a zone. */
const more = (
  name: string,
  breaks: readonly StatementId[],
  resources: (zone: unknown) => readonly Omit<Body, "name">[],
): Kind =>
  bodyKind(name, OWNED, ({ body: { zone_id: zone } }) =>
    resources(zone).map(({ type, body }) => ({
      ...{ what: `${type} ${JSON.stringify(body)}`, breaks },
      change: (_, beside) => beside({ type, name: "Other", body }),
    })),
  );

/** Resources that could answer requests past the rules, or change the requests that the rules see. */
const OTHERS: Readonly<Record<string, JsonTree>> = {
  cloudflare_workers_route: { pattern: "*/*", script: "proxy" },
  cloudflare_page_rule: { target: "*", actions: { forwarding_url: { url: "http://example.com", status_code: 301 } } },
  cloudflare_access_rule: { mode: "whitelist", configuration: { target: "ip", value: "198.51.100.7" } },
  cloudflare_load_balancer: { name: "${var.host}" },
  cloudflare_managed_transforms: { managed_request_headers: [] },
};

const ruleset = (phase: string, rule: JsonTree, members: JsonTree): Omit<Body, "name"> => ({
  type: "cloudflare_ruleset",
  body: { kind: "zone", name: "other", phase, rules: [{ ref: "other", expression: "true", ...rule }], ...members },
});

const block: JsonTree = { action: "block", expression: 'http.request.uri.path eq "/admin"' };
const route = (parameters: JsonTree): JsonTree => ({ action: "route", action_parameters: parameters });

/** Paths with a double slash, which no client can send: normalisation merges them. */
const REWRITTEN: readonly JsonTree[] = [{ value: "//x" }, { expression: 'concat("//", http.request.uri.path)' }];

const rewrites = (parameters: unknown, zone: unknown): Omit<Body, "name"> =>
  ruleset("http_request_transform", { action: "rewrite", action_parameters: parameters }, { zone_id: zone });

export const UNMODELLED_KINDS: readonly Kind[] = [
  more("add a resource that isn't modelled", EDGE, (zone) =>
    Object.entries(OTHERS).map(([type, members]) => ({ type, body: { zone_id: zone, ...members } })),
  ),
  more("admit a few addresses alone to each URL", ["HOOK-1"], (zone) => [
    { type: "cloudflare_zone_lockdown", body: { zone_id: zone, urls: ["*"] } },
  ]),
  more("rewrite paths behind the guard", ["HOOK-1"], (zone) => [
    ruleset(
      "http_request_late_transform",
      { action: "rewrite", action_parameters: { uri: { path: { value: "/webhooks/meta" } } } },
      { zone_id: zone },
    ),
  ]),
  more("change the secret's header among the rewrites of URLs", ["WEB-1"], (zone) => [
    rewrites({ headers: { "X-Edge-Secret": { operation: "remove" } } }, zone),
    rewrites({ headers: { "x-edge-secret": { operation: "set", value: "${var.edge_secret_production}" } } }, zone),
    rewrites("${var.parameters}", zone),
  ]),
  more("send requests to another origin by a rule", EDGE, (zone) => [
    ruleset("http_request_origin", route({ origin: { host: "other.onrender.com" } }), { zone_id: zone }),
    ruleset("http_request_origin", route({ host_header: "other.example.com" }), { zone_id: zone }),
  ]),
  more("send another spelling of the hosts to another origin by a rule", EDGE, (zone) =>
    ['http.host contains ":"', 'ends_with(http.host, ".")'].map((expression) =>
      ruleset("http_request_origin", { ...route({ origin: { host: "x.dev" } }), expression }, { zone_id: zone }),
    ),
  ),
  bodyKind("send rewritten paths to another origin by a rule", OWNED, ({ body: { zone_id: zone } }) =>
    REWRITTEN.map((path) => ({
      ...{ what: JSON.stringify(path), breaks: EDGE },
      change: (_, beside) => {
        const doubled = { ...route({ origin: { host: "x.dev" } }), expression: 'http.request.uri.path contains "//"' };
        beside({ ...rewrites({ uri: { path } }, zone), name: "Rewrites" });
        beside({ ...ruleset("http_request_origin", doubled, { zone_id: zone }), name: "Origin" });
      },
    })),
  ),
  more("weaken HTTPS by a configuration rule", ["PORTS-1"], (zone) => [
    ruleset(
      "http_config_settings",
      { action: "set_config", action_parameters: { ssl: "flexible" } },
      { zone_id: zone },
    ),
    ruleset(
      "http_config_settings",
      { action: "set_config", action_parameters: { ssl: "${var.mode}" } },
      { zone_id: zone },
    ),
    ruleset("http_config_settings", { action: "set_config", action_parameters: "${var.p}" }, { zone_id: zone }),
  ]),
  more("take HSTS away by a response rule", ["PORTS-1"], (zone) => [
    ruleset(
      "http_response_headers_transform",
      { action: "rewrite", action_parameters: { headers: { "Strict-Transport-Security": { operation: "remove" } } } },
      { zone_id: zone },
    ),
    ruleset(
      "http_response_headers_transform",
      {
        action: "rewrite",
        action_parameters: { headers: { "strict-transport-security": { operation: "set", value: "max-age=0" } } },
      },
      { zone_id: zone },
    ),
  ]),
  more("add a ruleset of the account", EDGE, () => [
    ruleset("http_request_firewall_custom", block, { kind: "root", account_id: ACCOUNT }),
    ruleset("http_request_redirect", block, { kind: "root", account_id: ACCOUNT }),
  ]),
  more("add a ruleset of a zone that the apply knows", EDGE, () => [
    ruleset("http_request_firewall_custom", block, { zone_id: "${var.zone}" }),
  ]),
  more("add a record of a zone that the apply knows", EDGE, () => [
    {
      type: "cloudflare_dns_record",
      body: { zone_id: "${var.zone}", name: "direct", type: "A", content: "198.51.100.7", proxied: false },
    },
  ]),
  more("open a port of a zone that the apply knows", [...EDGE, "PORTS-3"], () => [
    { type: "cloudflare_spectrum_application", body: { zone_id: "${var.zone}", protocol: "tcp/5432" } },
  ]),
  more("hold a setting of a zone that the apply knows", ["PORTS-1"], () => [
    { type: "cloudflare_zone_setting", body: { zone_id: "${var.zone}", setting_id: "ssl", value: "off" } },
  ]),
  stackKind("hide resources in a module", "/module", (json) => (json["module"] = { other: { source: "./other" } })),
  stackKind("talk to another address than the platform's", "/provider/cloudflare", (json) => {
    json["provider"] = { ...(json["provider"] as JsonTree), cloudflare: [{ base_url: "https://api.example.com" }] };
  }),
];

/** A kind that changes a stack beside its resources. */
function stackKind(name: string, at: string, change: (json: JsonTree) => void): Kind {
  return {
    name,
    mutants: ({ name: stack }) => [
      {
        ...{ at, stack, breaks: EDGE },
        change: ({ stacks }) => stacks.filter((each) => each.name === stack).forEach(({ json }) => change(json)),
      },
    ],
  };
}
