import { EdgePart } from "../../policy/edge-part";
import { EdgePhase } from "../../policy/edge-phase";
import type { EdgeTenant } from "../../policy/edge-policy";
import { EDGE_SECRET_HEADER } from "../../policy/edge-secret-header";
import type { EdgePartRules } from "./edge-part-rules";
import type { EdgeRule } from "./edge-rule";

/**
 * WEB-1: requests for an environment's hosts carry its secret to the origin, whatever the client sent in that header.
 * One rule per environment.
 *
 * The phase runs after every rule that could see the header. Other hosts of the zone never get the secret: their
 * origins would learn it. A host that isn't spelled as declared passes without it, and the origin refuses.
 *
 * @see https://developers.cloudflare.com/ruleset-engine/reference/phases-list/
 */
export const originSecret: EdgePartRules = {
  part: EdgePart.ORIGIN_SECRET,
  settings: () => [],
  rules: ({ tenants, secret }) => tenants.map((tenant) => sets(tenant, secret(tenant.name))),
};

function sets({ name, hosts }: EdgeTenant, secret: string): EdgeRule {
  const own = Object.keys(hosts)
    .sort()
    .map((host) => `"${host}"`);
  return {
    phase: EdgePhase.LATE_TRANSFORM,
    ref: `edge_web_1_secret_${name.replaceAll("-", "_")}`,
    description: `WEB-1: the origin of ${name} knows its edge by a secret header`,
    expression: `lower(http.host) in {${own.join(" ")}}`,
    action: "rewrite",
    actionParameters: { headers: { [EDGE_SECRET_HEADER]: { operation: "set", value: secret } } },
  };
}
