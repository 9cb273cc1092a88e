import { Policy } from "../../../policy/policy";
import { STATEMENT_IDS, type StatementId } from "../../../policy/statements";
import { leaksBeside } from "../../../verification/statements/leaks";
import { Model } from "../../../verification/terraform/model";
import { anEnvironment } from "../../support/environments";
import { aRepository } from "../../support/repositories";
import { adding, all, type ShopChange, shopScene, type Tree } from "../../support/shop";

const environments = [anEnvironment({ repositories: [aRepository("example/api")] })];

/** The places that get a value that may be a secret, with the reason and the number of statements that it bears on. */
function leaks(...changes: readonly ShopChange[]): readonly string[] {
  const { model, policies } = shopScene(all(...changes), environments);
  return leaksBeside(policies)(model).map(
    ({ statements, unknown: { reason, place } }) => `${place?.pointer ?? ""} ${nameOf(statements)} ${reason}`,
  );
}

const NAMES: readonly (readonly [name: string, statements: readonly StatementId[]])[] = [
  ["all", STATEMENT_IDS],
  ["scans", ["SCAN-1", "SCAN-3", "SCAN-4"]],
  ["WEB-1", ["WEB-1"]],
];
const nameOf = (statements: readonly StatementId[]) =>
  NAMES.find(([, each]) => each.join() === statements.join())?.[0] ?? "some";

const top =
  (block: string, value: Tree): ShopChange =>
  ({ json }) =>
    void (json[block] = { ...(json[block] as Tree | undefined), ...value });
const output = (value: unknown): ShopChange => top("output", { o: { value } });
const data = (type: string, body: Tree = {}): ShopChange => top("data", { [type]: { d: body } });
const variable = (declaration: Tree): ShopChange => top("variable", { v: declaration });
const sensitive = variable({ sensitive: true });
const provider = (name: string, body: Tree): ShopChange => top("provider", { [name]: [body] });
const token = adding("github_actions_secret", {
  ...{ repository: "api", secret_name: "SNYK_TOKEN", plaintext_value: "${var.v}" },
});

const OUTPUT = "/output/o/value";
const learns = (statements: string, what: string, by = "output.o", at = OUTPUT) => [
  `${at} ${statements} ${what}, and whoever sees ${by} learns it`,
];

test("the shop gives away nothing", () => {
  expect(leaks()).toEqual([]);
});

describe("a variable", () => {
  test.each<[string, Tree, readonly string[]]>([
    ["that is sensitive", { sensitive: true }, learns("all", "var.v is sensitive")],
    ["that is sensitive in words", { sensitive: "true" }, learns("all", "var.v is sensitive")],
    ["that may be sensitive", { sensitive: "${true}" }, learns("all", "var.v is sensitive")],
    ["that is ephemeral", { ephemeral: true }, learns("all", "var.v is sensitive")],
    ["of another kind", { sensitive: false, ephemeral: "false" }, []],
    ["without more", {}, []],
  ])("%s", (_what, declaration, expected) => {
    expect(leaks(variable(declaration), output("${var.v}"))).toEqual(expected);
  });

  test.each<[string, string, Tree, string]>([
    ["Cloudflare's provider", "cloudflare", { api_token: "${var.v}" }, "some"],
    ["GitHub's provider", "github", { token: "${var.v}" }, "some"],
    ["GitHub's provider as an App", "github", { app_auth: { pem_file: "${var.v}" } }, "some"],
    ["another provider", "other", { password: "${var.v}" }, "all"],
  ])("that %s logs in with is meant for that alone", (_what, name, body, statements) => {
    expect(leaks(variable({}), provider(name, body))).toEqual([]);
    expect(leaks(variable({}), provider(name, body), output("${var.v}"))).toEqual(
      learns(statements, "var.v is a credential"),
    );
  });

  test.each<[string, string, Tree]>([
    ["an owner", "github", { owner: "${var.v}" }],
    ["a region", "other", { region: "${var.v}" }],
  ])("that is %s is no credential", (_what, name, body) => {
    expect(leaks(variable({}), provider(name, body), output("${var.v}"))).toEqual([]);
  });

  const another = (body: Tree) => adding("github_actions_secret", { ...body, plaintext_value: "${var.v}" }, "other");
  const learntByAnother = learns(
    "scans",
    "var.v is a credential",
    "github_actions_secret.other",
    "/resource/github_actions_secret/other/plaintext_value",
  );

  test("that the scan's token comes from is meant for the secrets of that name alone", () => {
    expect(leaks(variable({}), token)).toEqual([]);
    expect(leaks(variable({}), token, another({ secret_name: "OTHER" }))).toEqual(learntByAnother);
  });

  test("that the scan's token comes from isn't meant for another repository's secret of that name", () => {
    const other = another({ repository: "docs", secret_name: "SNYK_TOKEN" });
    expect(leaks(variable({}), token, other)).toEqual(learntByAnother);
  });

  test.each<[string, string, Tree]>([
    ["another secret of a repository", "github_actions_secret", { secret_name: "X", value: "${var.v}" }],
    ["a certificate's key", "cloudflare_mtls_certificate", { private_key: "${var.v}" }],
    ["a webhook's secret", "github_repository_webhook", { configuration: [{ secret: "${var.v}" }] }],
  ])("that is sensitive may be %s", (_what, type, body) => {
    expect(leaks(sensitive, adding(type, body))).toEqual([]);
  });

  test.each<[string, string, Tree, string]>([
    ["a record", "cloudflare_dns_record", { content: "${var.v}" }, "content"],
    ["a name", "github_actions_secret", { secret_name: "${var.v}" }, "secret_name"],
    ["how many there are", "github_actions_secret", { for_each: "${toset([var.v])}" }, "for_each"],
  ])("that is sensitive may not be %s", (_what, type, body, member) => {
    expect(leaks(sensitive, adding(type, body))).toEqual(
      learns("all", "var.v is sensitive", `${type}.added`, `/resource/${type}/added/${member}`),
    );
  });

  test("that gives the edge's secret is followed by WEB-1 alone", () => {
    expect(leaks(output("${var.edge_secret_shop}"))).toEqual([]);
  });

  describe.each([
    ["to an origin", "http_request_late_transform", []],
    ["to a visitor", "http_response_headers_transform", ["rules/0/action_parameters/headers/X-Other/value"]],
  ])("that is sensitive and is sent %s", (_what, phase, places) => {
    const rules = adding("cloudflare_ruleset", {
      ...{ zone_id: "f".repeat(32), phase },
      rules: [{ action_parameters: { headers: { "X-Other": { operation: "set", value: "${var.v}" } } } }],
    });

    test("is given away by an answer alone", () => {
      expect(leaks(sensitive, rules)).toEqual(
        places.flatMap((place) =>
          learns(
            "all",
            "var.v is sensitive",
            "cloudflare_ruleset.added",
            `/resource/cloudflare_ruleset/added/${place}`,
          ),
        ),
      );
    });

    test("comes back by the ruleset", () => {
      expect(leaks(sensitive, rules, output("${jsonencode(cloudflare_ruleset.added)}"))).toHaveLength(
        places.length + 1,
      );
    });
  });

  test.each<[string, ShopChange]>([
    ["a local", top("locals", { l: "${var.v}" })],
    ["its own condition", variable({ sensitive: true, validation: [{ condition: '${var.v != ""}' }] })],
    ["a check's condition", top("check", { c: { assert: [{ condition: '${var.v != ""}', error_message: "x" }] } })],
  ])("that is sensitive may stand in %s", (_what, change) => {
    expect(leaks(sensitive, change)).toEqual([]);
  });

  const condition = (text: string): ShopChange =>
    top("check", { c: { assert: [{ condition: `\${${text}}`, error_message: "x" }] } });
  const conditions = (count: number): ShopChange =>
    top(
      "check",
      Object.fromEntries(
        Array.from({ length: count }, (_, index) => [
          `c${index}`,
          { assert: [{ condition: `\${startswith(substr(var.v, ${index}, 1), "a")}`, error_message: "x" }] },
        ]),
      ),
    );

  test.each(['can(regex("^[!-~]{32,}$", var.v))', "length(trimspace(var.v)) > 31", "var.v != local.w"])(
    "that is sensitive may be asked by %s",
    (text) => {
      expect(leaks(sensitive, condition(text))).toEqual([]);
    },
  );

  test.each([
    'cidrhost(var.v, 0) != ""',
    'regex("(${var.v}", "") != ""',
    'try(timeadd(var.v, "1h")) != ""',
    'can(var.v) && cidrhost(var.v, 0) != ""',
    "can(cidrhost(cidrhost(var.v, 0), 0))",
    "length({ for each in [var.v, var.v] : each => 1 }) == 1",
  ])("that is sensitive may stand in the error of %s", (text) => {
    expect(leaks(sensitive, condition(text))).toHaveLength(1);
    expect(leaks(sensitive, top("locals", { l: `\${${text}}` }))).toHaveLength(1);
    expect(leaks(sensitive, adding("github_actions_secret", { secret_name: "X", value: `\${${text}}` }))).toHaveLength(
      1,
    );
  });

  test.each(["jsondecode(var.v)", "base64decode(var.v)", 'join("", [var.v])'])(
    "that is sensitive may be what a local makes of it by %s",
    (text) => {
      expect(leaks(sensitive, top("locals", { l: `\${${text}}` }))).toEqual([]);
    },
  );

  test.each(["jsondecode(substr(var.v, 1, 1))", 'jsondecode("[${var.v}")', "parseint(var.v, 10)"])(
    "that is sensitive may not be what a local makes of it by %s",
    (text) => {
      expect(leaks(sensitive, top("locals", { l: `\${${text}}` }))).toHaveLength(1);
    },
  );

  test("that is sensitive may not be asked for bit by bit", () => {
    expect(leaks(sensitive, conditions(16))).toEqual([]);
    expect(leaks(sensitive, conditions(17))).toHaveLength(17);
  });

  test.each(["count", "for_each"])("that is sensitive may not be asked for as often as %s says", (member) => {
    const body = { lifecycle: { precondition: [{ condition: '${startswith(var.v, "a")}', error_message: "x" }] } };
    expect(leaks(sensitive, adding("random_id", body))).toEqual([]);
    expect(leaks(sensitive, adding("random_id", { ...body, [member]: 2 }))).toHaveLength(1);
  });

  test("that is sensitive may not stand in a message", () => {
    const check = top("check", { c: { assert: [{ condition: "${true}", error_message: "${var.v}" }] } });
    expect(leaks(sensitive, check)).toHaveLength(1);
  });
});

describe("an attribute that a schema calls sensitive", () => {
  test.each<[string, string, string, readonly string[]]>([
    ["itself", "cloudflare_api_token", "${cloudflare_api_token.added.value}", ["value"]],
    ["in the whole", "cloudflare_api_token", "${jsonencode(cloudflare_api_token.added)}", ["value"]],
    [
      "in an object",
      "cloudflare_hyperdrive_config",
      "${cloudflare_hyperdrive_config.added.origin}",
      ["origin.access_client_secret", "origin.password"],
    ],
  ])("is given away by %s", (_what, type, text, members) => {
    expect(leaks(adding(type, {}), output(text))).toEqual(
      members.flatMap((member) => learns("some", `${type}.added.${member} is sensitive`)),
    );
  });

  test.each<[string, string, string]>([
    ["random_password", "result", "all"],
    ["tls_private_key", "private_key_pem", "all"],
  ])("is given away where %s makes it", (type, member, statements) => {
    expect(leaks(adding(type, {}), output(`\${${type}.added.${member}}`))).toEqual(
      learns(statements, `${type}.added.${member} is sensitive`),
    );
  });

  test("isn't by what a provider makes of it, where it is given as a secret", () => {
    const request = adding("tls_cert_request", { private_key_pem: "${tls_private_key.added.private_key_pem}" });
    const key = adding("tls_private_key", {});
    expect(leaks(key, request, output("${tls_cert_request.added.cert_request_pem}"))).toEqual([]);
    expect(leaks(key, request, output("${tls_cert_request.added.private_key_pem}"))).not.toEqual([]);
  });

  test("is given away where data has it", () => {
    expect(leaks(data("github_app_token"), output("${data.github_app_token.d.token}"))).toEqual(
      learns("some", "data.github_app_token.d.token is sensitive"),
    );
  });

  test.each(["${cloudflare_api_token.added.id}", "${cloudflare_api_token.added.name}"])("isn't by %s", (text) => {
    expect(leaks(adding("cloudflare_api_token", {}), output(text))).toEqual([]);
  });
});

describe("what is read", () => {
  test.each<[string, string]>([
    ["terraform_remote_state", "all"],
    ["local_file", "all"],
    ["local_sensitive_file", "all"],
    ["http", "all"],
    ["external", "all"],
    ["aws_ssm_parameter", "all"],
    ["aws_regions", "all"],
    ["cloudflare_ruleset", "WEB-1"],
    ["cloudflare_rulesets", "WEB-1"],
  ])("by %s may be a secret", (type, statements) => {
    expect(leaks(data(type))).toEqual([]);
    expect(leaks(data(type), top("locals", { l: `\${data.${type}.d}` }))).toEqual([]);
    expect(leaks(data(type), output(`\${data.${type}.d.x}`))).toEqual(
      learns(statements, `data.${type}.d may be a secret`),
    );
  });

  test.each(["github_repository", "cloudflare_zone", "github_ip_ranges", "aws_caller_identity"])(
    "by %s is none",
    (type) => {
      expect(leaks(data(type), output(`\${data.${type}.d.x}`))).toEqual([]);
    },
  );

  test.each([
    ['${file("/proc/self/environ")}', "file(/proc/self/environ)"],
    ['${sha1(file("x"))}', "file(x)"],
    ["${file(local.name)}", "file()"],
    ['${file("assets/../../x")}', "file(assets/../../x)"],
    ['${file("assets/unknown")}', "file(assets/unknown)"],
    ['${core::file("x")}', "core::file(x)"],
    ['${templatefile("assets/x", {})}', "templatefile()"],
    ["${provider::other::read()}", "provider::other::read()"],
    ['${fileset("/", "*")}', "fileset()"],
  ])("by %s may be a secret", (text, by) => {
    expect(leaks(output(text))).toEqual(learns("all", `${by} may be a secret`));
  });

  test.each(["${upper(local.a)}", "${core::upper(local.a)}"])("by %s is none", (text) => {
    expect(leaks(output(text))).toEqual([]);
  });

  test("is none where the synth wrote it", () => {
    const value = '${file("${path.module}/assets/x")}${filemd5("assets/x")}${file("assets/y")}';
    const file = (path: string) => (path === "assets/x" ? Buffer.from("x") : undefined);
    const model = Model.of([{ name: "shop", json: { output: { o: { value } } }, file }]);
    expect(leaksBeside(Policy.across(environments))(model).map(({ unknown }) => unknown.reason)).toEqual([
      "file(assets/y) may be a secret, and whoever sees output.o learns it",
    ]);
  });

  test("may be a provider's credential", () => {
    expect(leaks(provider("github", { app_auth: [{ pem_file: '${file("key.pem")}' }] }))).toEqual([]);
  });

  test("may not be a secret of a repository", () => {
    const secret = adding("github_actions_secret", { secret_name: "X", value: '${file("/proc/self/environ")}' });
    expect(leaks(secret)).toHaveLength(1);
  });

  test("may not be a text that can't be read", () => {
    expect(leaks(output("${<<EOT\nx\nEOT\n}"))).toEqual(learns("all", "this can't be read, so it may be any secret"));
  });
});

describe("a file that a provider sends to its platform", () => {
  test.each<[string, Tree, string]>([
    ["cloudflare_workers_script", { content_file: "/proc/self/environ" }, "content_file"],
    ["cloudflare_workers_script", { content_file: "${local.file}" }, "content_file"],
    ["cloudflare_workers_script", { assets: { directory: "/proc/self" } }, "assets/directory"],
    ["cloudflare_worker_version", { modules: [{ content_file: "x.js" }] }, "modules/0/content_file"],
  ])("of %s %j may hold any secret", (type, body, member) => {
    expect(leaks(adding(type, body))).toEqual([
      `/resource/${type}/added/${member} all a file that isn't the synth's may hold any secret`,
    ]);
  });

  test("holds none where the synth wrote it, or it is given in the JSON", () => {
    const script = { content_file: "assets/x", content: "/proc/self/environ" };
    const json = { resource: { cloudflare_workers_script: { s: script } } };
    const file = (path: string) => (path === "assets/x" ? Buffer.from("x") : undefined);
    const model = Model.of([{ name: "shop", json, file }]);
    expect(leaksBeside(Policy.across(environments))(model)).toEqual([]);
  });
});

describe("a state that others may read", () => {
  const state = top("terraform", { backend: { http: { address: "https://example.com/state" } } });
  const open = (statements: string) => [
    `/terraform ${statements} it is unknown who reads a state that http keeps with this address, and the state holds the secret`,
  ];

  test.each<[string, string, ShopChange]>([
    ["the scan's token", "scans", all(variable({}), token)],
    ["a sensitive variable", "all", all(sensitive, adding("github_actions_secret", { value: "${var.v}" }))],
  ])("holds %s", (_what, statements, change) => {
    expect(leaks(change, state)).toEqual(open(statements));
  });

  test.each<[string, ShopChange]>([
    ["no secret", () => undefined],
    ["nothing of a provider's credential", all(variable({}), provider("github", { token: "${var.v}" }))],
    ["nothing of a local", all(sensitive, top("locals", { l: "${var.v}" }))],
  ])("holds %s", (_what, change) => {
    expect(leaks(change, state)).toEqual([]);
  });

  test("may be one that isn't known, or the one of a cloud block", () => {
    const secret = all(variable({}), token);
    expect(leaks(secret, top("terraform", { backend: [{ consul: {} }] }))).toEqual([
      "/terraform scans it is unknown who reads a state that consul keeps, and the state holds the secret",
    ]);
    expect(leaks(secret, top("terraform", { cloud: { hostname: "example.com" } }))).toHaveLength(1);
    expect(leaks(secret, top("terraform", { cloud: { organization: "example" } }))).toEqual([]);
  });
});
