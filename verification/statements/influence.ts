import type { StatementId } from "../../policy/statements";
import type { Resource } from "../terraform/stack";

/** Which statements a type of resource can bear on, and how far it is understood here. */
export interface Influence {
  readonly statements: readonly StatementId[];
  /** Modelled: its attributes are read. Harmless: it opens nothing, whatever they are. Unknown: it may do anything. */
  readonly standing: "modelled" | "harmless" | "unknown";
}

const EDGE: readonly StatementId[] = ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"];
const GATEWAY: readonly StatementId[] = ["WORK-2"];
const REPOSITORIES: readonly StatementId[] = ["PEN-1", "PEN-2", "SCAN-1", "SCAN-2", "SCAN-3", "SCAN-4"];
const APPLIED: readonly StatementId[] = ["PORTS-3", "PORTS-4", "WEB-1", "DB-1", "WORK-1", "WORK-2"];

const modelled = (statements: readonly StatementId[]): Influence => ({ statements, standing: "modelled" });
const harmless: Influence = { statements: [], standing: "harmless" };
const unknown = (statements: readonly StatementId[]): Influence => ({ statements, standing: "unknown" });

/** The types that are understood. */
const TYPES: Readonly<Record<string, Influence>> = {
  cloudflare_dns_record: modelled(EDGE),
  cloudflare_list: modelled(EDGE),
  cloudflare_ruleset: modelled(EDGE),
  cloudflare_spectrum_application: modelled([...EDGE, "PORTS-3", "PORTS-4"]),
  cloudflare_url_normalization_settings: modelled(EDGE),
  cloudflare_zone_setting: modelled(EDGE),
  cloudflare_zero_trust_gateway_policy: modelled(GATEWAY),
  cloudflare_zero_trust_gateway_proxy_endpoint: modelled(GATEWAY),
  github_repository_dependabot_security_updates: modelled(REPOSITORIES),
  github_repository_file: modelled(REPOSITORIES),
  github_repository_ruleset: modelled(REPOSITORIES),
  github_repository_vulnerability_alerts: modelled(REPOSITORIES),
  null_resource: modelled(APPLIED),
  terraform_data: modelled(APPLIED),

  ...Object.fromEntries(
    [
      "cloudflare_api_token",
      "cloudflare_certificate_pack",
      "cloudflare_logpush_job",
      "cloudflare_notification_policy",
      "cloudflare_notification_policy_webhooks",
      "cloudflare_r2_bucket",
      "cloudflare_registrar_domain",
      "cloudflare_turnstile_widget",
      "cloudflare_web_analytics_site",
      "cloudflare_zone_dnssec",
      "github_actions_secret",
      "github_actions_variable",
      "github_dependabot_secret",
      "github_issue",
      "github_issue_label",
      "github_issue_labels",
      "github_membership",
      "github_repository_milestone",
      "github_team",
      "github_team_members",
      "github_team_membership",
    ].map((type) => [type, harmless]),
  ),
};

/** What an unknown type may bear on, by the beginning of its name; the longest counts. */
const FAMILIES: readonly (readonly [prefix: string, statements: readonly StatementId[]])[] = [
  ["cloudflare_zero_trust_", [...GATEWAY, ...EDGE]],
  ["cloudflare_", [...EDGE, ...GATEWAY]],
  ["github_", REPOSITORIES],
  ["supabase_", ["PORTS-3", "DB-1"]],
  ["render_", ["PORTS-4", "WEB-1", "WORK-1"]],
  ["null_", APPLIED],
];

/** What types of a family may bear on, whichever they are; nothing where the family is outside the model. */
export function familyOf(type: string): readonly StatementId[] {
  return FAMILIES.find(([prefix]) => type.startsWith(prefix))?.[1] ?? [];
}

/** What a type of resource bears on; undefined where it is outside the model. */
export function influenceOf(type: string): Influence | undefined {
  const known = Object.hasOwn(TYPES, type) ? TYPES[type] : undefined;
  if (known !== undefined) return known;
  const family = familyOf(type);
  return family.length === 0 ? undefined : unknown(family);
}

/** The statements that a resource bears on. */
export function statementsOf({ type }: Resource): readonly StatementId[] {
  return influenceOf(type)?.statements ?? [];
}
