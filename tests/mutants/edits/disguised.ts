import type { JsonTree } from "../folder";
import { bodiesIn } from "../kind";
import {
  ACCOUNT,
  add,
  always,
  each,
  type Edit,
  FILE,
  json,
  merge,
  on,
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

const GATE = "github_repository_ruleset";

const ofPhase = (phase: string) => (body: JsonTree) => body["phase"] === phase;
const ofSetting = (id: string) => (body: JsonTree) => body["setting_id"] === id;

/** Changes the first resource of a type. */
const change = (type: string, what: string, why: string, edit: (body: JsonTree) => void): Edit => ({
  what: `${what} of a ${type}`,
  why,
  change: (folder) =>
    bodiesIn(stackIn(folder), type)
      .slice(0, 1)
      .forEach(({ body }) => edit(body)),
});

/** Attributes that change a resource whose others are as they should be. */
const ATTRIBUTES: readonly Edit[] = [
  ...["http_request_firewall_custom", "http_request_late_transform", "http_request_dynamic_redirect"].map(
    (phase): Edit => ({
      ...on(RULESET, ofPhase(phase), { account_id: ACCOUNT }, "the zone's rules become a ruleset of the account"),
      what: `name an account for the rules of ${phase}`,
    }),
  ),
  on(RECORD, always, { data: { target: "other.example.edu" } }, "the record may lead to its other target"),
  on(RECORD, always, { private_routing: true }, "the record leads into a private network"),
  on(SETTING, ofSetting("ssl"), { enabled: false }, "the setting may be off"),
  on("cloudflare_url_normalization_settings", always, { enabled: false }, "the setting may be off"),
  on(GATE, always, { ruleset_id: 1 }, "the ruleset may be another one"),
  on("github_repository_vulnerability_alerts", always, { id: "other" }, "the alerts may be of another repository"),
];

/** Blocks that Terraform reads in another way than they look. */
const BLOCKS: readonly Edit[] = [
  change(GATE, "put an actor in a list within the list", "anybody with a role gets past the check", (body) => {
    const actor = { actor_id: 5, actor_type: "RepositoryRole", bypass_mode: "always" };
    body["bypass_actors"] = [[actor], ...(body["bypass_actors"] as unknown[])];
  }),
  change(GATE, "make actors by a dynamic block in a block", "others get past the check", (body) => {
    body["rules"] = { ...(body["rules"] as JsonTree), dynamic: { pull_request: { for_each: [1], content: {} } } };
  }),
  change(GATE, "make the branches by a dynamic block", "the check isn't for the default branch", (body) => {
    const content = { include: [], exclude: ["~ALL"] };
    body["conditions"] = { ...(body["conditions"] as JsonTree), dynamic: { ref_name: { for_each: [1], content } } };
  }),
  change(GATE, "hide the rules in a comment", "Terraform leaves comments out", (body) => {
    body["rules"] = { ...(body["rules"] as JsonTree), "//": { non_fast_forward: true } };
  }),
  change(
    RECORD,
    "order a record by a comment in its precondition",
    "the host may be public before its edge",
    (body) => {
      const refs = body["depends_on"] as readonly string[];
      delete body["depends_on"];
      body["lifecycle"] = {
        precondition: [{ "//": refs.map((ref) => `\${${ref}.id}`), condition: "${true}", error_message: "x" }],
      };
    },
  ),
  json("order a name's end by a comment", "the name goes off before the host has its record", (stack) => {
    const appliers = (stack["resource"] as { null_resource: Named }).null_resource;
    const ingress = appliers[Object.keys(appliers).find((name) => name.startsWith("Ingress")) ?? ""] ?? {};
    const [ref = ""] = ingress["depends_on"] as readonly string[];
    delete ingress["depends_on"];
    ingress["lifecycle"] = { precondition: [{ "//": `\${${ref}.id}`, condition: "${true}", error_message: "x" }] };
  }),
];

type Named = Readonly<Record<string, JsonTree>>;

/** Things that somebody else answers for. */
const ELSEWHERE: readonly Edit[] = [
  ...["cloudregistry.terraform.io/flare/cloudflare", "hashiregistry.terraform.io/corp/null"].map((source) =>
    json(`take a provider from ${source}`, "another registry gives out another program", (stack) => {
      const { required_providers: required } = stack["terraform"] as { required_providers: Named };
      (required[source.endsWith("null") ? "null" : "cloudflare"] as JsonTree)["source"] = source;
    }),
  ),
  json("ask another owner for the team of reviewers", "other people approve changes of the check", (stack) => {
    (stack["provider"] as JsonTree)["github"] = [{ owner: "example" }, { alias: "other", owner: "other" }];
    const { github_team: teams } = stack["data"] as { github_team: Named };
    for (const team of Object.values(teams)) team["provider"] = "github.other";
  }),
];

const backendOf = (name: string, backend: JsonTree): Edit => ({
  what: `keep the state of ${name} in ${JSON.stringify(backend)}`,
  why: "",
  change: (folder) => {
    (stackIn(folder, name).json["terraform"] as JsonTree)["backend"] = backend;
  },
});

const DESTROYS = "an apply of dev destroys what production has";
const s3 = (members: JsonTree): JsonTree => ({ s3: { bucket: "state", region: "eu-central-1", ...members } });
const gitlab = (project: string): JsonTree => ({
  http: { address: `https://gitlab.com/api/v4/projects/${project}/terraform/state/all` },
});

/** States that two stacks share. */
const STATES: readonly Edit[] = [
  ...["../../../terraform.production.tfstate", "../../../x/../terraform.PRODUCTION.tfstate"].map((path) => ({
    ...backendOf("dev", { local: { path } }),
    why: DESTROYS,
  })),
  ...["/srv/project/terraform.production.tfstate"].map((path) => ({
    ...backendOf("dev", { local: { path } }),
    why: DESTROYS,
  })),
  ...(
    [
      [s3({ key: "all.tfstate" }), s3({ key: "all.tfstate", use_lockfile: true })],
      [gitlab("1"), gitlab("example%2Finfrastructure")],
      [{ pg: {} }, { pg: { schema_name: "terraform_remote_state" } }],
    ] as const
  ).map(([one, other]) => together("share a state", DESTROYS, backendOf("dev", one), backendOf("production", other))),
];

/** A check of the edge's secret. */
const asking = (name: string, condition: string, why: string): Edit =>
  json(`check ${condition}`, why, (stack) =>
    merge(stack, { check: { [name]: { assert: [{ condition: `\${${condition}}`, error_message: "x" }] } } }),
  );

const LOUD: readonly string[] = [
  `cidrhost(${SECRET}, 0) != ""`,
  `regex("(\${${SECRET}}", "") != ""`,
  `try(timeadd(${SECRET}, "1h")) != ""`,
  `can(${SECRET}) && cidrhost(${SECRET}, 0) != ""`,
  `length({ for each in [${SECRET}, ${SECRET}] : each => 1 }) == 1`,
];

/** Ways in which Terraform tells a secret by how it fails. */
const FAILURES: readonly Edit[] = [
  ...LOUD.map((condition) => asking("loud", condition, "Terraform's message quotes the secret")),
  ...LOUD.map((text) => top("locals", { loud: `\${${text}}` }, "Terraform's message quotes the secret")),
  json("ask for each bit of the secret", "each check that fails tells a bit", (stack) => {
    const bits = Array.from({ length: 256 }, (_, bit) => {
      const digit = `parseint(substr(${SECRET}, ${Math.floor(bit / 4)}, 1), 16)`;
      const condition = `\${floor(${digit} / ${2 ** (bit % 4)}) % 2 == 0}`;
      return [`bit${bit}`, { assert: [{ condition, error_message: "x" }] }] as const;
    });
    merge(stack, { check: Object.fromEntries(bits) });
  }),
  json("ask for each sign of the secret by a count", "each resource that fails tells of a sign", (stack) => {
    const condition = `\${startswith(substr(${SECRET}, count.index, 1), "a")}`;
    const lifecycle = { precondition: [{ condition, error_message: "x" }] };
    const required_providers = { random: { source: "hashicorp/random", version: "3.7.2" } };
    merge(stack, {
      terraform: { required_providers },
      resource: { random_id: { Bits: { count: 64, byte_length: 1, lifecycle } } },
    });
  }),
];

/** Records of names that no host has, which lead to a host all the same. */
const RECORDS: readonly Edit[] = each(
  RECORD,
  [
    { type: "HTTPS", name: "_8443._https.app", content: "1 other.example.edu port=8443" },
    { type: "HTTPS", name: "_8443._https.app", content: "1 other.example.edu port=8443", proxied: true },
    { type: "HTTPS", name: "_8443._https.app", data: { priority: 1, target: "other.example.edu" } },
    { type: "SVCB", name: "_8443._https.app", content: "1 other.example.edu port=8443" },
    { type: "URI", name: "_https._tcp.app", content: '10 1 "https://other.example.edu"' },
    { type: "CNAME", name: "_x", content: "example-production.onrender.com.." },
    { type: "CNAME", name: "_x", content: " example-production.onrender.com" },
    { type: "\u017Frv", name: "app", content: "1 2 3 other.example.edu" },
  ].map((body) => ({ zone_id: ZONE, ttl: 1, ...body })),
  "it tells clients of a host another server or another port",
);

const REDIRECT = "http_request_dynamic_redirect";

const responses = (expression: string, headers: JsonTree, why: string): Edit =>
  add(
    RULESET,
    {
      ...{ zone_id: ZONE, kind: "zone", name: "other", phase: "http_response_headers_transform" },
      rules: [rule(expression, "rewrite", { action_parameters: { headers } })],
    },
    why,
  );

/** Changes the parameters of the first rule of a phase. */
const parameters = (phase: string, what: string, why: string, edit: (told: JsonTree) => void): Edit =>
  json(`${what} in ${phase}`, why, (stack) => {
    const rulesets = bodiesIn({ json: stack }, RULESET).filter(({ body }) => body["phase"] === phase);
    const rules = rulesets.flatMap(({ body }) => body["rules"] as readonly JsonTree[]);
    edit((rules[0]?.["action_parameters"] ?? {}) as JsonTree);
  });

const away = { operation: "set", value: "https://other.example.edu/" };

/** Rules that do two things, or change what another rule answers. */
const ANSWERS: readonly Edit[] = [
  ...["Location", "LOCATION"].map((name) =>
    responses("true", { [name]: away }, "the redirect from port 80 may lead elsewhere"),
  ),
  responses("not ssl", { Location: away }, "the redirect from port 80 may lead elsewhere"),
  ...[
    ["http_request_cache_settings", "route", { origin: { host: "other.example.edu" } }],
    ["http_config_settings", "rewrite", { uri: { path: { value: "/webhooks/meta" } } }],
    ["http_request_origin", "set_config", { ssl: "off" }],
    ["http_request_transform", "route", { origin: { host: "other.example.edu" } }],
    ["http_log_custom_fields", "skip", { ruleset: "current" }],
  ].map(([phase, action, told]) =>
    add(
      RULESET,
      {
        ...{ zone_id: ZONE, kind: "zone", name: "other", phase },
        rules: [rule("true", String(action), { action_parameters: told })],
      },
      "it is unknown what an action does in another phase than its own",
    ),
  ),
  parameters(REDIRECT, "redirect by a list, too", "a list may lead elsewhere", (told) => {
    told["from_list"] = { name: "other", key: "http.request.full_uri" };
  }),
  ...[200, 304, 310, 999].map((status) =>
    parameters(REDIRECT, `answer ${status}`, "it is no redirect", (told) => {
      (told["from_value"] as JsonTree)["status_code"] = status;
    }),
  ),
  parameters("http_request_late_transform", "compute the secret, too", "the origin may get another secret", (told) => {
    const { "X-Edge-Secret": secret } = told["headers"] as Named;
    if (secret !== undefined) secret["expression"] = '"other"';
  }),
];

const written = (file: string, content: string, members: JsonTree = {}): Edit =>
  add(
    FILE,
    { ...{ repository: "api", branch: "main", file, content }, ...members },
    "the scan, or its check, is disturbed",
  );

/** Files that take the place of others, and commits that nothing scans. */
const COMMITS: readonly Edit[] = [
  ...[".github/dependabot.yml/README.md", ".github/workflows/snyk.yml/README.md", "package.json/README.md"].map(
    (file) => written(file, "x"),
  ),
  ...["requirements.txt/LICENSE", ".snyk/README.md"].map((file) => written(file, "x")),
  written(
    ".github/workflows/other.yml",
    "on: push\npermissions: {}\njobs:\n  a:\n    <<: {permissions: {checks: write}}\n    runs-on: ubuntu-24.04\n    steps: []\n",
  ),
  ...["[skip ci]", "docs: tell more [CI SKIP]", "[no ci] docs", "[skip actions]", "docs\n\nskip-checks: true"].map(
    (message) => written("README.md", "x", { commit_message: message }),
  ),
  change(FILE, "leave the message to the apply", "it may keep the scan from running", (body) => {
    body["commit_message"] = "${var.message}";
  }),
];

export const DISGUISED: Readonly<Record<string, readonly Edit[]>> = {
  attributes: ATTRIBUTES,
  blocks: BLOCKS,
  "what others answer for": ELSEWHERE,
  "shared states": STATES,
  "failures that tell a secret": FAILURES,
  "names that no host has": RECORDS,
  "answers of other rules": ANSWERS,
  "commits that disturb the scan": COMMITS,
};

/** Edits near these that open and disable nothing. */
export const HARMLESS_FORMS: readonly Edit[] = [
  responses("ssl", { Location: away }, "it changes answers on 443 alone"),
  responses("true", { "X-Location": away }, "it is another header"),
  ...[302, "301", 308, null].map((status) =>
    parameters(REDIRECT, `redirect with ${JSON.stringify(status)}`, "it is a redirect all the same", (told) => {
      (told["from_value"] as JsonTree)["status_code"] = status;
    }),
  ),
  written("README.md", "x", { commit_message: "docs: tell how to skip ci" }),
  written("docs/guides/README.md", "x"),
  on(
    RECORD,
    always,
    { comment: "the web service", tags: ["owner:web"], settings: { flatten_cname: false } },
    "it tells people",
  ),
  on(RECORD, always, { data: null, priority: null }, "null is as good as not given"),
  on(RULESET, always, { account_id: null, description: "the edge" }, "null is as good as not given"),
  on(GATE, always, { timeouts: {} }, "it only waits longer"),
  change(GATE, "ask for a linear history", "it only adds a condition", (body) => {
    body["rules"] = { ...(body["rules"] as JsonTree), required_linear_history: true, deletion: true };
  }),
  change(GATE, "write blocks in lists", "Terraform takes one block in a list for the block", (body) => {
    body["rules"] = [body["rules"]];
    body["conditions"] = [body["conditions"]];
  }),
  json("name the registry", "it is the one that Terraform takes by itself", (stack) => {
    const { required_providers: required } = stack["terraform"] as { required_providers: Named };
    for (const [name, source] of Object.entries({ cloudflare: "cloudflare/cloudflare", null: "hashicorp/null" }))
      (required[name] as JsonTree)["source"] = `registry.terraform.io/${source}`;
  }),
  together(
    "keep each state in one bucket",
    "each has its key",
    backendOf("dev", s3({ key: "dev.tfstate" })),
    backendOf("staging", s3({ key: "staging.tfstate" })),
    backendOf("production", s3({ key: "production.tfstate" })),
  ),
  asking("form", `can(regex("^[0-9a-f]{64}$", ${SECRET}))`, "an error is caught, and one bit is told"),
  asking("other", `${SECRET} != "change-me"`, "one bit is told"),
  add(
    RECORD,
    { zone_id: ZONE, type: "SRV", name: "_imaps._tcp.app", data: { port: 993, target: "mx.example.net" }, ttl: 1 },
    "it is of mail",
  ),
  add(
    RECORD,
    { zone_id: ZONE, type: "AAAA", name: "_probe.app", content: "2001:db8::7", proxied: false, ttl: 1 },
    "no client asks for this name",
  ),
];
