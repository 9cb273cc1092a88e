import { environments } from "../../environments";
import { AddressPlacement } from "../../policy/edge-options";
import { Repository } from "../../policy/repository";
import { lint } from "../../verification/lint";
import { synthesize } from "../support/app";
import { aGuest, anEnvironment } from "../support/environments";
import { loadSchemas, schemaProblems } from "../support/provider-schema";

const everyOption = anEnvironment({
  name: "full",
  edge: {
    addresses: AddressPlacement.LIST,
    hsts: { maxAge: 63_072_000, includeSubDomains: true, preload: true },
  },
  repositories: [Repository.of("acme/api")],
});

const stacks = Object.entries({
  ...synthesize(environments).stacks,
  ...synthesize([everyOption, aGuest("guest", "full")]).stacks,
});

test("the stacks hold every type of resource that the edge is made of", () => {
  const types = stacks.flatMap(([, json]) => Object.keys((json as { resource?: object }).resource ?? {}));
  expect([...new Set(types)].sort()).toEqual([
    "cloudflare_dns_record",
    "cloudflare_list",
    "cloudflare_ruleset",
    "cloudflare_url_normalization_settings",
    "cloudflare_zone_setting",
  ]);
});

describe.each([
  ["the bindings' own versions", loadSchemas("cloudflare-5.14.0", "github-6.9.0", "null-3.2.4")],
  ["the default versions", loadSchemas("cloudflare-5.22.0", "github-6.13.0", "null-3.2.4")],
])("every resource fits the providers of %s", (_versions, schemas) => {
  test.each(stacks)("in the stack %s", (_name, json) => {
    expect(schemaProblems(json, schemas)).toEqual([]);
  });
});

test.each(stacks)("nothing is lost, escaped or opened in the stack %s", (_name, json) => {
  expect(lint(json)).toEqual([]);
});
