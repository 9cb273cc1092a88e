import childProcess from "node:child_process";
import { environments } from "../../environments";
import { AddressPlacement } from "../../policy/edge-options";
import { EdgePhase } from "../../policy/edge-phase";
import { Severity } from "../../policy/snyk-options";
import { BINDINGS_VERSIONS, DEFAULT_VERSIONS, type ProviderVersions } from "../../stacks/provider-versions";
import { lint } from "../support/lint";
import { synthesize } from "../support/app";
import { aGuest, anEnvironment, EXISTING_ID } from "../support/environments";
import { loadSchemas, schemaProblems } from "../support/provider-schema";
import { A_CADENCE, aRepository } from "../support/repositories";

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
  repositories: [
    aRepository("acme/api", {
      defaultBranch: "trunk",
      snyk: {
        severity: Severity.LOW,
        blockWhenUnavailable: true,
        monitor: false,
        organization: "acme",
        tokenSecret: "SNYK_API_TOKEN",
        writeToken: true,
      },
      pentest: { ...A_CADENCE, accreditations: ["CREST", "OSCP"], cadenceDays: 180, reminderDays: 30 },
    }),
  ],
});

/** The stacks that ask for these versions of the providers. */
const stacksFor = (versions: ProviderVersions) => ({
  ...synthesize(environments, { versions }).stacks,
  ...synthesize([everyOption, aGuest("guest", "shop")], { versions }).stacks,
});
const stacks = stacksFor(DEFAULT_VERSIONS);

describe.each([
  [BINDINGS_VERSIONS, stacksFor(BINDINGS_VERSIONS)],
  [DEFAULT_VERSIONS, stacks],
])("against the schemas of %j", ({ cloudflare, github, null: nothing }, stacks) => {
  const schemas = loadSchemas(`cloudflare-${cloudflare}`, `github-${github}`, `null-${nothing}`);

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

test("a synth with every option runs no program, so it needs no Terraform", () => {
  const programs = (["execSync", "execFileSync", "spawnSync"] as const).map((run) => jest.spyOn(childProcess, run));
  synthesize([everyOption]);
  expect(programs.flatMap(({ mock }) => mock.calls)).toEqual([]);
  jest.restoreAllMocks();
});
