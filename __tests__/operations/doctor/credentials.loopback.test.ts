import { Level } from "../../../operations/finding";
import { exitCodeOf } from "../../../operations/doctor/checklist";
import { aZone } from "../../support/environments";
import { endless, type Fault, json, status } from "../../../rehearsal/fault";
import { UNRESTRICTED } from "../../../rehearsal/supabase";
import { aRepository } from "../../support/repositories";
import { REPOSITORY, Stand, testWrong, wholeShop, type Wrong } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.stop());

const WRONG: readonly Wrong[] = [
  [
    "an expired token",
    ({ online }) => (online.cloudflare.tokenStatus = "expired"),
    "token/CLOUDFLARE_API_TOKEN",
    /is expired/,
  ],
  [
    "a token that reads tokens",
    ({ online }) => (online.cloudflare.tokenReadsTokens = true),
    "token/CLOUDFLARE_API_TOKEN/tokens",
    /may read API tokens/,
  ],
  [
    "a key that reaches other workspaces",
    ({ render }) => render.owners.set("tea-other", "Other"),
    "token/RENDER_API_KEY/workspaces",
    /also reaches the workspaces Other/,
    Level.NOTICE,
  ],
  [
    "a Supabase token that reaches other organizations",
    ({ online }) => {
      online.platform.supabase.projects.set("z".repeat(20), UNRESTRICTED);
      online.platform.supabase.organizations.set("z".repeat(20), "other");
    },
    "token/SUPABASE_ACCESS_TOKEN/organizations",
    /also reaches the organizations other/,
    Level.NOTICE,
  ],
  [
    "a classic GitHub token",
    ({ online }) => (online.github.scopes = "repo, workflow"),
    "token/GITHUB_TOKEN/scopes",
    /classic one with the scopes repo, workflow/,
  ],
  [
    "a GitHub token that isn't an installation's",
    ({ online }) => (online.github.scopes = ""),
    "token/GITHUB_TOKEN/repositories",
    /GitHub doesn't tell/,
    Level.NOTICE,
  ],
];

testWrong(() => stand, WRONG);

test("finds zones and repositories that tokens reach beyond those of the environments", async () => {
  const { online } = stand;
  const other = { id: "d".repeat(32), name: "other.dev", account: aZone().account };
  const estate = online.cloudflare as unknown as { zones: Map<string, unknown> };
  estate.zones.set(other.id, { ...stand.zone, ...other });
  const repositories = (online.github as unknown as { repositories: Map<string, unknown> }).repositories;
  repositories.set("acme/other", { ...stand.repository, name: "other" });
  expect(await stand.findings()).toMatchObject([
    { id: "token/CLOUDFLARE_API_TOKEN/zones", level: "failure", what: expect.stringMatching(/zones other\.dev/) },
    { id: "token/GITHUB_TOKEN/repositories", level: "failure", what: expect.stringMatching(/\/other/) },
  ]);
});

test("finds variables that Terraform would miss or take in place of the configuration", async () => {
  const variables = { TF_VAR_edge_secret_shop: "short", GITHUB_OWNER: "somebody" };
  const findings = await stand.findings(wholeShop(), { variables });
  expect(findings.map(({ id }) => id)).toEqual(["secret/TF_VAR_edge_secret_shop", "variable/GITHUB_OWNER"]);
  expect(JSON.stringify(findings)).not.toContain('"short"');
});

test("wants the Snyk token where Terraform writes it, and asks for no secret then", async () => {
  stand.repository.secrets.clear();
  const environment = wholeShop({ repositories: [aRepository(REPOSITORY, { snyk: { writeToken: true } })] });
  const secret = { id: "secret/TF_VAR_snyk_token", level: "failure" };
  const lacks = ["shop-plan", "shop"].map((name) => ({ what: `${name} lacks TERRAFORM_VARIABLES` }));
  expect(await stand.findings(environment)).toMatchObject([...lacks, secret]);
  expect(await stand.findings(environment, { variables: { TF_VAR_snyk_token: "x" } })).toMatchObject(lacks);
  for (const { secrets } of stand.deployer.environments.values()) secrets.add("TERRAFORM_VARIABLES");
  expect(await stand.findings(environment)).toEqual([]);
});

describe("can't tell how far a token reaches", () => {
  const FAULTS: readonly (readonly [string, Fault])[] = [
    ["500", status(500)],
    ["429", status(429, "", { "retry-after": "0" })],
    ["another form", json({ a: 1 })],
    ["a list that ends too early", json({ total_count: 5, repositories: [] })],
    ["no end", endless],
  ];

  test.each(FAULTS)("where GitHub answers %s", async (_what, fault) => {
    stand.online.github.strike(fault, { at: /installation\/repositories/ });
    expect(await stand.findings()).toMatchObject([{ id: "token/GITHUB_TOKEN/repositories", level: "undecided" }]);
  });

  test.each(FAULTS)("where Cloudflare answers %s", async (_what, fault) => {
    stand.online.cloudflare.strike(fault, { at: /\/user\/tokens\/(?!verify)/ });
    expect(await stand.findings()).toMatchObject([{ id: "token/CLOUDFLARE_API_TOKEN/tokens", level: "undecided" }]);
  });
});

test.each(["CLOUDFLARE_API_TOKEN", "RENDER_API_KEY", "SUPABASE_ACCESS_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"])(
  "all that takes %s is unknown without it, and with a wrong one",
  async (variable) => {
    const missing = await stand.report(wholeShop(), { variables: { [variable]: undefined } });
    expect(missing.findings).toMatchObject([
      { level: "undecided", what: expect.stringMatching(`${variable} isn't set`) },
    ]);
    const wrong = "hunter2-hunter2-hunter2-hunter2-hunter2x";
    const refused = await stand.report(wholeShop(), { variables: { [variable]: wrong } });
    expect(refused.findings.length).toBeGreaterThan(0);
    expect(new Set(refused.findings.map(({ level }) => level))).toEqual(new Set(["undecided"]));
    expect([exitCodeOf(missing), exitCodeOf(refused)]).toEqual([1, 1]);
    expect(JSON.stringify(refused)).not.toContain("hunter2");
  },
);
