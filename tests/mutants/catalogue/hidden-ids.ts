import type { StatementId } from "../../../policy/statements";
import { heldByApplier, NULL } from "../appliers";
import type { JsonTree } from "../folder";
import { bodyKind, type Kind } from "../kind";
import { RULESET } from "../rules";

/** A stack that has this resource owns a zone. */
const OWNED = "cloudflare_url_normalization_settings";
const POLICY = "cloudflare_zero_trust_gateway_policy";
const ACCOUNT = "0123456789abcdef0123456789abcdef";

const directive = (id: string): string => `%{ if true }${id}%{ endif }`;

/** Ways to write an id that Terraform takes for the id itself, though it isn't written there as it is. */
const hidden = (id: string): readonly unknown[] => [
  directive(id),
  directive(`%{ if true }${id}%{ endif }`),
  // Only an id without letters can be a number.
  ...(/^[1-9]\d*$/.test(id) ? [Number(id)] : []),
];

/** A kind that adds a resource to a zone whose id is hidden. */
const ofZone = (type: string, breaks: readonly StatementId[], members: JsonTree): Kind =>
  bodyKind(`hide the zone of a ${type}`, OWNED, ({ body: { zone_id: zone } }) =>
    hidden(String(zone)).map((id) => ({
      ...{ what: JSON.stringify(id), breaks },
      change: (_, beside) => beside({ type, name: "Hidden", body: { zone_id: id, ...members } }),
    })),
  );

const EDGE: readonly StatementId[] = ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"];

export const HIDDEN_ID_KINDS: readonly Kind[] = [
  ofZone("cloudflare_dns_record", EDGE, { name: "direct", type: "A", content: "198.51.100.7", proxied: false }),
  ofZone("cloudflare_spectrum_application", [...EDGE, "PORTS-3"], { protocol: "tcp/5432" }),
  ofZone("cloudflare_workers_route", EDGE, { pattern: "*/*", script: "proxy" }),
  ofZone("cloudflare_zone_setting", ["PORTS-1"], { setting_id: "ssl", value: "off" }),
  ofZone(RULESET, EDGE, {
    ...{ kind: "zone", name: "other", phase: "http_request_origin" },
    rules: [{ expression: "true", action: "route", action_parameters: { origin: { host: "other.onrender.com" } } }],
  }),
  bodyKind("hide the account of a ruleset", OWNED, () =>
    hidden(ACCOUNT).map((id) => ({
      ...{ what: JSON.stringify(id), breaks: EDGE },
      change: (_, beside) => {
        const rules = [{ expression: "true", action: "skip", action_parameters: { ruleset: "current" } }];
        const body = { account_id: id, kind: "root", name: "other", phase: "http_request_firewall_custom", rules };
        beside({ type: RULESET, name: "Hidden", body });
      },
    })),
  ),
  bodyKind("hide the account of a Gateway policy", POLICY, ({ body: { account_id: account, action } }) =>
    hidden(String(account))
      .filter(() => action === "allow")
      .map((id) => ({
        ...{ what: JSON.stringify(id), breaks: ["WORK-2"] },
        change: (body, beside) => {
          const open = { account_id: id, name: "hidden", precedence: 900, traffic: 'net.protocol == "tcp"' };
          beside({ type: POLICY, name: "Hidden", body: { ...body, ...open } });
        },
      })),
  ),
  bodyKind("hide the target of a second applier", NULL, (applier) => {
    const { kind, target } = (applier.body["triggers"] ?? {}) as JsonTree;
    // An applier that only checks may be there twice.
    const breaks = kind === "render-dedicated-addresses" ? [] : heldByApplier(applier);
    if (breaks.length === 0) return [];
    return [
      {
        breaks,
        change: (body, beside) => {
          const text = JSON.stringify(body).replaceAll(String(target), directive(String(target)));
          beside({ type: NULL, name: "Hidden", body: JSON.parse(text) as JsonTree });
        },
      },
    ];
  }),
];
