import {
  coverageOf,
  isListed,
  mayBeRead,
  rowOf,
  type Standing,
  statementsOfProvider,
} from "../../../verification/statements/coverage";
import { STATEMENT_IDS } from "../../../policy/statements";
import names from "../../fixtures/type-names.json";

const resources = [...names.cloudflare.resources, ...names.github.resources];

test("every type of resource of the pinned providers has a row with a reason", () => {
  expect(resources.length).toBe(345);
  expect(resources.filter((type) => rowOf(type) === undefined && rowOf(type, {}) === undefined)).toEqual([]);
  for (const type of resources) expect(coverageOf(type)?.reason).toMatch(/^[a-zA-Z]/);
});

test("every type of data of the pinned providers only reads", () => {
  const data = [...names.cloudflare.dataSources, ...names.github.dataSources];
  expect(data.length).toBe(518);
  expect(data.filter((type) => !mayBeRead(type))).toEqual([]);
});

test("only a type that opens and disables nothing bears on no statement", () => {
  for (const type of resources) {
    const { standing, statements } = coverageOf(type) ?? { standing: "unknown", statements: [] };
    expect([type, statements.length === 0]).toEqual([type, standing === "harmless"]);
  }
});

test.each<[string, Standing]>([
  ["cloudflare_ruleset", "modelled"],
  ["cloudflare_workers_kv_namespace", "harmless"],
  ["cloudflare_workers_route", "by host"],
  ["cloudflare_workers_script", "unknown"],
  ["cloudflare_custom_hostname", "unknown"],
  ["cloudflare_bot_management", "slows"],
  ["cloudflare_account_member", "authority"],
  ["cloudflare_zero_trust_access_policy", "harmless"],
  ["cloudflare_zero_trust_gateway_settings", "unknown"],
  ["github_team", "authority"],
  ["github_actions_secret", "by secret"],
  ["github_repository_webhook", "harmless"],
  ["null_resource", "modelled"],
  ["terraform_data", "modelled"],
  ["random_id", "harmless"],
  ["random_other", "unknown"],
  ["cloudflare_workers", "unknown"],
])("%s is %s", (type, standing) => {
  expect(coverageOf(type)?.standing).toBe(standing);
});

test("a row about some resources of a type holds for no other one", () => {
  const collaborator = (permission: string) => coverageOf("github_repository_collaborator", { permission })?.standing;
  expect(["pull", "triage", "push", "admin", "Pull"].map(collaborator)).toEqual([
    ...["harmless", "harmless", "authority", "authority", "authority"],
  ]);
  expect(coverageOf("github_repository_collaborator")?.standing).toBe("authority");
});

test.each([
  ["hashicorp/random", true],
  ["registry.terraform.io/hashicorp/random", true],
  ["hashiregistry.terraform.io/corp/random", false],
  ["registry.example.com/hashicorp/random", false],
  [undefined, false],
])("a provider of the source %s is listed: %s", (source, expected) => {
  expect(isListed("random", source)).toBe(expected);
});

test("names that every object has are of no provider", () => {
  for (const type of ["constructor", "__proto__", "hasOwnProperty", "", "toString_x"]) {
    expect(coverageOf(type)).toBeUndefined();
    expect(mayBeRead(type)).toBe(false);
    expect(isListed(type, type)).toBe(false);
    expect(statementsOfProvider(type)).toEqual(STATEMENT_IDS);
  }
});
