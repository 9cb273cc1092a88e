import { Webhook } from "../../../policy/webhook";
import { failedSynth } from "../../../verification/answers/diff/failed-synth";
import { diffReport, reviewOf } from "../../../verification/answers/diff/report";
import { DIFF_FORMATS } from "../../../verification/render/diff";
import { REPORT_FORMATS } from "../../../verification/render/report";
import { sourceOf, type Sources } from "../../../verification/render/sources";
import { STATEMENT_IDS } from "../../../policy/statements";
import { appOf, given, PROJECT, SHOP } from "../answers/diff/apps";
import { EVERYTHING } from "./reports";

const TEXT = `import { Webhook } from "../policy";
// webhooks: "/hooks/leads" are told elsewhere
export const shop: Environment = {
  name: "shop",
  hosts: { "app.shop.dev": Origin.render(id.service, "shop.onrender.com") },
  webhooks: [
    Webhook.meta('/hooks/leads'),
  ],
  datastores: [Datastore.supabase("${PROJECT}")],
  edge,
};
`;
const SOURCES: Sources = new Map([["shop", { path: "environments/shop.ts", text: TEXT }]]);

test.each<readonly [string, readonly string[], number | undefined]>([
  ["a value in quotes", ["/hooks/leads"], 7],
  ["a member", ["webhooks"], 6],
  ["a member in short", ["edge"], 10],
  ["the first word that is there", ["nowhere", "datastores", "name"], 9],
  ["no line for a word that is a part of another", ["host", "leads"], undefined],
  ["no line in a comment", ["are told elsewhere"], undefined],
])("%s has its line", (_what, words, line) => {
  expect(sourceOf({ environment: "shop", words }, SOURCES)).toEqual({
    path: "environments/shop.ts",
    ...(line === undefined ? {} : { line }),
  });
});

test("an environment without a file has no place", () => {
  expect(sourceOf({ environment: "other", words: ["name"] }, SOURCES)).toBeUndefined();
  expect(sourceOf({ environment: undefined, words: ["name"] }, SOURCES)).toBeUndefined();
  expect(sourceOf({ environment: "shop", words: ["name"] }, undefined)).toBeUndefined();
});

interface Log {
  readonly runs: readonly [
    {
      readonly tool: { readonly driver: { readonly version?: string; readonly rules: readonly Rule[] } };
      readonly results: readonly { readonly ruleId: string; readonly locations: readonly object[] }[];
    },
  ];
}

interface Rule {
  readonly id: string;
  readonly fullDescription: { readonly text: string };
  readonly help?: { readonly text: string; readonly markdown: string };
  readonly helpUri?: string;
}

const PLAIN = { columns: 80, hasColour: false };
const runOf = (log: string) => (JSON.parse(log) as Log).runs[0];
const at = (startLine: number) => ({
  physicalLocation: { artifactLocation: { uri: "environments/shop.ts" }, region: { startLine } },
});

test("a log stands where the environment says it, and names the construct and the JSON beside it", () => {
  const { results } = runOf(REPORT_FORMATS.sarif(EVERYTHING, { ...PLAIN, sources: SOURCES }));
  expect(results.find(({ ruleId }) => ruleId === "HOOK-1")?.locations).toEqual([at(6)]);
  expect(results.find(({ ruleId }) => ruleId === "PORTS-1")?.locations).toEqual([
    {
      ...at(10),
      logicalLocations: [{ fullyQualifiedName: "shop/Edge/Rules", kind: "resource" }],
      properties: { stack: "shop", pointer: "/resource/cloudflare_ruleset/guard/rules/0" },
    },
  ]);
});

test("a log says which tool wrote it, and what each statement means", () => {
  const home = "https://github.com/acme/security/blob/HEAD/docs/proof.md";
  const { tool } = runOf(REPORT_FORMATS.sarif(EVERYTHING, { ...PLAIN, version: "1.2.3", home }));
  expect(tool.driver.version).toBe("1.2.3");
  for (const id of STATEMENT_IDS) {
    const rule = tool.driver.rules.find((each) => each.id === id);
    expect(rule?.helpUri).toBe(home);
    expect(rule?.fullDescription.text).toMatch(/\.$/);
    expect(rule?.help?.text).toMatch(/has to be (?:enforced|asserted)\n[^]*is proven by\n/);
    expect(rule?.help?.markdown).toContain("- is proven by\n  - ");
  }
  expect(runOf(REPORT_FORMATS.sarif(EVERYTHING)).tool.driver.version).toBeUndefined();
});

describe("a difference is told with the line to change:", () => {
  test("of the policy, a database, and what isn't proven", () => {
    const webhooks = [...(SHOP.webhooks ?? []), Webhook.meta("/hooks/leads")];
    const options = { ...PLAIN, columns: 300, sources: SOURCES };
    const added = DIFF_FORMATS.text(diffReport({ before: appOf(), after: appOf([{ ...SHOP, webhooks }]) }), options);
    expect(added).toMatch(/guards \/hooks\/leads for meta\n {4}written in environments\/shop\.ts:7\n/);
    const after = appOf(undefined, given("cloudflare_zone_setting", "ssl", { value: "off" }));
    const unproven = DIFF_FORMATS.comment(diffReport({ before: appOf(), after }), options);
    expect(unproven).toMatch(/- shop PORTS-1: [^]*- written in `environments\/shop\.ts:10`/);
  });

  test("of bad input", () => {
    const said = 'the policy has 1 problem:\n  - shop.webhooks[0].path: got "/hooks/leads"; allowed: another\n';
    const report = reviewOf({ before: appOf(), after: failedSynth("after", said) });
    expect(DIFF_FORMATS.comment(report, { ...PLAIN, sources: SOURCES })).toContain(
      "  - written in `environments/shop.ts:7`\n",
    );
    expect(runOf(DIFF_FORMATS.sarif(report, { ...PLAIN, sources: SOURCES })).results[0]?.locations).toEqual([at(7)]);
  });
});
