import type { StatementId } from "../../../policy/statements";
import type { JsonTree } from "../folder";
import { bodyKind, type Kind } from "../kind";

const OWNED = "cloudflare_url_normalization_settings";
const EDGE: readonly StatementId[] = ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"];

/** Resources that could answer requests past the rules, or change what the rules see. */
const OTHERS: Readonly<Record<string, JsonTree>> = {
  cloudflare_workers_route: { pattern: "*/*", script: "proxy" },
  cloudflare_page_rule: { target: "*", actions: { forwarding_url: { url: "http://example.com", status_code: 301 } } },
  cloudflare_access_rule: { mode: "whitelist", configuration: { target: "ip", value: "198.51.100.7" } },
  cloudflare_load_balancer: { name: "app.example.com" },
  cloudflare_zone_lockdown: { urls: ["*"] },
  cloudflare_managed_transforms: { managed_request_headers: [] },
};

/** Phases whose rules change requests between the rules that are proven. */
const PHASES: Readonly<Record<string, JsonTree>> = {
  http_request_transform: {
    action: "rewrite",
    action_parameters: { uri: { path: { value: "/webhooks/meta" } } },
  },
};

export const UNMODELLED_KINDS: readonly Kind[] = [
  bodyKind("add a resource that isn't modelled", OWNED, ({ body: { zone_id: zone } }) =>
    Object.entries(OTHERS).map(([type, members]) => ({
      ...{ what: type, breaks: EDGE },
      change: (_, beside) => beside({ type, name: "Other", body: { zone_id: zone, ...members } }),
    })),
  ),
  bodyKind("rewrite URLs before the guard", OWNED, ({ body: { zone_id: zone } }) =>
    Object.entries(PHASES).map(([phase, rule]) => ({
      ...{ what: JSON.stringify(rule), breaks: ["HOOK-1"] },
      change: (_, beside) =>
        beside({
          ...{ type: "cloudflare_ruleset", name: "Other" },
          body: {
            zone_id: zone,
            kind: "zone",
            phase,
            name: "o",
            rules: [{ ref: "o", expression: 'http.request.uri.path eq "/hook"', ...rule }],
          },
        }),
    })),
  ),
  {
    name: "hide resources in a module",
    mutants: ({ name }) => [
      {
        ...{ at: "/module", stack: name, breaks: EDGE },
        change: ({ stacks }) =>
          stacks
            .filter((each) => each.name === name)
            .forEach(({ json }) => (json["module"] = { other: { source: "./other" } })),
      },
    ],
  },
  {
    name: "talk to another address than the platform's",
    mutants: ({ name }) => [
      {
        ...{ at: "/provider/cloudflare", stack: name, breaks: EDGE },
        change: ({ stacks }) =>
          stacks
            .filter((each) => each.name === name)
            .forEach(({ json }) => {
              json["provider"] = {
                ...(json["provider"] as JsonTree),
                cloudflare: [{ base_url: "https://api.example.com" }],
              };
            }),
      },
    ],
  },
];
