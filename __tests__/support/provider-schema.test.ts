import sample from "../fixtures/cloudflare-resources.tf.json";
import { SchemaFault, loadSchemas, schemaProblems } from "./provider-schema";

const BOTH = [
  ["cloudflare 5.14.0, github 6.9.0", loadSchemas("cloudflare-5.14.0", "github-6.9.0", "null-3.2.4")],
  ["cloudflare 5.22.0, github 6.13.0", loadSchemas("cloudflare-5.22.0", "github-6.13.0", "null-3.2.4")],
] as const;

/** Resource types of the sample that the schemas leave out, since the project doesn't use them. */
const LEFT_OUT = ["cloudflare_authenticated_origin_pulls", "cloudflare_authenticated_origin_pulls_certificate"];

const setting = { zone_id: "z", setting_id: "ssl", value: "strict" };
const list = { account_id: "a", kind: "ip", name: "l", items: [{ ip: "192.0.2.1" }] };
const file = { repository: "example", file: "a.yml", content: "on: push" };
const ruleset = (...rules: readonly object[]) => ({
  cloudflare_ruleset: { r: { zone_id: "z", kind: "zone", name: "default", phase: "http_ratelimit", rules } },
});
const rule = { action: "block", expression: "true" };
const repositoryRuleset = (rules: unknown) => ({
  github_repository_ruleset: {
    r: { repository: "example", name: "gate", target: "branch", enforcement: "active", rules },
  },
});
const required = (...checks: readonly object[]) => ({ required_status_checks: [{ required_check: checks }] });

describe.each(BOTH)("against %s", (_versions, schemas) => {
  const faults = (json: object) => schemaProblems(json, schemas).map(({ fault, at }) => `${fault}: ${at}`);
  const faultsOf = (resource: object) => faults({ resource });

  test.each(Object.keys(sample.resource).filter((type) => !LEFT_OUT.includes(type)))("the sample's %s fits", (type) => {
    const { [type as keyof typeof sample.resource]: named } = sample.resource;
    expect(faultsOf({ [type]: named })).toEqual([]);
  });

  test("the sample's data sources and provider fit", () => {
    expect(faults({ data: sample.data, provider: sample.provider })).toEqual([]);
  });

  test.each<readonly [string, object, readonly string[]]>([
    ["an unknown resource type", { cloudflare_firewall: { f: {} } }, ["unknown type: resource.cloudflare_firewall.f"]],
    [
      "an unknown attribute",
      { cloudflare_zone_setting: { s: { ...setting, colour: "red" } } },
      ["unknown attribute: resource.cloudflare_zone_setting.s.colour"],
    ],
    [
      "an unknown nested attribute",
      ruleset(rule, { ...rule, priority: 1 }),
      ["unknown attribute: resource.cloudflare_ruleset.r.rules[1].priority"],
    ],
    [
      "a number for a string",
      { cloudflare_zone_setting: { s: { ...setting, setting_id: 1 } } },
      ["wrong type: resource.cloudflare_zone_setting.s.setting_id"],
    ],
    [
      "a string for a number",
      { cloudflare_dns_record: { d: { zone_id: "z", name: "n", type: "A", content: "192.0.2.1", ttl: "1" } } },
      ["wrong type: resource.cloudflare_dns_record.d.ttl"],
    ],
    [
      "a string for a bool",
      ruleset({ ...rule, enabled: "yes" }),
      ["wrong type: resource.cloudflare_ruleset.r.rules[0].enabled"],
    ],
    [
      "one value for a list of them",
      ruleset({ ...rule, action_parameters: { phases: "http_ratelimit" } }),
      ["wrong type: resource.cloudflare_ruleset.r.rules[0].action_parameters.phases"],
    ],
    [
      "a wrong element of a list",
      ruleset({ ...rule, action_parameters: { phases: ["http_ratelimit", 2] } }),
      ["wrong type: resource.cloudflare_ruleset.r.rules[0].action_parameters.phases[1]"],
    ],
    [
      "a list that the bindings turned into an object",
      { cloudflare_list: { l: { ...list, items: { 0: { ip: "192.0.2.1" } } } } },
      ["wrong type: resource.cloudflare_list.l.items"],
    ],
    [
      "a list for a single object",
      ruleset({ ...rule, action_parameters: [{}] }),
      ["wrong type: resource.cloudflare_ruleset.r.rules[0].action_parameters"],
    ],
    [
      "a wrong member of a nested map",
      ruleset({ ...rule, action_parameters: { headers: { "X-Secret": { operation: "set", value: 1 } } } }),
      ['wrong type: resource.cloudflare_ruleset.r.rules[0].action_parameters.headers["X-Secret"].value'],
    ],
    [
      "a list for a map",
      { null_resource: { n: { triggers: ["a"] } } },
      ["wrong type: resource.null_resource.n.triggers"],
    ],
    [
      "a wrong value of a map",
      { null_resource: { n: { triggers: { a: 1 } } } },
      ['wrong type: resource.null_resource.n.triggers["a"]'],
    ],
    [
      "a missing attribute",
      { cloudflare_zone_setting: { s: { zone_id: "z", setting_id: "ssl" } } },
      ["missing: resource.cloudflare_zone_setting.s.value"],
    ],
    [
      "a required attribute that is null",
      { cloudflare_zone_setting: { s: { ...setting, value: null } } },
      ["missing: resource.cloudflare_zone_setting.s.value"],
    ],
    [
      "a missing nested attribute",
      ruleset({ ...rule, action_parameters: { from_value: {} } }),
      ["missing: resource.cloudflare_ruleset.r.rules[0].action_parameters.from_value.target_url"],
    ],
    [
      "an attribute that the provider computes",
      { cloudflare_zone_setting: { s: { ...setting, modified_on: "2026-01-01" } } },
      ["computed only: resource.cloudflare_zone_setting.s.modified_on"],
    ],
    [
      "a computed attribute of github's",
      { github_repository_file: { f: { ...file, sha: "0" } } },
      ["computed only: resource.github_repository_file.f.sha"],
    ],
    ["a missing block", repositoryRuleset(undefined), ["missing: resource.github_repository_ruleset.r.rules"]],
    [
      "too many blocks",
      repositoryRuleset([required({ context: "a" }), required({ context: "b" })]),
      ["too many blocks: resource.github_repository_ruleset.r.rules"],
    ],
    [
      "a missing attribute within nested blocks",
      repositoryRuleset([required({ integration_id: 1 })]),
      ["missing: resource.github_repository_ruleset.r.rules[0].required_status_checks[0].required_check[0].context"],
    ],
    [
      "an unknown attribute within a block",
      repositoryRuleset([{ ...required({ context: "a" }), speed: 1 }]),
      ["unknown attribute: resource.github_repository_ruleset.r.rules[0].speed"],
    ],
  ])("%s is caught", (_what, resource, expected) => {
    expect(faultsOf(resource)).toEqual(expected);
  });

  test("an unknown data source and an unknown provider argument are caught", () => {
    expect(faults({ data: { cloudflare_moon: { m: {} } }, provider: { cloudflare: [{ token: "t" }] } })).toEqual([
      "unknown type: data.cloudflare_moon.m",
      "unknown attribute: provider.cloudflare.token",
    ]);
  });

  test.each<readonly [string, object]>([
    ["an expression in place of any type", ruleset({ ...rule, enabled: "${var.on}", action_parameters: "${var.p}" })],
    ["a dynamic attribute", { cloudflare_zone_setting: { s: { ...setting, value: { a: [1] } } } }],
    ["an optional attribute that is null", { cloudflare_list: { l: { ...list, description: null } } }],
    ["one block without its list", repositoryRuleset(required({ context: "a" }))],
    ["a nested map", ruleset({ ...rule, action_parameters: { headers: { "X-A": { operation: "remove" } } } })],
    [
      "Terraform's own arguments",
      {
        null_resource: {
          n: {
            triggers: { a: "b" },
            depends_on: ["null_resource.m"],
            lifecycle: { create_before_destroy: true },
            provider: "null.other",
            provisioner: [{ "local-exec": { command: "true" } }],
            connection: {},
            count: 1,
            for_each: "${var.all}",
            "//": { metadata: {} },
          },
        },
      },
    ],
  ])("%s passes", (_what, resource) => {
    expect(faultsOf(resource)).toEqual([]);
  });

  test("what is no provider's concern passes", () => {
    expect(faults({ variable: { v: {} }, locals: {}, output: {}, terraform: {}, import: [], "//": {} })).toEqual([]);
  });
});

test("an attribute of the newer release is refused by the older one only", () => {
  const json = {
    resource: { github_repository_vulnerability_alerts: { a: { repository: "example", enabled: true } } },
  };
  const faults = BOTH.map(([, schemas]) => schemaProblems(json, schemas).map(({ fault }) => fault));
  expect(faults).toEqual([[SchemaFault.UNKNOWN_TYPE], []]);
});
