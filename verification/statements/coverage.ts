import { type StatementId, STATEMENT_IDS } from "../../policy/statements";
import { isOfficial, isOneOf } from "../terraform/providers";
import type { Resource } from "../terraform/stack";
import { booleanOf, type ValueObject } from "../terraform/value";

/**
 * How far a type of resource is understood.
 *
 * - `modelled`: its attributes are read.
 * - `harmless`: it opens and disables nothing, unless a secret flows in.
 * - `by host`: harmless unless it may name a public host of the zone's policies.
 * - `by secret`: harmless unless its name may be that of the scan's token.
 * - `slows`: it may stop requests and answers none. A note tells of a possible block of Meta, which changes no verdict.
 * - `unknown`: it may bear on its statements, in the zone, account or repository that it names.
 * - `authority`: it gives people or programs the right to change things that its statements rest on, later and past
 * this JSON.
 */
export type Standing = "modelled" | "harmless" | "by host" | "by secret" | "slows" | "unknown" | "authority";

/** The statements that a type of resource can influence. */
export interface Coverage {
  readonly standing: Standing;
  readonly statements: readonly StatementId[];
  /** Why it is so, in words for a reviewer. */
  readonly reason: string;
}

interface Row extends Coverage {
  /** Types without their provider's prefix: whole names, `*` for any rest of a name. */
  readonly types: readonly string[];
  /**
   * The resources that the row speaks of, by their evaluated attributes.
   *
   * @default - all of the types
   */
  readonly where?: (attributes: ValueObject) => boolean;
}

const EDGE = ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"] as const;
const PORTS = ["PORTS-3", "PORTS-4"] as const;
const GATEWAY = ["WORK-2"] as const;
const APPLIED = ["PORTS-3", "PORTS-4", "WEB-1", "DB-1", "WORK-1", "WORK-2"] as const;
const REPOSITORIES = ["PEN-1", "PEN-2", "SCAN-1", "SCAN-2", "SCAN-3", "SCAN-4"] as const;

const row =
  (standing: Standing, statements: readonly StatementId[]) =>
  (reason: string, ...types: readonly string[]): Row => ({ standing, statements, reason, types });

const harmless = row("harmless", []);
const edge = row("unknown", EDGE);
const byHost = row("by host", EDGE);
const slows = row("slows", ["HOOK-1"]);
const gateway = row("unknown", [...GATEWAY, ...EDGE]);

/** A row about those resources alone whose attributes are like this. */
const where = (of: (attributes: ValueObject) => boolean, some: Row): Row => ({ ...some, where: of });

/**
 * The resource types of Cloudflare's provider; the first row that names a type counts.
 *
 * @see https://registry.terraform.io/providers/cloudflare/cloudflare/5.22.0/docs
 */
const CLOUDFLARE: readonly Row[] = [
  row("modelled", EDGE)(
    "its attributes are read",
    ...["dns_record", "list", "ruleset", "url_normalization_settings", "zone_setting"],
  ),
  row("modelled", [...EDGE, ...PORTS])("its attributes are read", "spectrum_application"),
  row("modelled", GATEWAY)(
    "its attributes are read",
    ...["zero_trust_gateway_policy", "zero_trust_gateway_proxy_endpoint"],
  ),

  row("authority", [...EDGE, ...PORTS, ...GATEWAY])(
    "who has it may change the account's settings past this JSON",
    ...["account", "account_member", "account_token", "api_token", "oauth_client", "sso_connector"],
    ...["organization", "organization_profile", "user", "user_group", "user_group_members", "share", "share_*"],
    "zero_trust_organization",
  ),

  byHost(
    "it answers, checks or names a host that it is given",
    ...["pages_domain", "r2_custom_domain", "r2_managed_domain", "workers_custom_domain", "workers_route"],
    ...["zero_trust_access_application", "zero_trust_access_mtls_*", "zero_trust_access_ai_controls_*"],
    ...["hostname_tls_setting", "regional_hostname", "web3_hostname", "load_balancer"],
  ),

  slows(
    "it may stop requests, and lets none past the rules",
    ...["bot_management", "content_scanning", "content_scanning_expression", "leaked_credential_check*"],
    ...["api_shield*", "schema_validation_*", "token_validation_*", "user_agent_blocking_rule", "waiting_room*"],
  ),
  row("unknown", ["HOOK-1"])("it may block Meta for certain", "zone_lockdown", "rate_limit"),
  where(
    ({ mode }) => mode === "block" || mode === "challenge" || mode === "js_challenge" || mode === "managed_challenge",
    row("unknown", ["HOOK-1"])("it may block Meta for certain", "access_rule"),
  ),

  harmless(
    "it keeps data, or runs what no route leads to",
    ...["ai_*", "calls_*", "d1_database", "flagship_*", "hyperdrive_config", "image", "image_variant", "moq_relay"],
    ...["pages_project", "pipeline*", "queue", "queue_consumer", "r2_*", "secrets_store*", "stream", "stream_*"],
    ...["workers_for_platforms_dispatch_namespace", "workers_kv", "workers_kv_namespace", "workflow"],
  ),
  harmless(
    "it tells, counts or tests",
    ...["cloudforce_one_*", "healthcheck", "logpull_retention", "logpush_*", "magic_network_monitoring_*"],
    ...["notification_policy", "notification_policy_webhooks", "observatory_scheduled_test", "turnstile_widget"],
    ...["vulnerability_scanner_*", "web_analytics_*"],
  ),
  harmless("it concerns e-mail", "email_routing_*", "email_security_*"),
  harmless(
    "it changes how fast an answer comes, and not whose",
    ...["argo_*", "regional_tiered_cache", "tiered_cache", "zone_cache_reserve", "zone_cache_variants"],
  ),
  harmless(
    "it adds a certificate, or asks for one",
    ...["authenticated_origin_pulls*", "certificate_authorities_hostname_associations", "certificate_pack"],
    ...["client_certificate", "custom_csr", "custom_ssl", "keyless_certificate", "mtls_certificate"],
    ...["origin_ca_certificate", "total_tls", "zone_auto_origin_tls_kex"],
  ),
  harmless(
    "it names no origin, and changes no answer of the rules",
    ...["custom_page_asset", "custom_pages", "dns_firewall", "page_shield_policy", "registrar_domain"],
    ...["zone_dnssec", "zone_hold", "dns_zone_transfers_acl", "dns_zone_transfers_tsig"],
  ),
  harmless(
    "it concerns people's devices and who logs in, and no worker's way out",
    ...["zero_trust_access_*", "zero_trust_device_*", "zero_trust_dex_*", "zero_trust_dlp_*", "zero_trust_risk_*"],
    ...["zero_trust_dns_location", "zero_trust_gateway_logging"],
  ),

  gateway(
    "it may lead connections of the account elsewhere",
    ...["connectivity_directory_service", "magic_*", "zero_trust_gateway_*", "zero_trust_list"],
    ...["zero_trust_network_hostname_route", "zero_trust_tunnel_*"],
  ),
  edge(
    "it may answer requests before or beside the rules",
    ...[
      "cloud_connector_rules",
      "custom_hostname",
      "custom_hostname_fallback_origin",
      "google_tag_gateway",
      "managed_transforms",
    ],
    ...["page_rule", "snippet", "snippet_rules", "snippets", "worker", "worker_version", "workers_cron_trigger"],
    ...["workers_deployment", "workers_script", "workers_script_subdomain"],
  ),
  edge("it may let requests past the rules", "access_rule", "filter", "firewall_rule", "list_item"),
  edge(
    "it may lead a host's requests to another origin",
    ...["address_map", "byo_ip_prefix", "dls_prefix_binding", "load_balancer_*", "origin_cloud_region"],
    ...["account_dns_settings*", "dns_zone_transfers_*", "zone_dns_settings"],
  ),
  edge(
    "it may weaken how HTTPS is spoken",
    ...["custom_origin_trust_store", "origin_tls_compliance_modes", "universal_ssl_setting"],
  ),
  edge("it may change what the zone's plan has", "account_subscription", "zone", "zone_subscription"),
];

const repositories = row("unknown", REPOSITORIES);

/**
 * The resource types of GitHub's provider; the first row that names a type counts.
 *
 * @see https://registry.terraform.io/providers/integrations/github/6.13.0/docs
 */
const GITHUB: readonly Row[] = [
  row("modelled", REPOSITORIES)(
    "its attributes are read",
    ...["repository_dependabot_security_updates", "repository_file", "repository_ruleset"],
    "repository_vulnerability_alerts",
  ),
  harmless(
    "it concerns issues, pages and how a repository is described",
    ...["issue", "issue_label", "issue_labels", "organization_project", "project_card", "project_column", "release"],
    ...["repository_autolink_reference", "repository_custom_property", "repository_milestone", "repository_pages"],
    ...["repository_project", "repository_topics", "organization_custom_properties"],
  ),
  harmless("it sends out what happens, and takes nothing in", "organization_webhook", "repository_webhook"),
  harmless(
    "it only adds conditions to a merge",
    ...["branch_protection", "branch_protection_v3", "organization_block"],
  ),
  harmless(
    "it gives programs a value, and no right",
    ...["actions_environment_variable", "actions_organization_variable*", "actions_variable", "codespaces_*"],
  ),
  row("by secret", ["SCAN-1"])(
    "it may take the place of the scan's token",
    ...["actions_environment_secret", "actions_organization_secret*", "actions_secret", "dependabot_*"],
  ),
  where(
    ({ permission }) => permission === "pull" || permission === "triage",
    harmless("it lets people read", "repository_collaborator", "team_repository"),
  ),
  where(
    ({ read_only: readOnly }) => booleanOf(readOnly) === true,
    harmless("it lets a program read", "repository_deploy_key"),
  ),
  row("authority", REPOSITORIES)(
    "who has it may change the repository past this JSON",
    ...["app_installation_*", "emu_group_mapping", "membership", "organization_custom_role"],
    ...["organization_repository_role", "organization_role*", "organization_security_manager"],
    ...["repository_collaborator", "repository_collaborators", "repository_deploy_key", "team", "team_*", "user_*"],
  ),
  row("authority", REPOSITORIES)(
    "it says which programs run, where, and with which rights",
    ...["actions_hosted_runner", "actions_organization_*", "actions_repository_*", "actions_runner_group"],
    ...["enterprise_*", "organization_settings", "workflow_repository_permissions"],
  ),
  repositories("it may run workflows that report the check", "organization_ruleset"),
  repositories(
    "it may change what the checks look at",
    ...["branch", "branch_default", "repository", "repository_deployment_branch_policy", "repository_environment"],
    ...["repository_environment_deployment_policy", "repository_pull_request"],
  ),
];

/**
 * The only attributes of a bucket that name it: others can publish what it keeps.
 *
 * @see https://registry.terraform.io/providers/hashicorp/aws/latest/docs/resources/s3_bucket
 */
const PLAIN_BUCKET: ReadonlySet<string> = new Set([
  ...["bucket", "bucket_prefix", "force_destroy", "object_lock_enabled", "region", "tags", "tags_all"],
]);

/** The resource types of Amazon's provider that may keep Terraform's state, and show it to no one. */
const AWS: readonly Row[] = [
  where(
    (attributes) => Object.keys(attributes).every((name) => PLAIN_BUCKET.has(name)),
    harmless("it keeps the state", "s3_bucket"),
  ),
  harmless(
    "it keeps the state, its versions or its lock",
    ...["dynamodb_table", "s3_bucket_lifecycle_configuration", "s3_bucket_ownership_controls"],
    ...["s3_bucket_server_side_encryption_configuration", "s3_bucket_versioning"],
  ),
];

const AWS_DATA = ["caller_identity", "iam_policy_document", "partition", "region"] as const;

const makesValues = (...types: readonly string[]): readonly Row[] => [
  harmless("it makes values for other resources", ...types),
];

/** @see https://registry.terraform.io/providers/hashicorp/random/latest/docs */
const RANDOM = ["bytes", "id", "integer", "password", "pet", "shuffle", "string", "uuid", "uuid4", "uuid7"] as const;

/** @see https://registry.terraform.io/providers/hashicorp/tls/latest/docs */
const TLS = ["cert_request", "locally_signed_cert", "private_key", "self_signed_cert"] as const;

/**
 * @see https://registry.terraform.io/providers/hashicorp/local/latest/docs/resources/file
 * @see https://registry.terraform.io/providers/hashicorp/archive/latest/docs/resources/file
 */
const writes = (...types: readonly string[]): Row =>
  row("unknown", STATEMENT_IDS)("it writes where the apply runs, over programs, too", ...types);

/** A program whose resources are understood. Any other one runs beside every credential of the apply. */
interface Provider {
  /**
   * Where it comes from, as `required_providers` says: https://registry.terraform.io
   *
   * @default - as `verification/terraform/providers.ts` has it, with its versions
   */
  readonly sources?: readonly string[];
  readonly rows: readonly Row[];
  /** The statements that types without a row bear on. */
  readonly others: readonly StatementId[];
  /** The types of its data, as in rows. Reading changes nothing. @default - none */
  readonly data?: readonly string[];
  /** Whether it makes nothing that a policy speaks of. @default false */
  readonly isOutside?: boolean;
}

/** The providers by the names that stacks give them, which resource types begin with. */
const PROVIDERS: Readonly<Record<string, Provider>> = {
  cloudflare: {
    sources: ["cloudflare/cloudflare"],
    rows: CLOUDFLARE,
    others: [...EDGE, ...PORTS, ...GATEWAY],
    data: ["*"],
  },
  github: { rows: GITHUB, others: REPOSITORIES, data: ["*"] },
  null: {
    rows: [row("modelled", APPLIED)("the programs that it runs are read", "resource")],
    others: APPLIED,
    data: ["data_source"],
  },
  terraform: {
    sources: ["terraform.io/builtin/terraform"],
    rows: [row("modelled", APPLIED)("the programs that it runs are read", "data")],
    others: STATEMENT_IDS,
    data: ["remote_state"],
  },
  random: {
    sources: ["random", "hashicorp/random"],
    isOutside: true,
    rows: makesValues(...RANDOM),
    others: STATEMENT_IDS,
  },
  time: { sources: ["time", "hashicorp/time"], isOutside: true, rows: makesValues("*"), others: [] },
  tls: {
    sources: ["tls", "hashicorp/tls"],
    isOutside: true,
    rows: makesValues(...TLS),
    others: STATEMENT_IDS,
    data: ["certificate", "public_key"],
  },
  aws: { sources: ["aws", "hashicorp/aws"], isOutside: true, rows: AWS, others: STATEMENT_IDS, data: AWS_DATA },
  supabase: { sources: ["supabase/supabase"], rows: [], others: ["PORTS-3", "DB-1"] },
  render: { sources: ["render-oss/render"], rows: [], others: ["PORTS-4", "WEB-1", "WORK-1"] },
  archive: { sources: ["archive", "hashicorp/archive"], rows: [writes("file")], others: STATEMENT_IDS },
  http: { sources: ["http", "hashicorp/http"], rows: [], others: STATEMENT_IDS, data: [""] },
  local: {
    sources: ["local", "hashicorp/local"],
    rows: [writes("file", "sensitive_file")],
    others: STATEMENT_IDS,
    data: ["file", "sensitive_file"],
  },
};

const providerOf = (name: string): Provider | undefined =>
  Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name] : undefined;

/** Whether a provider is known, and comes from its own source. */
export function isListed(provider: string, source: unknown): boolean {
  const known = providerOf(provider);
  if (known?.sources === undefined) return known !== undefined && isOfficial(provider, source);
  return isOneOf(known.sources, source);
}

/** The name of the provider that a type of resource or of data belongs to, unless another one is named. */
export const providerNamedIn = (type: string): string => type.split("_")[0] ?? "";

/** The statements that a provider's resources may bear on: all, where the provider is unknown. */
export function statementsOfProvider(name: string): readonly StatementId[] {
  const { rows, others } = providerOf(name) ?? { rows: [], others: STATEMENT_IDS };
  const all = new Set([...rows.flatMap(({ statements }) => statements), ...others]);
  return STATEMENT_IDS.filter((id) => all.has(id));
}

/**
 * The coverage of a type of resource; undefined where its provider is unknown.
 *
 * @param attributes those of a resource, which may bear on less than its type does
 * @default - any
 */
export function coverageOf(type: string, attributes?: ValueObject): Coverage | undefined {
  const provider = providerOf(providerNamedIn(type));
  return provider && (rowOf(type, attributes) ?? { ...NO_ROW, statements: provider.others });
}

const NO_ROW = { standing: "unknown", reason: "no list of its provider's types has it" } as const;

/** Whether a type is known, and of a platform that no policy speaks of. */
export const isOutside = (type: string): boolean => providerOf(providerNamedIn(type))?.isOutside === true;

/** Whether reading data of a type changes nothing. */
export function mayBeRead(type: string): boolean {
  const provider = providerNamedIn(type);
  const name = type.slice(provider.length + 1);
  return providerOf(provider)?.data?.some((pattern) => matches(pattern, name)) ?? false;
}

/** The row that names a type; undefined where none does. */
export function rowOf(type: string, attributes?: ValueObject): Coverage | undefined {
  const provider = providerNamedIn(type);
  const name = type.slice(provider.length + 1);
  return providerOf(provider)?.rows.find(
    ({ types, where: of }) =>
      (of === undefined || (attributes !== undefined && of(attributes))) &&
      types.some((pattern) => matches(pattern, name)),
  );
}

const matches = (pattern: string, name: string): boolean =>
  pattern.endsWith("*") ? name.startsWith(pattern.slice(0, -1)) : name === pattern;

/** The statements that a resource's type bears on. */
export function statementsOf({ type }: Pick<Resource, "type">): readonly StatementId[] {
  return coverageOf(type)?.statements ?? [];
}
