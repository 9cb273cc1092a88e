import type { JsonTree } from "../folder";
import { HARMLESS_FORMS } from "./disguised";
import {
  ACCOUNT,
  add,
  always,
  asking,
  each,
  type Edit,
  FILE,
  inPhase,
  json,
  merge,
  on,
  OTHER_ZONE,
  RECORD,
  rule,
  RULESET,
  SECRET,
  SETTING,
  stackIn,
  top,
  ZONE,
} from "./edit";
import { HARMLESS_GENERATED } from "./generated";

const types = (why: string, bodies: Readonly<Record<string, JsonTree>>): readonly Edit[] =>
  Object.entries(bodies).map(([type, body]) => add(type, body, why));

/** Records that publish no host of the policy. */
const RECORDS: readonly Edit[] = [
  ...each(
    RECORD,
    [
      { zone_id: ZONE, type: "TXT", name: "@", content: "v=spf1 include:_spf.example.net -all", ttl: 1 },
      { zone_id: ZONE, type: "TXT", name: "_dmarc", content: "v=DMARC1; p=reject", ttl: 1 },
      { zone_id: ZONE, type: "TXT", name: "app", content: "site-verification=abc", ttl: 1 },
      { zone_id: ZONE, type: "TXT", name: "mail._domainkey", content: "v=DKIM1; k=rsa; p=abc", ttl: 1 },
      { zone_id: ZONE, type: "CNAME", name: "s1._domainkey", content: "s1.example.net", proxied: false, ttl: 1 },
      {
        zone_id: ZONE,
        type: "CNAME",
        name: "s2._domainkey.example.com",
        content: "s2.example.net",
        proxied: false,
        ttl: 1,
      },
      { zone_id: ZONE, type: "CNAME", name: "_acme-challenge", content: "x.acme.example.net", proxied: false, ttl: 1 },
      {
        zone_id: ZONE,
        type: "CNAME",
        name: "_acme-challenge.app",
        content: "x.acme.example.net",
        proxied: false,
        ttl: 1,
      },
      { zone_id: ZONE, type: "CNAME", name: "_dnsauth.app", content: "x.example.net", proxied: false, ttl: 1 },
      { zone_id: ZONE, type: "NS", name: "labs", content: "ns1.example.net", ttl: 1 },
      { zone_id: ZONE, type: "NS", name: "_acme", content: "ns1.example.net", ttl: 1 },
      { zone_id: ZONE, type: "MX", name: "@", content: "mx.example.net", priority: 10, ttl: 1 },
      { zone_id: ZONE, type: "MX", name: "mail", content: "mx.example.net", priority: 20, ttl: 1 },
      { zone_id: ZONE, type: "CAA", name: "@", data: { flags: 0, tag: "issue", value: "letsencrypt.org" }, ttl: 1 },
      {
        zone_id: ZONE,
        type: "SRV",
        name: "_sip._tcp",
        data: { port: 5060, priority: 1, target: "sip.example.net", weight: 1 },
        ttl: 1,
      },
      {
        zone_id: ZONE,
        type: "SRV",
        name: "_imaps._tcp",
        data: { port: 993, priority: 1, target: "mx.example.net", weight: 1 },
        ttl: 1,
      },
      {
        zone_id: ZONE,
        type: "TLSA",
        name: "_25._tcp.mail",
        data: { usage: 3, selector: 1, matching_type: 1, certificate: "ab" },
        ttl: 1,
      },
      { zone_id: ZONE, type: "SSHFP", name: "bastion", data: { algorithm: 4, type: 2, fingerprint: "ab" }, ttl: 1 },
      {
        zone_id: ZONE,
        type: "DS",
        name: "labs",
        data: { key_tag: 1, algorithm: 13, digest_type: 2, digest: "ab" },
        ttl: 1,
      },
      { zone_id: ZONE, type: "PTR", name: "x", content: "host.example.net", ttl: 1 },
      { zone_id: ZONE, type: "CNAME", name: "static", content: "static.example.net", proxied: true, ttl: 1 },
      { zone_id: ZONE, type: "A", name: "status", content: "198.51.100.9", proxied: true, ttl: 1 },
    ],
    "no host of the policy is published by it",
  ),
  ...each(
    RECORD,
    [
      { zone_id: OTHER_ZONE, type: "A", name: "@", content: "198.51.100.9", proxied: false, ttl: 1 },
      { zone_id: OTHER_ZONE, type: "CNAME", name: "www", content: "example.net", proxied: true, ttl: 1 },
    ],
    "it is of another zone",
  ),
  ...each(
    RECORD,
    [
      { zone_id: ZONE, type: "CNAME", name: "docs", content: "docs.example.net", proxied: false, ttl: 1 },
      { zone_id: ZONE, type: "A", name: "vpn", content: "198.51.100.9", proxied: false, ttl: 1 },
    ],
    "its target is no origin, which only people know",
  ).map((edit): Edit => ({ ...edit, question: "target" })),
];

const CUSTOM = "http_request_firewall_custom";

const RULES: readonly Edit[] = [
  ...[
    'ip.geoip.country eq "KP"',
    'ip.src.country in {"KP" "XX"}',
    'http.user_agent contains "sqlmap"',
    'http.user_agent contains "Bot" and not cf.client.bot',
    'http.request.uri.path contains "/wp-login.php"',
    'starts_with(http.request.uri.path, "/.git")',
    'http.request.uri.path eq "/admin" and not ip.src in {203.0.113.0/24}',
    'http.request.method in {"TRACE" "CONNECT"}',
    "ip.src in {198.51.100.0/24}",
    "ip.src.asnum in {64496 64511}",
    'http.host eq "old.example.com"',
    'http.referer contains "spam.example.net"',
    "cf.threat_score gt 40",
    "cf.bot_management.score lt 10 and not cf.bot_management.verified_bot",
    'ssl and http.request.version in {"HTTP/1.0"}',
  ].flatMap((expression) => [
    inPhase(CUSTOM, "first", rule(expression, "block"), "a block opens nothing, and Meta passes"),
    inPhase(CUSTOM, "last", rule(expression, "managed_challenge"), "a challenge opens nothing"),
  ]),
  ...["log", "js_challenge", "challenge"].map((action) =>
    inPhase(CUSTOM, "last", rule('http.request.uri.path eq "/login"', action), "it opens nothing"),
  ),
  inPhase(
    CUSTOM,
    "first",
    rule("true", "skip", { enabled: false, action_parameters: { ruleset: "current" } }),
    "it is off",
  ),
  inPhase(
    "http_request_dynamic_redirect",
    "last",
    rule('http.host eq "www.example.com" and cf.edge.server_port eq 443', "redirect", {
      action_parameters: {
        from_value: {
          status_code: 301,
          preserve_query_string: true,
          target_url: { expression: 'wildcard_replace(http.request.full_uri, "https://www.*", "https://$${1}")' },
        },
      },
    }),
    "the dashboard's own redirect of www",
  ),
  asking(
    "condition",
    inPhase(
      "http_request_dynamic_redirect",
      "last",
      rule('http.request.full_uri wildcard r"https://www.*"', "redirect", {
        action_parameters: {
          from_value: {
            status_code: 301,
            preserve_query_string: true,
            target_url: { expression: 'wildcard_replace(http.request.full_uri, r"https://www.*", r"https://$${1}")' },
          },
        },
      }),
      "the dashboard's own redirect of www",
    ),
  ),
  inPhase(
    "http_request_dynamic_redirect",
    "last",
    rule('http.request.uri.path eq "/old" and cf.edge.server_port eq 443', "redirect", {
      action_parameters: { from_value: { status_code: 301, target_url: { value: "https://app.example.com/new" } } },
    }),
    "it redirects one path",
  ),
  inPhase(
    "http_request_late_transform",
    "last",
    rule("true", "rewrite", {
      action_parameters: {
        headers: { "X-Request-Start": { operation: "set", expression: "to_string(http.request.timestamp.sec)" } },
      },
    }),
    "it sets another header",
  ),
];

const ruleset = (phase: string, ...rules: readonly JsonTree[]): Edit =>
  add(
    RULESET,
    { zone_id: ZONE, kind: "zone", name: "other", phase, rules },
    "its phase changes neither who reaches what nor HTTPS",
  );

const PHASES: readonly Edit[] = [
  ruleset(
    "http_request_cache_settings",
    rule('starts_with(http.request.uri.path, "/static/")', "set_cache_settings", {
      action_parameters: { cache: true },
    }),
  ),
  ruleset(
    "http_ratelimit",
    rule('http.request.uri.path eq "/login"', "block", {
      ratelimit: {
        characteristics: ["ip.src", "cf.colo.id"],
        period: 60,
        requests_per_period: 5,
        mitigation_timeout: 60,
      },
    }),
  ),
  ruleset(
    "http_request_firewall_managed",
    rule("true", "execute", { action_parameters: { id: "efb7b8c949ac4650a09736fc376e9aee" } }),
  ),
  ruleset(
    "http_response_compression",
    rule("true", "compress_response", { action_parameters: { algorithms: [{ name: "brotli" }] } }),
  ),
  ruleset(
    "http_custom_errors",
    rule("http.response.code ge 500", "serve_error", {
      action_parameters: { content: "x", content_type: "text/html" },
    }),
  ),
  ruleset("http_config_settings", rule("true", "set_config", { action_parameters: { polish: "lossless" } })),
  ruleset(
    "http_response_headers_transform",
    rule("true", "rewrite", {
      action_parameters: { headers: { "X-Frame-Options": { operation: "set", value: "DENY" } } },
    }),
  ),
  ruleset(
    "http_response_headers_transform",
    rule("true", "rewrite", {
      action_parameters: { headers: { "Permissions-Policy": { operation: "set", value: "camera=()" } } },
    }),
  ),
  ruleset(
    "http_log_custom_fields",
    rule("true", "log_custom_field", { action_parameters: { request_fields: [{ name: "x-request-id" }] } }),
  ),
];

const SETTINGS: readonly Edit[] = each(
  SETTING,
  [
    ["brotli", "on"],
    ["early_hints", "on"],
    ["http3", "on"],
    ["http2", "on"],
    ["0rtt", "on"],
    ["ipv6", "on"],
    ["websockets", "on"],
    ["rocket_loader", "off"],
    ["minify", { css: "on", html: "off", js: "on" }],
    ["browser_cache_ttl", 14_400],
    ["cache_level", "aggressive"],
    ["email_obfuscation", "on"],
    ["hotlink_protection", "on"],
    ["ip_geolocation", "on"],
    ["automatic_https_rewrites", "on"],
    ["opportunistic_encryption", "on"],
    ["security_level", "medium"],
    ["browser_check", "on"],
    ["challenge_ttl", 1_800],
    ["server_side_exclude", "on"],
    ["pq_keyex", "on"],
    ["always_online", "off"],
    ["polish", "lossless"],
    ["mirage", "off"],
  ].map(([setting, value]) => ({ zone_id: ZONE, setting_id: setting, value })),
  "it concerns speed, caches or pages",
);

const CLOUDFLARE: readonly Edit[] = [
  ...types("an account's product without a route or a host", {
    cloudflare_workers_kv_namespace: { account_id: ACCOUNT, title: "sessions" },
    cloudflare_workers_kv: { account_id: ACCOUNT, namespace_id: "a", key_name: "k", value: "v" },
    cloudflare_d1_database: { account_id: ACCOUNT, name: "reports" },
    cloudflare_queue: { account_id: ACCOUNT, queue_name: "events" },
    cloudflare_queue_consumer: { account_id: ACCOUNT, queue_id: "a", type: "http_pull" },
    cloudflare_r2_bucket: { account_id: ACCOUNT, name: "reports" },
    cloudflare_r2_bucket_lifecycle: { account_id: ACCOUNT, bucket_name: "reports", rules: [] },
    cloudflare_r2_bucket_cors: { account_id: ACCOUNT, bucket_name: "reports", rules: [] },
    cloudflare_r2_bucket_lock: { account_id: ACCOUNT, bucket_name: "reports", rules: [] },
    cloudflare_r2_bucket_event_notification: { account_id: ACCOUNT, bucket_name: "reports", queue_id: "a" },
    cloudflare_hyperdrive_config: { account_id: ACCOUNT, name: "x", origin: { host: "db.example.net", port: 5432 } },
    cloudflare_pages_project: { account_id: ACCOUNT, name: "docs", production_branch: "main" },
    cloudflare_stream: { account_id: ACCOUNT },
    cloudflare_image_variant: { account_id: ACCOUNT, id: "small", options: {} },
    cloudflare_calls_sfu_app: { account_id: ACCOUNT, name: "x" },
    cloudflare_ai_gateway: { account_id: ACCOUNT, id: "x" },
    cloudflare_workflow: { account_id: ACCOUNT, workflow_name: "x", class_name: "X", script_name: "x" },
    cloudflare_pipeline_stream: { account_id: ACCOUNT, name: "x" },
    cloudflare_secrets_store: { account_id: ACCOUNT, name: "x" },
    cloudflare_workers_for_platforms_dispatch_namespace: { account_id: ACCOUNT, name: "x" },
  }),
  ...types("it tells, counts or tests", {
    cloudflare_notification_policy: {
      account_id: ACCOUNT,
      name: "x",
      alert_type: "universal_ssl_event_type",
      mechanisms: {},
    },
    cloudflare_notification_policy_webhooks: { account_id: ACCOUNT, name: "x", url: "https://hooks.example.net" },
    cloudflare_logpush_job: { zone_id: ZONE, dataset: "firewall_events", destination_conf: "r2://logs" },
    cloudflare_logpull_retention: { zone_id: ZONE, flag: true },
    cloudflare_healthcheck: { zone_id: ZONE, name: "x", address: "status.example.net" },
    cloudflare_web_analytics_site: { account_id: ACCOUNT, host: "docs.example.net", auto_install: false },
    cloudflare_web_analytics_rule: { account_id: ACCOUNT, ruleset_id: "x" },
    cloudflare_observatory_scheduled_test: { zone_id: ZONE, url: "docs.example.net" },
    cloudflare_turnstile_widget: { account_id: ACCOUNT, name: "x", domains: ["docs.example.net"], mode: "managed" },
    cloudflare_magic_network_monitoring_configuration: { account_id: ACCOUNT, name: "x", default_sampling: 1 },
  }),
  ...types("it changes how fast an answer comes", {
    cloudflare_argo_smart_routing: { zone_id: ZONE, value: "on" },
    cloudflare_argo_tiered_caching: { zone_id: ZONE, value: "on" },
    cloudflare_tiered_cache: { zone_id: ZONE, value: "on" },
    cloudflare_regional_tiered_cache: { zone_id: ZONE, value: "on" },
    cloudflare_zone_cache_reserve: { zone_id: ZONE, value: "on" },
    cloudflare_zone_cache_variants: { zone_id: ZONE, value: { avif: ["image/webp"] } },
  }),
  ...types("it may stop requests, and lets none past the rules", {
    cloudflare_bot_management: { zone_id: ZONE, fight_mode: true },
    cloudflare_user_agent_blocking_rule: {
      zone_id: ZONE,
      mode: "block",
      configuration: { target: "ua", value: "BadBot/1" },
    },
    cloudflare_leaked_credential_check: { zone_id: ZONE, enabled: true },
    cloudflare_content_scanning: { zone_id: ZONE, value: "enabled" },
    cloudflare_api_shield: { zone_id: ZONE, auth_id_characteristics: [] },
    cloudflare_api_shield_operation: { zone_id: ZONE, method: "GET", host: "docs.example.com", endpoint: "/x" },
    cloudflare_schema_validation_settings: { zone_id: ZONE, validation_default_mitigation_action: "log" },
    cloudflare_page_shield_policy: {
      zone_id: ZONE,
      action: "log",
      description: "x",
      enabled: true,
      expression: "true",
      value: "x",
    },
  }),
  ...types("it adds a certificate", {
    cloudflare_certificate_pack: {
      zone_id: ZONE,
      type: "advanced",
      hosts: ["example.com"],
      validation_method: "txt",
      validity_days: 90,
    },
    cloudflare_origin_ca_certificate: { csr: "x", hostnames: ["example.com"], request_type: "origin-rsa" },
    cloudflare_authenticated_origin_pulls_settings: { zone_id: ZONE, enabled: true },
    cloudflare_total_tls: { zone_id: ZONE, enabled: true },
    cloudflare_mtls_certificate: { account_id: ACCOUNT, ca: true, certificates: "x" },
    cloudflare_client_certificate: { zone_id: ZONE, csr: "x", validity_days: 90 },
  }),
  ...types("it concerns e-mail", {
    cloudflare_email_routing_settings: { zone_id: ZONE },
    cloudflare_email_routing_rule: { zone_id: ZONE, enabled: true, actions: [], matchers: [] },
    cloudflare_email_routing_address: { account_id: ACCOUNT, email: "security@example.net" },
    cloudflare_email_security_block_sender: { account_id: ACCOUNT, pattern: "x" },
  }),
  ...types("it names no origin", {
    cloudflare_zone_dnssec: { zone_id: ZONE, status: "active" },
    cloudflare_zone_hold: { zone_id: ZONE, include_subdomains: true },
    cloudflare_registrar_domain: { account_id: ACCOUNT, domain_name: "example.com", auto_renew: true },
    cloudflare_custom_pages: {
      zone_id: ZONE,
      identifier: "500_errors",
      state: "customized",
      url: "https://docs.example.net/500",
    },
  }),
  ...types("Access for another host", {
    cloudflare_zero_trust_access_application: { account_id: ACCOUNT, domain: "wiki.example.net", type: "self_hosted" },
    cloudflare_zero_trust_access_policy: { account_id: ACCOUNT, name: "x", decision: "allow", include: [] },
    cloudflare_zero_trust_access_group: { account_id: ACCOUNT, name: "x", include: [] },
    cloudflare_zero_trust_access_identity_provider: { account_id: ACCOUNT, name: "x", type: "onetimepin", config: {} },
    cloudflare_zero_trust_access_service_token: { account_id: ACCOUNT, name: "x" },
    cloudflare_zero_trust_access_tag: { account_id: ACCOUNT, name: "x" },
    cloudflare_zero_trust_device_posture_rule: { account_id: ACCOUNT, name: "x", type: "os_version" },
    cloudflare_zero_trust_dex_test: { account_id: ACCOUNT, name: "x", enabled: true, interval: "0h30m0s", data: {} },
    cloudflare_zero_trust_dlp_custom_profile: { account_id: ACCOUNT, name: "x" },
    cloudflare_zero_trust_dns_location: { account_id: ACCOUNT, name: "x" },
  }),
  ...types("it is of another zone", {
    cloudflare_workers_route: { zone_id: OTHER_ZONE, pattern: "*", script: "x" },
    cloudflare_page_rule: { zone_id: OTHER_ZONE, target: "*", actions: {} },
    cloudflare_load_balancer: { zone_id: OTHER_ZONE, name: "x.example.net", default_pools: [], fallback_pool: "x" },
    cloudflare_zone_lockdown: { zone_id: OTHER_ZONE, urls: ["*"], configurations: [] },
  }),
  ...types("it names another host", {
    cloudflare_workers_route: { zone_id: ZONE, pattern: "status.example.com/*", script: "x" },
    cloudflare_pages_domain: { account_id: ACCOUNT, project_name: "docs", name: "docs.example.com" },
    cloudflare_workers_custom_domain: {
      account_id: ACCOUNT,
      zone_id: ZONE,
      hostname: "jobs.example.com",
      service: "x",
    },
    cloudflare_r2_custom_domain: {
      account_id: ACCOUNT,
      bucket_name: "x",
      zone_id: ZONE,
      domain: "files.example.com",
      enabled: true,
    },
  }),
];

const GITHUB: readonly Edit[] = [
  ...types("it concerns issues, pages and how a repository is described", {
    github_issue: { repository: "api", title: "x" },
    github_issue_label: { repository: "api", name: "bug", color: "ff0000" },
    github_issue_labels: { repository: "docs", label: [] },
    github_repository_milestone: { owner: "example", repository: "api", title: "v1" },
    github_repository_topics: { repository: "api", topics: ["fastapi"] },
    github_repository_autolink_reference: {
      repository: "api",
      key_prefix: "T-",
      target_url_template: "https://tickets.example.net/<num>",
    },
    github_repository_custom_property: {
      repository: "api",
      property_name: "team",
      property_type: "string",
      property_value: ["x"],
    },
    github_release: { repository: "api", tag_name: "v1" },
    github_repository_pages: { repository: "docs" },
  }),
  ...types("it sends out what happens", {
    github_repository_webhook: {
      repository: "api",
      events: ["push"],
      configuration: { url: "https://ci.example.net" },
    },
    github_organization_webhook: { events: ["member"], configuration: { url: "https://audit.example.net" } },
  }),
  ...types("it only adds conditions", {
    github_branch_protection: { repository_id: "api", pattern: "release/*", enforce_admins: true },
    github_branch_protection_v3: { repository: "api", branch: "release" },
    github_organization_block: { username: "spammer" },
  }),
  ...types("it lets people read", {
    github_repository_collaborator: { repository: "api", username: "auditor", permission: "pull" },
    github_team_repository: { team_id: "1", repository: "api", permission: "triage" },
    github_repository_deploy_key: { repository: "api", title: "x", key: "ssh-ed25519 AAAA", read_only: true },
  }),
  ...types("it gives programs a value of another name", {
    github_actions_secret: { repository: "api", secret_name: "SENTRY_DSN", value: "x" },
    github_actions_variable: { repository: "api", variable_name: "REGION", value: "eu" },
    github_actions_organization_variable: { variable_name: "REGION", visibility: "all", value: "eu" },
    github_dependabot_secret: { repository: "api", secret_name: "REGISTRY", value: "x" },
    github_codespaces_secret: { repository: "api", secret_name: "X", value: "x" },
    github_actions_environment_variable: { repository: "api", environment: "x", variable_name: "X", value: "x" },
  }),
  ...["SECURITY.md", "docs/index.md", ".editorconfig", "LICENSE", ".github/ISSUE_TEMPLATE/bug.yml"].map((file) =>
    add(
      FILE,
      { repository: "api", branch: "main", file, content: "x", overwrite_on_create: true },
      "the scan and the checks don't read it",
    ),
  ),
  ...["README.md", ".github/workflows/ci.yml", "venv.py"].map((file) =>
    add(FILE, { repository: "docs", branch: "main", file, content: "x" }, "it is of a repository that no policy names"),
  ),
];

/** Providers that make values, or keep things that don't concern the policy, and their resources. */
const PROVIDERS: readonly Edit[] = [
  ["random", "hashicorp/random", "random_id", { byte_length: 8 }] as const,
  ["random", "hashicorp/random", "random_password", { length: 32 }] as const,
  ["random", "hashicorp/random", "random_pet", {}] as const,
  ["time", "hashicorp/time", "time_static", {}] as const,
  ["time", "hashicorp/time", "time_rotating", { rotation_days: 30 }] as const,
  ["tls", "hashicorp/tls", "tls_private_key", { algorithm: "ED25519" }] as const,
  [
    "tls",
    "hashicorp/tls",
    "tls_self_signed_cert",
    { allowed_uses: [], private_key_pem: "x", validity_period_hours: 1 },
  ] as const,
  ["aws", "hashicorp/aws", "aws_s3_bucket", { bucket: "state" }] as const,
  ["aws", "hashicorp/aws", "aws_s3_bucket_versioning", { bucket: "state", versioning_configuration: {} }] as const,
  ["aws", "hashicorp/aws", "aws_dynamodb_table", { name: "locks" }] as const,
].map(([name, source, type, body]) => ({
  what: `add ${type} of ${source}`,
  why: "it makes values, or keeps the state",
  change: (folder) => {
    const stack = stackIn(folder).json as {
      terraform: { required_providers: JsonTree };
      resource: Record<string, JsonTree>;
    };
    stack.terraform.required_providers[name] = { source, version: "1.2.3" };
    stack.resource[type] = { ...stack.resource[type], Other: { ...body } };
  },
}));

const ofSetting = (id: string) => (body: JsonTree) => body["setting_id"] === id;

/** Terraform's own words, in a use that changes nothing. */
const TERRAFORM: readonly Edit[] = [
  on(RULESET, always, { lifecycle: { prevent_destroy: true } }, "it keeps the guard from being destroyed"),
  on(RECORD, always, { lifecycle: { prevent_destroy: true } }, "it keeps the record from being destroyed"),
  on(RECORD, always, { lifecycle: { create_before_destroy: true } }, "it only orders a replacement"),
  on(SETTING, ofSetting("ssl"), { lifecycle: { prevent_destroy: true } }, "it keeps the setting from being destroyed"),
  add(
    "github_issue_label",
    { repository: "api", name: "bug", color: "ff0000", lifecycle: { ignore_changes: ["description"] } },
    "a label's text may change",
  ),
  on(SETTING, ofSetting("ssl"), { timeouts: { create: "5m" } }, "it only waits longer"),
  asking(
    "repeat",
    add(
      RECORD,
      { for_each: { a: "_a", b: "_b" }, zone_id: ZONE, type: "TXT", name: "${each.value}", content: "x", ttl: 1 },
      "it repeats a harmless record over literals",
    ),
  ),
  add(
    "github_issue_label",
    { for_each: { bug: "ff0000", docs: "00ff00" }, repository: "api", name: "${each.key}", color: "${each.value}" },
    "it repeats a label over literals",
  ),
  add("cloudflare_r2_bucket", { count: 2, account_id: ACCOUNT, name: "reports-${count.index}" }, "it repeats a bucket"),
  top("output", { region: { value: "eu" } }, "an output shows a constant"),
  top("output", { zone: { value: ZONE } }, "an output shows an id"),
  top(
    "output",
    { record: { value: "${cloudflare_dns_record.Edge_Record-appexamplecom_55F61B64.id}" } },
    "an output shows an id",
  ),
  top("variable", { region: { type: "string", default: "eu" } }, "a variable that nothing uses"),
  top("locals", { region: "eu" }, "a local that nothing uses"),
  ...(
    [
      { github_user: { Other: { username: "x" } } },
      { github_team: { Other: { slug: "docs" } } },
      { github_repository: { Other: { full_name: "example/docs" } } },
      { github_ip_ranges: { Other: {} } },
      { cloudflare_ip_ranges: { Other: {} } },
      { cloudflare_zone: { Other: { zone_id: ZONE } } },
      { cloudflare_zones: { Other: { name: "example.com" } } },
      { cloudflare_dns_records: { Other: { zone_id: ZONE } } },
      { cloudflare_account: { Other: { account_id: ACCOUNT } } },
    ] as const
  ).map((data) => top("data", data, "it only reads")),
  json("keep the state in a bucket", "only credentials lead to it", (stack) => {
    (stack["terraform"] as JsonTree)["backend"] = {
      s3: { bucket: "state", key: "security/production.tfstate", region: "eu-central-1", use_lockfile: true },
    };
  }),
  top("variable", { token: { type: "string", sensitive: true } }, "a secret that nothing uses"),
  json("check the form of the edge's secret", "Terraform shows nothing of a condition", (stack) => {
    stack["check"] = {
      form: { assert: [{ condition: `\${length(${SECRET}) > 31}`, error_message: "the secret is too short" }] },
    };
  }),
  top(
    "output",
    { repository: { value: "${data.github_repository.Scans_api_Existing_Data_C3200945.full_name}" } },
    "an output shows what is read of a repository",
  ),
  json("ask for a version of Terraform", "it only refuses older ones", (stack) => {
    (stack["terraform"] as JsonTree)["required_version"] = ">= 1.10.0";
  }),
  json("check an answer", "it only reads, and warns", (stack) => {
    stack["check"] = { health: { assert: [{ condition: "${true}", error_message: "x" }] } };
  }),
  json("import a record of the same zone", "the object is the one that is meant", (stack) => {
    stack["import"] = [
      { to: "cloudflare_dns_record.Edge_Record-appexamplecom_55F61B64", id: `${ZONE}/${"a".repeat(32)}` },
    ];
  }),
  json("rename a label", "nothing is replaced by it", (stack) => {
    const label = { repository: "api", name: "bug", color: "ff0000" };
    merge(stack, { resource: { github_issue_label: { new: label } } });
    stack["moved"] = [{ from: "github_issue_label.old", to: "github_issue_label.new" }];
  }),
  json("drop a label from the state", "a label opens nothing", (stack) => {
    stack["removed"] = [{ from: "github_issue_label.old", lifecycle: { destroy: false } }];
  }),
  ...["dev", "staging"].map((name): Edit => ({
    what: `add a bucket to ${name}`,
    why: "an account's product without a route",
    change: (folder) => {
      const { resource } = stackIn(folder, name).json as { resource: Record<string, JsonTree> };
      resource["cloudflare_r2_bucket"] = { Other: { account_id: ACCOUNT, name: "reports" } };
    },
  })),
];

/** Edits that open and disable nothing, each with the reason. */
export const HARMLESS_EDITS: Readonly<Record<string, readonly Edit[]>> = {
  records: RECORDS,
  rules: RULES,
  phases: PHASES,
  settings: SETTINGS,
  cloudflare: CLOUDFLARE,
  github: GITHUB,
  providers: PROVIDERS,
  "generated values": HARMLESS_GENERATED,
  terraform: TERRAFORM,
  forms: HARMLESS_FORMS,
};
