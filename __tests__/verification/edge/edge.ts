import { META } from "../../../network/feeds/meta";
import { EdgePhase } from "../../../policy/edge-phase";
import type { EdgePolicy } from "../../../policy/slices";
import { Policy } from "../../../policy/policy";
import { allOf, type Proof } from "../../../verification/edge/proof";
import type { EdgeZone } from "../../../verification/edge/zone";
import { nobodyElse, senderItself } from "../../../verification/statements/hook-1";
import { edgeZonesIn } from "../../support/edge-zones";
import { anEnvironment, ZONE_ID } from "../../support/environments";

/** A rule as the Terraform JSON has it. */
export interface JsonRule {
  readonly ref: string;
  readonly expression: string;
  readonly action: string;
  readonly action_parameters?: object;
}

export const META_BLOCKS = META.addresses.cidrs().join(" ");
export const HOST = "app.shop.dev";
/** The policy of this environment's edge. */
export const policy: EdgePolicy = (Policy.across([anEnvironment()])[0] as Policy).edge;

export const REDIRECT: JsonRule = {
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
};
export const PORTS: JsonRule = {
  ref: "ports",
  expression: "not ssl or cf.edge.server_port ne 443",
  action: "block",
};
export const GUARD: JsonRule = {
  ref: "guard",
  expression: `lower(url_decode(http.request.uri.path, "r")) contains "/webhooks/meta" and not ip.src in {${META_BLOCKS}}`,
  action: "block",
};

/** Rules by phase, as they stand in an edge. */
export type Edge = Readonly<Partial<Record<string, readonly JsonRule[]>>>;

export const SHIPPED: Edge = { [EdgePhase.REDIRECT]: [REDIRECT], [EdgePhase.CUSTOM]: [PORTS, GUARD] };

/** The zone of an edge, its paths normalised unless that is changed. */
export function zoneOf(edge: Edge, scope = "both"): EdgeZone {
  const rulesets = Object.entries(edge).map(([phase, rules]) => [
    phase,
    { kind: "zone", zone_id: ZONE_ID, phase, rules },
  ]);
  const resource = {
    cloudflare_ruleset: Object.fromEntries(rulesets),
    cloudflare_url_normalization_settings: { n: { zone_id: ZONE_ID, scope, type: "cloudflare" } },
  };
  return edgeZonesIn({ resource })[0] as EdgeZone;
}

/** The shipped rules with the custom rules replaced. */
export function withCustom(...rules: readonly JsonRule[]): EdgeZone {
  return zoneOf({ ...SHIPPED, [EdgePhase.CUSTOM]: rules });
}

/** The shipped rules with the redirects replaced. */
export function withRedirects(...rules: readonly JsonRule[]): EdgeZone {
  return zoneOf({ ...SHIPPED, [EdgePhase.REDIRECT]: rules });
}

export const block = (ref: string, expression: string): JsonRule => ({ ref, expression, action: "block" });

/** HOOK-1's two parts about requests. */
export function hook1(zone: EdgeZone, promise: EdgePolicy): Proof {
  return allOf([nobodyElse(zone, promise), senderItself(zone, promise)]);
}
