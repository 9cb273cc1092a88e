import { Accept } from "../../../policy/accept";
import { coherenceProblems } from "../../../policy/coherence";
import type { Environment } from "../../../policy/environment";
import { STATEMENT_IDS, type StatementId } from "../../../policy/statements";
import { unknownAbout } from "../../../verification/statements/unknowns";
import { resultsOf } from "../../../verification/statements/results";
import { reportOf } from "../../../verification/answers/verify";
import { ACCOUNT_ID, anEnvironment, ZONE_ID } from "../../support/environments";
import { aRepository } from "../../support/repositories";
import {
  adding,
  all,
  bodyOf,
  giving,
  HOST,
  PROVIDERS,
  rulesOf,
  type ShopChange,
  shopScene,
  type Tree,
} from "../../support/shop";

const environments = [
  anEnvironment({ repositories: [aRepository("example/api")], infrastructure: "example/infrastructure" }),
];
const OTHER_ID = "ffffffffffffffffffffffffffffffff";

const EDGE = ["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"] as const;
const OF_CLOUDFLARE = [...EDGE, "PORTS-3", "PORTS-4", "WORK-2"] as const;
const CODE = ["PEN-1", "PEN-2", "SCAN-1", "SCAN-2", "SCAN-3", "SCAN-4"] as const;
const APPLIED = ["PORTS-3", "PORTS-4", "WEB-1", "DB-1", "WORK-1", "WORK-2"] as const;

/** The statements that something unknown bears on, in their order, with where and why. */
function unknownIn(change: ShopChange): Readonly<Partial<Record<StatementId, readonly string[]>>> {
  const scene = shopScene(change, environments);
  return Object.fromEntries(
    STATEMENT_IDS.map((id) => [
      id,
      unknownAbout(id, scene).map(({ reason, place }) => `${place?.stack ?? ""}#${place?.pointer ?? ""} ${reason}`),
    ]).filter(([, unknowns]) => (unknowns ?? []).length > 0),
  ) as Partial<Record<StatementId, readonly string[]>>;
}

const ids = (change: ShopChange) => Object.keys(unknownIn(change)).sort();
const sorted = (...statements: readonly string[]) => [...statements].sort();
const resource = (type: string, body: Tree = {}) => adding(type, body);
const RULESET = "cloudflare_ruleset";
const LATE = `${RULESET}.late`;

test("nothing is unknown in the shop", () => {
  expect(unknownIn(() => undefined)).toEqual({});
});

describe("a resource of an unknown type", () => {
  test.each<[string, Tree, readonly string[]]>([
    ["cloudflare_page_rule", { zone_id: ZONE_ID }, EDGE],
    ["cloudflare_workers_route", { zone_id: "${var.zone}" }, EDGE],
    ["cloudflare_access_rule", { account_id: ACCOUNT_ID }, EDGE],
    ["cloudflare_access_rule", { zone_id: ZONE_ID, mode: "block" }, ["HOOK-1"]],
    ["cloudflare_of_a_later_version", { zone_id: ZONE_ID }, [...EDGE, "PORTS-3", "PORTS-4", "WORK-2"]],
    ["cloudflare_account_member", { account_id: ACCOUNT_ID }, [...EDGE, "PORTS-3", "PORTS-4", "WORK-2"]],
    ["cloudflare_zero_trust_tunnel_cloudflared", {}, [...EDGE, "WORK-2"]],
    ["cloudflare_list_item", { account_id: "${var.account}" }, EDGE],
    ["github_branch_default", { repository: "api" }, CODE],
    ["github_repository_collaborator", { repository: "api", permission: "push" }, CODE],
    ["github_repository_collaborator", { repository: "api", permission: "${var.right}" }, CODE],
    ["github_repository_deploy_key", { repository: "api", read_only: false }, CODE],
    ["github_actions_secret", { repository: "api", secret_name: "snyk_token" }, ["SCAN-1"]],
    ["github_actions_secret", { repository: "api", secret_name: "${var.name}" }, ["SCAN-1"]],
    ["github_actions_repository_permissions", { repository: "api" }, CODE],
    ["github_actions_repository_permissions", { repository: "API" }, CODE],
    ["github_actions_organization_permissions", {}, CODE],
    ["supabase_settings", {}, ["PORTS-3", "DB-1"]],
    ["render_web_service", {}, ["PORTS-4", "WEB-1", "WORK-1"]],
    ["null_thing", {}, APPLIED],
  ])("%s makes undecided what it could influence, where it stands", (type, body, statements) => {
    const unknowns = unknownIn(resource(type, body));
    expect(Object.keys(unknowns).sort()).toEqual(sorted(...statements));
    const [unknown, ...others] = new Set(Object.values(unknowns).flat());
    expect(others).toEqual([]);
    expect(unknown).toMatch(new RegExp(`^shop#/resource/${type}/added what a ${type} does isn't modelled: [a-z]`));
  });

  test("may be of any repository, also of the one that deploys the app, where it has no plain name", () => {
    expect(ids(resource("github_actions_repository_permissions", { repository: "other/api2" }))).toEqual(
      sorted(...STATEMENT_IDS),
    );
  });

  test.each<[string, Tree]>([
    ["cloudflare_page_rule", { zone_id: OTHER_ID }],
    ["cloudflare_access_rule", { account_id: OTHER_ID }],
    ["github_actions_repository_permissions", { repository: "other" }],
    ["github_actions_repository_permissions", { repository: "api2" }],
  ])("%s of another zone, account or repository doesn't count", (type, body) => {
    expect(unknownIn(resource(type, body))).toEqual({});
  });

  test.each<[string, Tree]>([
    ["cloudflare_page_rule", { zone_id: ZONE_ID.toUpperCase() }],
    ["cloudflare_page_rule", { zone_id: null, account_id: null }],
    ["github_branch_default", { repository: null }],
  ])("%s that names nothing else counts", (type, body) => {
    expect(ids(resource(type, body))).not.toEqual([]);
  });

  test("is unknown by its place in another stack", () => {
    const change: ShopChange = ({ others }) => {
      others["second"] = { resource: { "cloudflare_page~/rule": { x: { zone_id: ZONE_ID } } } };
    };
    expect(unknownIn(change)["HOOK-1"]).toContain(
      "second#/resource/cloudflare_page~0~1rule/x what a cloudflare_page~/rule does isn't modelled: " +
        "no list of its provider's types has it",
    );
  });
});

/** Ways to write an id that the proof does not evaluate, and that Terraform or the platform may take for the shop's own. */
const HIDDEN = (id: string): readonly unknown[] => [
  `%{ if true }${id}%{ endif }`,
  Number("1".repeat(32)),
  `${id}/`,
  ` ${id}`,
  [id],
];

describe("an id that isn't known before the apply", () => {
  const zones = HIDDEN(ZONE_ID);

  test.each<[string, Tree]>([
    ["cloudflare_workers_route", { pattern: "*/*", script: "other" }],
    ["cloudflare_spectrum_application", { protocol: "tcp/5432" }],
    ["cloudflare_dns_record", { name: "direct", type: "A", content: "192.0.2.1", proxied: false }],
    ["cloudflare_zone_setting", { setting_id: "ssl", value: "off" }],
    [RULESET, { kind: "zone", phase: "http_request_origin", rules: [] }],
  ])("may be the shop's zone's: %s", (type, body) => {
    for (const zone_id of zones) {
      expect(unknownIn(resource(type, { ...body, zone_id }))["PORTS-1"]).toHaveLength(1);
    }
  });

  test.each(HIDDEN(ACCOUNT_ID))("may be the shop's account's: %j", (account_id) => {
    const change = resource(RULESET, { account_id, kind: "root", phase: "http_request_firewall_custom", rules: [] });
    expect(ids(change)).toEqual(sorted(...EDGE));
    expect(ids(resource("cloudflare_access_rule", { account_id }))).toEqual(sorted(...EDGE));
  });
});

describe("a resource of a provider that isn't known", () => {
  const types = ["kubernetes_job", "constructor", "__proto__", "toString", "cloudflares_list"];

  test.each(types)("may do anything: %s", (type) => {
    const change: ShopChange = ({ json }) => {
      // An own member of any name.
      Object.defineProperty(json.resource, type, { value: { x: {} }, enumerable: true });
    };
    expect(Object.keys(unknownIn(change))).toHaveLength(STATEMENT_IDS.length);
    expect(unknownIn(change)["SCAN-1"]?.join()).toContain("belongs to an unknown provider, which may do anything");
  });

  test("is unknown also where a provider that is known has no such type", () => {
    expect(ids(resource("aws_lambda_invocation"))).toEqual(sorted(...STATEMENT_IDS));
    expect(ids(resource("aws_s3_bucket", { bucket: "state", policy: "public" }))).toEqual(sorted(...STATEMENT_IDS));
  });
});

describe("a resource of a provider whose resources open nothing", () => {
  test.each(["random_password", "time_sleep", "tls_private_key", "aws_dynamodb_table"])(
    "is outside of what policies speak of: %s",
    (type) => {
      expect(unknownIn(resource(type))).toEqual({});
      expect(reportOf(shopScene(resource(type)).model, []).outside).toEqual([{ type, count: 1 }]);
    },
  );

  test("is counted by type", () => {
    const change = all(adding("time_sleep", {}, "a"), adding("time_sleep", {}, "b"), adding("random_id", {}));
    expect(reportOf(shopScene(change).model, []).outside).toEqual([
      { type: "random_id", count: 1 },
      { type: "time_sleep", count: 2 },
    ]);
  });
});

describe("a resource that opens nothing", () => {
  test.each(["cloudflare_zone_dnssec", "cloudflare_r2_bucket", "github_issue_label", "github_branch_protection"])(
    "is understood: %s",
    (type) => {
      expect(unknownIn(resource(type, { zone_id: ZONE_ID, count: 2 }))).toEqual({});
    },
  );
});

describe("a resource is understood by what it may name:", () => {
  test.each<[string, Tree]>([
    ["cloudflare_workers_route", { zone_id: ZONE_ID, pattern: "docs.example.com/*" }],
    ["cloudflare_pages_domain", { account_id: ACCOUNT_ID, name: "docs.example.com" }],
    ["github_actions_secret", { repository: "api", secret_name: "SENTRY_DSN" }],
    ["github_repository_collaborator", { repository: "api", permission: "pull" }],
    ["github_repository_deploy_key", { repository: "api", read_only: true }],
  ])("%s %j", (type, body) => {
    expect(unknownIn(resource(type, body))).toEqual({});
  });

  test.each([HOST, `*${HOST.slice(3)}`, "*/*", `https://${HOST}/x`, HOST.toUpperCase(), "${var.host}", "%61pp", "@"])(
    "not where that may be a public host: %s",
    (pattern) => {
      expect(ids(resource("cloudflare_workers_route", { zone_id: ZONE_ID, pattern }))).toEqual(sorted(...EDGE));
    },
  );

  test("what only slows requests is a note of HOOK-1", () => {
    const scene = shopScene(adding("cloudflare_bot_management", { zone_id: ZONE_ID }), environments);
    expect(STATEMENT_IDS.flatMap((id) => unknownAbout(id, scene))).toEqual([]);
    const [hook] = resultsOf(scene.model, scene.policies, ["HOOK-1"]);
    expect(hook).toMatchObject({ verdict: "proven" });
    expect(hook?.notes).toContain("cloudflare_bot_management.added may stop the sender's requests");
  });
});

describe("a resource that is understood is unknown with", () => {
  test.each<[string, Tree, string, string]>([
    ["ignore_changes", { lifecycle: { ignore_changes: ["rules"] } }, "/lifecycle", "lifecycle.ignore_changes"],
    ["ignore_changes in a list", { lifecycle: [{ ignore_changes: "all" }] }, "/lifecycle", "lifecycle.ignore_changes"],
    ["count", { count: 1 }, "/count", "count"],
    ["for_each", { for_each: { a: 1 } }, "/for_each", "for_each"],
    ["a dynamic block", { dynamic: { rules: {} } }, "/dynamic", "dynamic block"],
    ["an account beside its zone", { account_id: ACCOUNT_ID }, "/account_id", "account_id changes"],
    ["an attribute that isn't read", { other: 1 }, "/other", "other changes"],
    [
      "a provider whose name begins like its own",
      { provider: "cloudflare_other" },
      "/provider",
      "a provider of another type",
    ],
    ["another provider", { provider: "other.eu" }, "/provider", "a provider of another type"],
    ["a connection", { connection: { host: "x" } }, "/connection", "a connection"],
    ["a lifecycle of later versions", { lifecycle: [{ later: true }] }, "/lifecycle", "lifecycle"],
    ["a lifecycle that is no block", { lifecycle: "x" }, "/lifecycle", "lifecycle"],
  ])("%s", (_what, attributes, pointer, reason) => {
    const unknowns = unknownIn(giving(LATE, attributes));
    expect(Object.keys(unknowns)).toEqual(expect.arrayContaining([...EDGE]));
    expect(unknowns["WEB-1"]).toEqual([
      expect.stringMatching(new RegExp(`^shop#/resource/cloudflare_ruleset/late${pointer} .*${reason}`)),
    ]);
  });

  test.each<[string, Tree]>([
    ["a precondition", { lifecycle: { precondition: [{ condition: "${true}", error_message: "x" }] } }],
    ["prevent_destroy", { lifecycle: { prevent_destroy: true, create_before_destroy: true } }],
    ["timeouts", { timeouts: { create: "5m" } }],
    ["a description, and no account", { description: "the edge", account_id: null }],
    ["a configuration of its own provider", { provider: "cloudflare.eu" }],
    ["a dependency", { depends_on: ["cloudflare_zone_setting.ssl"] }],
  ])("nothing but %s is understood", (_what, attributes) => {
    expect(unknownIn(giving(LATE, attributes))).toEqual({});
  });

  test.each<[string, Tree, string]>([
    [
      "a ruleset of an account",
      { kind: "root", account_id: ACCOUNT_ID, zone_id: undefined },
      "a ruleset of an account",
    ],
    [
      "a ruleset of a zone that only the apply knows",
      { zone_id: "${var.zone}" },
      "only the apply knows whether the zone",
    ],
  ])("%s", (_what, attributes, reason) => {
    const change = all(
      adding(RULESET, { kind: "zone", phase: "http_request_sanitize", name: "x", zone_id: ZONE_ID, rules: [] }),
      giving(`${RULESET}.added`, attributes),
    );
    expect(unknownIn(change)["HOOK-1"]?.join()).toContain(reason);
  });
});

describe("an unknown program may do anything, so it bears on every statement:", () => {
  const LOCAL_EXEC = { "local-exec": { command: "gh workflow disable snyk.yml" } };
  const inTheSame = (unknown: string) => Object.fromEntries(STATEMENT_IDS.map((id) => [id, [unknown]]));

  test.each(["null_resource", "terraform_data", "random_id", "cloudflare_r2_bucket"])("a provisioner of %s", (type) => {
    const unknowns = unknownIn(resource(type, { provisioner: [LOCAL_EXEC] }));
    expect(Object.keys(unknowns)).toEqual(STATEMENT_IDS);
    const own = new RegExp(`^shop#/resource/${type}/added(/provisioner)?\\S* ${type}\\.added: `);
    for (const unknown of Object.values(unknowns).flat()) expect(unknown).toMatch(own);
    expect(unknownIn(resource(type, { provisioner: [] }))["SCAN-1"]).toBeUndefined();
  });

  test.each(["local_file", "local_sensitive_file", "archive_file"])(
    "one that %s writes where the apply runs",
    (type) => {
      expect(unknownIn(resource(type, { filename: "assets/x/run.mjs" }))).toEqual(
        inTheSame(
          `shop#/resource/${type}/added what a ${type} does isn't modelled: it writes where the apply runs, over programs, too`,
        ),
      );
      const read = unknownIn(({ json }) => void (json["data"] = { [type]: { a: {} } }));
      expect(read).toEqual(
        type === "archive_file" ? inTheSame("shop#/data/archive_file/a what this data asks for isn't modelled") : {},
      );
    },
  );

  test.each<[string, unknown, string]>([
    ["of a provider", { kubernetes: [{ host: "x", exec: [{ command: "sh" }] }] }, "/provider/kubernetes/0/exec"],
    ["deeper in one", [{ helm: { kubernetes: { exec: { command: "sh" } } } }], "/provider/0/helm/kubernetes/exec"],
  ])("the login %s", (_what, provider, pointer) => {
    expect(unknownIn(({ json }) => void (json["provider"] = provider))).toEqual(
      inTheSame(`shop#${pointer} a provider may log in by any program`),
    );
  });

  test("a provisioner of another zone's, account's or repository's", () => {
    for (const owner of [{ zone_id: OTHER_ID }, { account_id: OTHER_ID }, { repository: "other" }]) {
      expect(ids(giving("cloudflare_zone_setting.ssl", { ...owner, provisioner: [LOCAL_EXEC] }))).toEqual(
        sorted(...STATEMENT_IDS),
      );
    }
  });

  test.each<[string, Tree]>([
    ["/data/local_command/asked", { data: { local_command: { asked: { command: "gh" } } } }],
    ["/data/external/asked", { data: { external: { asked: { program: ["gh"] } } } }],
    ["/check/c/data/external/asked", { check: { c: { data: { external: { asked: { program: ["gh"] } } } } } }],
  ])("one that is asked for data at %s", (pointer, blocks) => {
    expect(unknownIn(({ json }) => void Object.assign(json, blocks))).toEqual(
      inTheSame(`shop#${pointer} Terraform asks an unknown program for data, and the program may do anything`),
    );
  });
});

describe("a stack is unknown with", () => {
  const GET = { url: "https://example.com" };
  const POST = { ...GET, method: "POST" };

  test.each<[string, unknown]>([
    ["a module", { m: { source: "./m" } }],
    ["modules in a list", [{ m: { source: "./m" } }]],
  ])("%s", (_what, module) => {
    const unknowns = unknownIn(({ json }) => void (json["module"] = module));
    expect(Object.keys(unknowns)).toHaveLength(STATEMENT_IDS.length);
    expect(unknowns["SCAN-1"]).toEqual(["shop#/module what a module makes isn't in the JSON"]);
  });

  test("a block that isn't modelled", () => {
    const unknowns = unknownIn(({ json }) => void (json["action"] = {}));
    expect(unknowns["DB-1"]).toEqual(["shop#/action what a block of action does isn't modelled"]);
  });

  test.each<[string, string, unknown, unknown]>([
    [
      "/removed",
      "removed",
      [{ from: "null_resource.a", provisioner: [{ "local-exec": {} }] }],
      [{ from: "null_resource.a" }],
    ],
    ["/data/http/a", "data", { http: { a: POST } }, { http: { a: GET } }],
    ["/data/http/0/a/1", "data", { http: [{ a: [GET, POST] }] }, { http: [{ a: [GET] }] }],
    ["/data/0/http/a", "data", [{ http: { a: POST } }], [{ http: { a: GET } }]],
    ["/check/c/data/http/a", "check", { c: { data: { http: { a: POST } } } }, { c: { data: { http: { a: GET } } } }],
    [
      "/check/1/c/0/data/0/http/a",
      "check",
      [{ b: {} }, { c: [{ data: [{ http: { a: POST } }] }] }],
      [{ b: {} }, { c: [{ data: [{ http: { a: GET } }] }] }],
    ],
  ])("what runs beside resources, at %s, and not with what only reads", (pointer, block, acts, reads) => {
    const of = (value: unknown) => unknownIn(({ json }) => void (json[block] = value));
    expect(Object.keys(of(acts)).sort()).toEqual(sorted(...STATEMENT_IDS));
    expect(
      Object.values(of(acts))
        .flat()
        .every((unknown) => unknown.startsWith(`shop#${pointer} `)),
    ).toBe(true);
    expect(of(reads)).toEqual({});
  });

  test.each(["data", "output", "moved", "removed", "import", "check", "locals", "//"])("no block of %s", (block) => {
    expect(unknownIn(({ json }) => void (json[block] = {}))).toEqual({});
  });

  test.each<[string, unknown, readonly string[]]>([
    ["cloudflare", { cloudflare: [{ base_url: "http://127.0.0.1" }] }, OF_CLOUDFLARE],
    ["github", { github: [{ owner: "example" }, { alias: "x", organization: "other" }] }, CODE],
    ["null", { null: { x: 1 } }, APPLIED],
    ["aws", { aws: [{ base_url: "http://127.0.0.1" }] }, []],
  ])("a provider that may be redirected: %s", (_what, provider, statements) => {
    const unknowns = unknownIn(({ json }) => void (json["provider"] = provider));
    expect(Object.keys(unknowns).sort()).toEqual(sorted(...statements));
    for (const found of Object.values(unknowns).flat())
      expect(found).toMatch(/^shop#\/provider\/\w+ the \w+ provider /);
  });

  const required =
    (providers: unknown): ShopChange =>
    ({ json }) =>
      void (json["terraform"] = { required_providers: providers });

  test.each<[string, unknown]>([
    ["cloudflare", { cloudflare: { source: "evil/cloudflare" } }],
    ["cloudflare, of another registry", { cloudflare: { source: "example.com/cloudflare/cloudflare" } }],
    ["cloudflare, by its version alone", { cloudflare: "~> 5" }],
    ["cloudflare, under another name", { cf: { source: "cloudflare/cloudflare" } }],
    ["github", [{ github: { source: "hashicorp/github" } }]],
    ["null", { null: { source: "example/null" } }],
    ["aws", { aws: { source: "example/aws" } }],
    ["one that isn't known", { restapi: { source: "example/restapi" } }],
  ])("a provider that isn't known, or is from another source, may do anything: %s", (_what, providers) => {
    expect(ids(required(providers))).toEqual(sorted(...STATEMENT_IDS));
  });

  test("no provider that is known, from its own source", () => {
    const sources = { aws: { source: "hashicorp/aws" }, random: { source: "registry.terraform.io/hashicorp/random" } };
    const required = { required_providers: { ...PROVIDERS.required_providers, ...sources } };
    expect(unknownIn(({ json }) => void (json["terraform"] = required))).toEqual({});
  });

  test.each<[string, unknown]>([
    ["cloud", { organization: "x" }],
    ["experiments", ["x"]],
    ["encryption", {}],
    ["required_version", "< 1.0.0"],
    ["required_version", ">= 0.12"],
    ["required_version", ">= 1.2.0, < 1.3.0, "],
  ])("a setting of Terraform that isn't modelled: %s %j", (key, value) => {
    const unknowns = unknownIn(({ json }) => void (json["terraform"] = { ...PROVIDERS, [key]: value }));
    expect(Object.keys(unknowns)).toHaveLength(STATEMENT_IDS.length);
    expect(unknowns["DB-1"]?.join()).toMatch(new RegExp(`^shop#/terraform/${key} `));
  });

  test.each([">= 1.10.0", "~> 1.11", "1.11.4", ">= 1.2.0, < 2.0.0", "!= 1.11.0"])(
    "no demand for a new version of Terraform: %s",
    (version) => {
      expect(unknownIn(({ json }) => void (json["terraform"] = { ...PROVIDERS, required_version: version }))).toEqual(
        {},
      );
    },
  );

  test.each(["aws_lambda_invocation", "kubernetes_secret", "cloudflares_zone", "__proto__x"])(
    "data that isn't known to read alone: %s",
    (type) => {
      const unknowns = unknownIn(({ json }) => void (json["data"] = { [type]: { a: {} } }));
      expect(unknowns["DB-1"]).toEqual([`shop#/data/${type}/a what this data asks for isn't modelled`]);
    },
  );
});

describe("a stack that is no environment's", () => {
  const withOther: ShopChange = ({ others }) => void (others["other"] = { output: {} });
  const accepting = anEnvironment({ accept: [Accept.stack("other", "the data team's warehouse")] });
  const resultsAfter = (change: ShopChange, environment: Environment) => {
    const { model, policies } = shopScene(change, [environment]);
    return resultsOf(model, policies, ["PORTS-1", "PORTS-2", "HOOK-1"]);
  };

  test("leaves every statement undecided, by its name", () => {
    const unknowns = unknownIn(withOther);
    expect(Object.keys(unknowns)).toEqual(STATEMENT_IDS);
    expect(new Set(Object.values(unknowns).flat())).toEqual(
      new Set(['other# the stack other belongs to no environment: add Accept.stack("other", reason) to one\'s accept']),
    );
  });

  test("is accepted by its name, which is part of each result", () => {
    const results = resultsAfter(withOther, accepting);
    expect(results.map(({ verdict }) => verdict)).toEqual(results.map(() => "proven"));
    const accepted = { what: "the stack other belongs to no environment", reason: "the data team's warehouse" };
    for (const result of results) expect(result.accepted).toContainEqual(accepted);
  });

  test("is accepted as what it is: its resources are still judged", () => {
    const leak: ShopChange = ({ others }) =>
      void (others["other"] = { resource: { cloudflare_page_rule: { x: { zone_id: ZONE_ID } } } });
    expect(resultsAfter(leak, accepting).find(({ statement }) => statement === "PORTS-1")?.verdict).toBe("undecided");
  });

  test("leaves every statement undecided where it is accepted and isn't there", () => {
    for (const { verdict, unknown } of resultsAfter(() => undefined, accepting)) {
      expect(verdict).toBe("undecided");
      expect(unknown[0]?.reason).toMatch(/accepts a stack that isn't there: remove it$/);
    }
  });

  test("is accepted once in an app, and is none of an environment", () => {
    const twice = { accept: [Accept.stack("other", "x y"), Accept.stack("other", "x y"), Accept.stack("shop", "x y")] };
    expect(coherenceProblems([anEnvironment(twice)]).map(({ at }) => at)).toEqual([
      ...["shop.accept[1]", "shop.accept[2]"],
    ]);
  });
});

describe("an escaped reference", () => {
  const expression = "not ip.src in $${cloudflare_list.meta.name}";
  const change: ShopChange = (shop) => void ((rulesOf(shop, "custom")[1] as Tree)["expression"] = expression);

  test("is reported as what it is, where it stands", () => {
    expect(unknownIn(change)["HOOK-1"]).toEqual([
      'shop#/resource/cloudflare_ruleset/custom/rules/1/expression "$${cloudflare_list.meta.name}" is Terraform\'s escape: ' +
        'the text "${cloudflare_list.meta.name}" itself is sent to the platform; meant: "$" followed by the value of cloudflare_list.meta.name',
    ]);
  });

  test.each(["$${jndi:ldap}", "a$${2}", "$${1}"])("isn't seen in %s", (text) => {
    expect(
      unknownIn((shop) => {
        bodyOf(shop, LATE)["description"] = text;
      }),
    ).toEqual({});
  });
});
