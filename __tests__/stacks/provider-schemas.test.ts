import { environments } from "../../environments";
import { AddressPlacement } from "../../policy/edge-options";
import { EdgePhase } from "../../policy/edge-phase";
import { lint } from "../../verification/lint";
import { synthesize } from "../support/app";
import { aGuest, anEnvironment, EXISTING_ID } from "../support/environments";
import { loadSchemas, schemaProblems } from "../support/provider-schema";

const everyOption = anEnvironment({
  edge: {
    addresses: AddressPlacement.LIST,
    hsts: { includeSubDomains: true, preload: true },
    existing: { rulesets: { [EdgePhase.CUSTOM]: { id: EXISTING_ID } }, records: { "app.shop.dev": EXISTING_ID } },
    otherRules: [
      {
        phase: EdgePhase.CUSTOM,
        ref: "growth",
        description: "growth: challenge the sign-up",
        expression: 'http.request.uri.path eq "/sign-up"',
        action: "block",
        actionParameters: { response: { status_code: 429, content_type: "text/plain", content: "later" } },
      },
    ],
  },
});

const stacks = {
  ...synthesize(environments).stacks,
  ...synthesize([everyOption, aGuest("guest", "shop")]).stacks,
};

describe.each([
  ["cloudflare 5.14.0, github 6.9.0", loadSchemas("cloudflare-5.14.0", "github-6.9.0", "null-3.2.4")],
  ["cloudflare 5.22.0, github 6.13.0", loadSchemas("cloudflare-5.22.0", "github-6.13.0", "null-3.2.4")],
])("against the schemas of %s", (_versions, schemas) => {
  test.each(Object.entries(stacks))("the stack %s fits", (_name, stack) => {
    expect(schemaProblems(stack, schemas)).toEqual([]);
  });

  test("a parameter of another team's rule that the provider doesn't know is found", () => {
    const [rule] = everyOption.edge?.otherRules ?? [];
    const otherRules = [{ ...rule, actionParameters: { statusCode: 429 } }] as never;
    const { shop } = synthesize([anEnvironment({ edge: { otherRules } })]).stacks;
    expect(schemaProblems(shop, schemas).map(({ at }) => at)).toEqual([expect.stringMatching(/statusCode$/)]);
  });
});

test.each(Object.entries(stacks))("the stack %s lost nothing on the way and opens no port", (_name, stack) => {
  expect(lint(stack)).toEqual([]);
});
