import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { CHECKLIST_FORMATS } from "../../../cli/pages/findings";
import { exitCodeOf } from "../../../operations/doctor/checklist";
import { doctor } from "../../../operations/doctor/doctor";
import { EdgePart } from "../../../policy/edge-options";
import { EdgePhase } from "../../../policy/edge-phase";
import { type OtherRule } from "../../../policy/other-rule";
import { Origin } from "../../../policy/origin";
import { Accept } from "../../../policy/accept";
import { CloudflarePlan } from "../../../policy/cloudflare-plan";
import { WorkerEgress } from "../../../policy/worker-egress";
import { aGuest, aZone } from "../../support/environments";
import { endless, type Fault, json, status } from "../../../rehearsal/fault";
import { domain } from "../../../rehearsal/render";
import { UNRESTRICTED } from "../../../rehearsal/supabase";
import { aRepository } from "../../support/repositories";
import { addRecord, PROJECT, SERVICE, WORKER, ZONE_ID } from "../inventory/shop";
import { DEPLOYER, EDGE_SECRET, KEY_VALUE, pasted, REPOSITORY, rulesetId, SET, Stand, wholeShop } from "./stand";
import { sample } from "../../support/sample";

let stand: Stand;
beforeEach(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.stop());

const GROWTH = {
  id: "9".repeat(32),
  ref: "growth-sign-up",
  description: 'growth: challenge "sign-ups"',
  expression: 'http.request.uri.path eq "/sign-up"',
  action: "managed_challenge",
  enabled: true,
};

describe("the doctor", () => {
  test("finds nothing before a first deploy that nothing stands in the way of, and only reads", async () => {
    const report = await stand.report();
    expect(report.steps.filter(({ mark }) => mark !== "done")).toEqual([]);
    expect(report).toMatchObject({ environment: "shop", findings: [], ignored: [] });
    expect(exitCodeOf(report)).toBe(0);
    expect(stand.online.asked.filter((asked) => !asked.startsWith("GET "))).toEqual([]);
  });

  test("asks no platform while examples are left", async () => {
    const hosts = { "app.shop.dev": Origin.render(SERVICE, "example-shop.onrender.com") };
    const { findings } = await stand.report(wholeShop({ hosts }));
    expect(findings).toMatchObject([
      { level: "failure", what: expect.stringMatching(/example-shop\.onrender\.com/) },
      { id: "example/shop/asked", level: "undecided" },
    ]);
    expect(stand.online.asked).toEqual([]);
  });

  test("refuses a name that no environment has", async () => {
    const options = { clients: stand.online.clients(), variables: {}, folder: stand.folder, changed: [] };
    const asked = doctor("shpo", [wholeShop()], { ...options, dialler: stand.internet.dialler });
    await expect(asked).rejects.toThrow(/got "shpo"; allowed: shop/);
  });

  /** What is wrong, and what is found then. */
  const WRONG: readonly (readonly [thing: string, spoil: () => void, id: string, level: string, what: RegExp])[] = [
    [
      "another plan",
      () => (stand.zone.around.facts = { plan: { legacy_id: "free" } }),
      `cloudflare/plan/${ZONE_ID}`,
      "failure",
      /on the plan free, and the environment says pro/,
    ],
    [
      "another zone's id",
      () => (stand.zone.around.facts = { name: "other.dev" }),
      `cloudflare/zone-name/${ZONE_ID}`,
      "failure",
      /is called other\.dev/,
    ],
    [
      "another account",
      () => (stand.zone.around.facts = { account: { id: "other" } }),
      `cloudflare/account/${ZONE_ID}`,
      "failure",
      /belongs to the account other/,
    ],
    [
      "a paused zone",
      () => (stand.zone.around.facts = { paused: true }),
      `cloudflare/status/${ZONE_ID}`,
      "failure",
      /is paused/,
    ],
    [
      "Bot Fight Mode beside a webhook",
      () => (stand.zone.around.bots = { fight_mode: true }),
      `cloudflare/bot-fight-mode/${ZONE_ID}`,
      "failure",
      /may challenge the webhooks of meta/,
    ],
    [
      "Super Bot Fight Mode that answers what it isn't sure of",
      () => (stand.zone.around.bots = { sbfm_definitely_automated: "allow", sbfm_likely_automated: "block" }),
      `cloudflare/bot-fight-mode/${ZONE_ID}`,
      "failure",
      /Super Bot Fight Mode answers automated requests with block/,
    ],
    [
      "Super Bot Fight Mode beside a webhook",
      () => (stand.zone.around.bots = { sbfm_definitely_automated: "managed_challenge" }),
      `cloudflare/bot-fight-mode/${ZONE_ID}`,
      "failure",
      /Super Bot Fight Mode answers automated requests with managed_challenge/,
    ],
    [
      "a list of the same name",
      () =>
        stand.online.cloudflare
          .account(aZone().account)
          .lists.set("l1", { facts: { id: "l1", name: "shop_meta", kind: "ip" }, items: [] }),
      "cloudflare/list/l1",
      "failure",
      /has a list shop_meta already/,
    ],
    [
      "a Gateway policy in the same place",
      () =>
        stand.online.cloudflare
          .account(aZone().account)
          .policies.set("g1", { id: "g1", name: "other", precedence: 1000 }),
      "cloudflare/gateway-policy/g1",
      "failure",
      /"other" has the place 1000 already/,
    ],
    [
      "an expired token",
      () => (stand.online.cloudflare.tokenStatus = "expired"),
      "token/CLOUDFLARE_API_TOKEN",
      "failure",
      /is expired/,
    ],
    [
      "a token that reads tokens",
      () => (stand.online.cloudflare.tokenReadsTokens = true),
      "token/CLOUDFLARE_API_TOKEN/tokens",
      "failure",
      /may read API tokens/,
    ],
    [
      "a key that reaches other workspaces",
      () => stand.render.owners.set("tea-other", "Other"),
      "token/RENDER_API_KEY/workspaces",
      "notice",
      /also reaches the workspaces Other/,
    ],
    [
      "a Supabase token that reaches other organizations",
      () => {
        stand.online.platform.supabase.projects.set("z".repeat(20), UNRESTRICTED);
        stand.online.platform.supabase.organizations.set("z".repeat(20), "other");
      },
      "token/SUPABASE_ACCESS_TOKEN/organizations",
      "notice",
      /also reaches the organizations other/,
    ],
    [
      "a classic GitHub token",
      () => (stand.online.github.scopes = "repo, workflow"),
      "token/GITHUB_TOKEN/scopes",
      "failure",
      /classic one with the scopes repo, workflow/,
    ],
    [
      "a GitHub token that isn't an installation's",
      () => (stand.online.github.scopes = ""),
      "token/GITHUB_TOKEN/repositories",
      "notice",
      /GitHub doesn't tell/,
    ],
    [
      "a host behind a static site",
      () => service("static_site", "https://shop.onrender.com"),
      `render/type/${SERVICE}`,
      "failure",
      /the origin of app\.shop\.dev, is a static_site/,
    ],
    [
      "another onrender.com name",
      () => service("web_service", "https://shop-2.onrender.com"),
      `render/address/${SERVICE}`,
      "failure",
      /is shop-2\.onrender\.com, and the environment says shop\.onrender\.com/,
    ],
    [
      "a missing custom domain",
      () => stand.render.customDomains.set(SERVICE, []),
      "render/domain/app.shop.dev",
      "failure",
      /no custom domain/,
    ],
    [
      "an unverified custom domain",
      () => stand.render.customDomains.set(SERVICE, [domain("app.shop.dev", "unverified")]),
      "render/domain/app.shop.dev",
      "failure",
      /app\.shop\.dev is unverified/,
    ],
    [
      "a worker of another type",
      () => stand.render.services.set(WORKER, { id: WORKER, type: "private_service", serviceDetails: {} }),
      `render/type/${WORKER}`,
      "failure",
      /is a private_service, and the environment says background_worker/,
    ],
    [
      "a store in another region",
      () => stand.render.keyValues.set(KEY_VALUE, { id: KEY_VALUE, ipAllowList: [], region: "oregon" }),
      "render/region/shop",
      "failure",
      /frankfurt \(egs-.*\) and oregon \(red-c0ffee/,
    ],
    [
      "addresses that aren't running",
      () => stand.render.dedicatedIps.set(SET, { id: SET, status: "PENDING", ips: [] }),
      `render/dedicated-addresses/${SET}`,
      "failure",
      /is PENDING/,
    ],
    [
      "other addresses",
      () => stand.render.dedicatedIps.set(SET, { id: SET, status: "RUNNING", ips: ["9.9.9.1"] }),
      `render/dedicated-addresses/${SET}`,
      "failure",
      /holds 9\.9\.9\.1, and the environment says 9\.9\.9\.10, 9\.9\.9\.11, 9\.9\.9\.12/,
    ],
    [
      "a project without restrictions",
      () => stand.online.platform.supabase.projects.set(PROJECT, { ...UNRESTRICTED, entitlement: "disallowed" }),
      `supabase/entitlement/${PROJECT}`,
      "failure",
      /its entitlement is disallowed/,
    ],
    [
      "no Actions secret",
      () => stand.repository.secrets.delete("actions/SNYK_TOKEN"),
      `github/actions-secret/${REPOSITORY}`,
      "failure",
      /has no Actions secret SNYK_TOKEN/,
    ],
    [
      "no Dependabot secret",
      () => stand.repository.secrets.delete("dependabot/SNYK_TOKEN"),
      `github/dependabot-secret/${REPOSITORY}`,
      "failure",
      /has no Dependabot secret SNYK_TOKEN/,
    ],
    [
      "another default branch",
      () => (stand.repository.defaultBranch = "trunk"),
      `github/branch/${REPOSITORY}`,
      "failure",
      /default branch trunk/,
    ],
    [
      "an archived repository",
      () => (stand.repository.archived = true),
      `github/archived/${REPOSITORY}`,
      "failure",
      /is archived/,
    ],
    [
      "a workflow of somebody's",
      () => stand.repository.files.set(".github/workflows/snyk.yml", Buffer.from("name: ours\n")),
      `github/file/${REPOSITORY}:.github/workflows/snyk.yml`,
      "failure",
      /overwrites \.github\/workflows\/snyk\.yml/,
    ],
    [
      "a label",
      () => stand.repository.labels.set("dependency-update", { name: "dependency-update" }),
      `github/label/${REPOSITORY}:dependency-update`,
      "failure",
      /has a label dependency-update already/,
    ],
    [
      "a ruleset of the gate's name",
      () => stand.repository.rulesets.set("42", { id: 42, name: "snyk-gate" }),
      `github/ruleset/${REPOSITORY}:42`,
      "failure",
      /has a ruleset snyk-gate already/,
    ],
    [
      "an inventory that isn't empty",
      () => stand.zone.around.workersRoutes.push({ id: "w1", pattern: "*", script: "x" }),
      "cloudflare/workers-route/w1",
      "failure",
      /runs the Worker x/,
    ],
  ];

  test.each(sample(WRONG, 5))("finds %s, and says what to do", async (_thing, spoil, id, level, what) => {
    spoil();
    const report = await stand.report();
    expect(report.findings).toMatchObject([
      { id, level, what: expect.stringMatching(what), todo: expect.stringMatching(/./) },
    ]);
    expect(exitCodeOf(report)).toBe(level === "notice" ? 0 : 1);
  });

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

  test("counts an Actions secret that the organization shares", async () => {
    stand.repository.secrets.delete("actions/SNYK_TOKEN");
    stand.repository.sharedSecrets.push("SNYK_TOKEN");
    expect(await stand.findings()).toEqual([]);
    stand.repository.sharedSecrets.pop();
    stand.online.github.strike(status(403), { at: /organization-secrets/ });
    expect(await stand.findings()).toMatchObject([{ id: `github/actions-secret/${REPOSITORY}`, level: "undecided" }]);
  });

  test("says that nothing is known of files while nothing is synthesized", async () => {
    stand.synthesize("nothing");
    expect(await stand.findings()).toMatchObject([{ id: "synthesized/shop", level: "undecided" }]);
  });

  test("lists the other hosts that the zone's settings reach", async () => {
    addRecord(stand.online, "f2", { name: "www.shop.dev", type: "A", content: "9.9.9.9" });
    addRecord(stand.online, "f3", { name: "mail.shop.dev", type: "A", content: "9.9.9.9", proxied: false });
    const reach = async (environment = wholeShop()) =>
      (await stand.findings(environment)).find(({ id }) => id.startsWith("cloudflare/reach/"));
    expect(await reach()).toMatchObject({ level: "notice", what: expect.stringMatching(/also reach www\.shop\.dev$/) });
    const edge = { hsts: { includeSubDomains: true } };
    expect((await reach(wholeShop({ edge })))?.what).toMatch(/reach mail\.shop\.dev, www\.shop\.dev$/);
  });

  describe("asks of Super Bot Fight Mode", () => {
    const rule = {
      ...{ phase: EdgePhase.CUSTOM, ref: "hooks", description: "the hooks", expression: "ssl", action: "skip" },
      actionParameters: { phases: ["http_request_sbfm"] },
    };
    const found = (other: Partial<OtherRule>) => {
      stand.zone.around.bots = { sbfm_definitely_automated: "block" };
      return stand.findings(wholeShop({ edge: { otherRules: [{ ...rule, ...other }] } }));
    };

    test.each<[string, Partial<OtherRule>]>([
      ["everything", {}],
      ["the webhook's path", { expression: 'http.request.uri.path contains "/webhooks/meta"' }],
    ])("nothing where a rule skips it for %s", async (_what, other) => {
      expect(await found(other)).toEqual([]);
    });

    test.each<[string, Partial<OtherRule>]>([
      ["is switched off", { enabled: false }],
      ["skips other phases", { actionParameters: { phases: ["http_ratelimit"], products: ["http_request_sbfm"] } }],
      ["does something else", { action: "log" }],
      ["is of another phase", { phase: EdgePhase.REDIRECT }],
    ])("to let webhooks through where the rule %s", async (_what, other) => {
      expect(await found(other)).toMatchObject([{ id: `cloudflare/bot-fight-mode/${ZONE_ID}`, level: "failure" }]);
    });

    test("to look at a rule that may not match the webhooks", async () => {
      expect(await found({ expression: 'http.request.uri.path eq "/other"' })).toMatchObject([
        {
          id: `cloudflare/bot-fight-mode/${ZONE_ID}`,
          level: "notice",
          what: expect.stringMatching(/unless hooks excepts them/),
        },
      ]);
    });
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

  test("leaves a guest's zone to its owner", async () => {
    const guest = aGuest("guest", "shop");
    const [host = "", { service: id, address } = Origin.render("", "")] = Object.entries(guest.hosts)[0] ?? [];
    stand.render.services.set(id, { id, type: "web_service", serviceDetails: { url: `https://${address}` } });
    stand.render.customDomains.set(id, [domain(host)]);
    const findings = await stand.findings(guest, { others: [wholeShop()] });
    expect(findings.map((finding) => finding.id)).toEqual([
      "github/environment/acme/infrastructure:guest",
      "github/environment/acme/infrastructure:guest-plan",
      "origin/guest.shop.dev",
      "synthesized/guest",
      "zone/guest",
    ]);
  });

  test.each(["CLOUDFLARE_API_TOKEN", "RENDER_API_KEY", "SUPABASE_ACCESS_TOKEN", "GITHUB_TOKEN", "GH_TOKEN"])(
    "without %s, or with a wrong one, nobody can say",
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

  test("never shows a credential or a secret", async () => {
    stand.zone.around.bots = { fight_mode: true };
    stand.repository.secrets.clear();
    const { online } = stand;
    const secrets = [
      EDGE_SECRET,
      online.cloudflare.token,
      online.platform.token,
      online.platform.key,
      online.github.token,
    ];
    const report = await stand.report();
    const shown = `${CHECKLIST_FORMATS.text(report)}${JSON.stringify(report)}`;
    for (const secret of secrets) expect(shown).not.toContain(secret.slice(4, 16));
  });
});

describe("the repository that deploys", () => {
  const DEPLOYS = `github/environment/${DEPLOYER}`;

  test.each<[thing: string, spoil: () => void, id: string, what: RegExp]>([
    ["an environment", () => stand.deployer.environments.delete("shop"), `${DEPLOYS}:shop`, /has no environment shop/],
    [
      "a secret",
      () => environment("shop-plan").secrets.delete("EDGE_SECRET"),
      `${DEPLOYS}:shop-plan/secrets`,
      /^shop-plan lacks EDGE_SECRET$/,
    ],
    [
      "a variable",
      () => environment("shop").variables.clear(),
      `${DEPLOYS}:shop/variables`,
      /^shop lacks TERRAFORM_APP_CLIENT_ID$/,
    ],
    [
      "a restriction to branches",
      () => (environment("shop-plan").isRestricted = false),
      `${DEPLOYS}:shop-plan/branches`,
      /any branch of acme\/infrastructure may use the secrets/,
    ],
    [
      "reviewers",
      () => (environment("shop").isReviewed = false),
      `${DEPLOYS}:shop/reviewers`,
      /every push to main is deployed/,
    ],
  ])("may lack %s", async (_thing, spoil, id, what) => {
    spoil();
    expect(await stand.findings()).toMatchObject([{ id, level: "failure", what: expect.stringMatching(what) }]);
  });

  test("needs no reviewers where a person starts the deploy by hand", async () => {
    environment("shop").isReviewed = false;
    stand.deployer.variables.set("DEPLOY_BY_DISPATCH", "shop,other");
    expect(await stand.findings()).toEqual([]);
  });

  test("keeps no secret of a deploy for every workflow", async () => {
    stand.deployer.secrets.set("actions/RENDER_API_KEY", "2026-01-15T10:00:00Z");
    expect(await stand.findings()).toMatchObject([
      { id: `github/secret/${DEPLOYER}:RENDER_API_KEY`, level: "failure" },
    ]);
  });

  test("may be unknown, and so is what it holds where it can't be read", async () => {
    const { infrastructure: _, ...unnamed } = wholeShop();
    expect(await stand.findings(unnamed)).toMatchObject([{ id: "github/deployer", level: "undecided" }]);
    stand.online.github.strike(status(403), { at: /environments/ });
    expect((await stand.findings()).map(({ level }) => level)).toEqual(["undecided"]);
  });
});

describe("what can be said of the deploy itself", () => {
  test("is that its state would be lost", async () => {
    stand.synthesize({ terraform: { backend: { local: {} } } });
    const ids = (await stand.findings()).map(({ id }) => id);
    expect(ids).toContain("backend/shop");
  });

  test.each([
    ["are missing", undefined, /no checksums of the providers of shop are committed/],
    ["are of another version", "5.12.0", /lacks cloudflare\/cloudflare 5\.13\.0/],
  ])("is that checksums %s", async (_what, version, what) => {
    const path = join(stand.locks, "shop.terraform.lock.hcl");
    if (version === undefined) rmSync(path);
    else writeFileSync(path, readFileSync(path, "utf8").replace("5.13.0", version));
    expect(await stand.findings()).toMatchObject([
      { id: "provider-lock/shop", level: "failure", what: expect.stringMatching(what) },
    ]);
  });

  test.each([
    ["nothing was proven", undefined, /has no proof\.json/],
    [
      "something else was proven",
      ["stacks/shop/cdk.tf.json"],
      /stacks\/shop\/cdk\.tf\.json isn't the file that was proven/,
    ],
  ])("is that %s", async (_what, changed, what) => {
    expect(await stand.findings(wholeShop(), { changed })).toMatchObject([
      { id: "proof/shop", level: "failure", what: expect.stringMatching(what) },
    ]);
  });
});

describe("the application", () => {
  const application = { "x-render-origin-server": "uvicorn" };

  test.each<[string, number, Readonly<Record<string, string>>, "failure" | "undecided" | undefined]>([
    ["refuses by 401", 401, application, undefined],
    ["serves", 200, application, "failure"],
    ["knows no such page", 404, application, "failure"],
    ["isn't there", 404, { "x-render-routing": "no-server" }, "undecided"],
    ["may not be who refuses", 403, {}, "undecided"],
    ["is behind a challenge", 403, { "cf-mitigated": "challenge" }, "undecided"],
    ["may not be who serves", 200, {}, "failure"],
  ])("that %s without the edge's secret", async (_what, status, headers, level) => {
    stand.refusal = { status, headers };
    const findings = await stand.findings();
    expect(findings.map((finding) => [finding.id, finding.level])).toEqual(
      level === undefined ? [] : [["origin/app.shop.dev", level]],
    );
  });
});

describe("the workers", () => {
  const enterprise = () => ({
    zone: aZone({ plan: CloudflarePlan.ENTERPRISE }),
    workerEgress: WorkerEgress.gatewaySharedWithWebService(1_000),
    accept: [],
  });
  const proxy = (value: string) => stand.render.variables.set(WORKER, [{ key: "HTTPS_PROXY", value }]);

  test.each<[string, () => void, "failure" | "undecided" | undefined]>([
    ["is Gateway's", () => proxy("https://a1b2c3.proxy.cloudflare-gateway.com"), undefined],
    ["is another", () => proxy("https://hunter2.example.com"), "failure"],
    ["isn't set, or by a linked group", () => undefined, "undecided"],
  ])("go through a proxy that %s", async (_what, set, level) => {
    set();
    stand.zone.around.facts = { plan: { legacy_id: "enterprise" } };
    const findings = await stand.findings(wholeShop(enterprise()));
    expect(findings.map((finding) => [finding.id, finding.level])).toEqual(
      level === undefined ? [] : [[`render/proxy/${WORKER}`, level]],
    );
    expect(JSON.stringify(findings)).not.toContain("hunter2");
  });
});

test.each([
  ["has no access", () => stand.repository.teams.delete("security"), /security has no access to/],
  ["may only read", () => stand.repository.teams.set("security", "pull"), /security may only pull in/],
])("the gate's team that %s is found", async (_what, spoil, what) => {
  spoil();
  expect(await stand.findings()).toMatchObject([
    { id: `github/gate-team/${REPOSITORY}`, level: "failure", what: expect.stringMatching(what) },
  ]);
});

test("the gate's team that the token may not see is unknown", async () => {
  stand.repository.teams.delete("security");
  stand.online.github.strike(status(404), { at: /orgs\/.*\/teams/ });
  expect(await stand.findings()).toMatchObject([{ id: `github/gate-team/${REPOSITORY}`, level: "undecided" }]);
});

test("the application is asked without any credential", async () => {
  stand.refusal = { status: 200, headers: { "x-render-origin-server": "uvicorn" } };
  const variables = Object.fromEntries(Object.keys(stand.online.variables).map((name) => [name, undefined]));
  const { findings } = await stand.report(wholeShop(), { variables });
  expect(findings.filter(({ level }) => level === "failure").map(({ id }) => id)).toEqual(["origin/app.shop.dev"]);
});

describe("what a zone has already", () => {
  test("is found with what to paste, and passes once that is pasted", async () => {
    stand.rules(EdgePhase.CUSTOM, [
      GROWTH,
      { ...GROWTH, id: "8".repeat(32), ref: "Old Ref", enabled: false, description: "" },
    ]);
    stand.rules(EdgePhase.REDIRECT, [], "ours");
    addRecord(stand.online, "e".repeat(32), { name: "app.shop.dev", type: "CNAME", content: "shop.onrender.com" });
    const report = await stand.report();
    expect(report.findings.map(({ id, level }) => [id, level])).toEqual([
      ["cloudflare/host-record/app.shop.dev", "failure"],
      [`cloudflare/rule/http_request_firewall_custom/${"8".repeat(32)}`, "failure"],
      ["cloudflare/rule/http_request_firewall_custom/growth-sign-up", "failure"],
      [`cloudflare/ruleset/${ZONE_ID}/http_request_dynamic_redirect`, "failure"],
      [`cloudflare/ruleset/${ZONE_ID}/http_request_firewall_custom`, "failure"],
    ]);
    const edge = pasted(report.paste ?? "");
    expect(edge).toEqual({
      existing: {
        rulesets: {
          [EdgePhase.REDIRECT]: { id: rulesetId(EdgePhase.REDIRECT), name: "ours" },
          [EdgePhase.CUSTOM]: { id: rulesetId(EdgePhase.CUSTOM), name: "default" },
        },
        records: { "app.shop.dev": "e".repeat(32) },
      },
      otherRules: [
        {
          phase: EdgePhase.CUSTOM,
          ref: "growth-sign-up",
          description: GROWTH.description,
          expression: GROWTH.expression,
          action: "managed_challenge",
        },
        {
          phase: EdgePhase.CUSTOM,
          ref: "8".repeat(32),
          description: expect.stringMatching(/to be described/),
          expression: GROWTH.expression,
          action: "managed_challenge",
          enabled: false,
        },
      ],
    });
    expect(await stand.report(wholeShop({ edge }))).toMatchObject({ findings: [], ignored: [] });
    expect(CHECKLIST_FORMATS.text(report)).toContain('ref: "growth-sign-up",');
  });

  test("may be dropped by name, and a name that fits nothing is said", async () => {
    stand.rules(EdgePhase.CUSTOM, [GROWTH]);
    const existing = { rulesets: { [EdgePhase.CUSTOM]: { id: rulesetId(EdgePhase.CUSTOM) } } };
    const report = await stand.report(wholeShop({ edge: { existing } }), { drop: ["growth-sign-up", "grwoth"] });
    expect(report.findings).toMatchObject([
      { id: "cloudflare/rule/http_request_firewall_custom/growth-sign-up", level: "notice" },
      { id: "drop/grwoth", level: "notice", what: "no live rule has the ref grwoth" },
    ]);
    expect([exitCodeOf(report), report.paste]).toEqual([0, undefined]);
  });

  test("may be an overwritten file that is dropped by name", async () => {
    stand.repository.files.set(".github/dependabot.yml", Buffer.from("version: 2\nupdates: []\n"));
    const drop = [`${REPOSITORY}:.github/dependabot.yml`];
    expect(await stand.findings(wholeShop(), { drop })).toMatchObject([{ level: "notice" }]);
  });

  test("isn't this project's own work: after a deploy nothing collides", async () => {
    stand.rules(EdgePhase.CUSTOM, [{ ...GROWTH, ref: "edge_only_https" }]);
    addRecord(stand.online, "e1", { name: "app.shop.dev", type: "CNAME", content: "shop.onrender.com" });
    stand.online.cloudflare
      .account(aZone().account)
      .lists.set("l1", { facts: { id: "l1", name: "shop_meta", kind: "ip" }, items: [] });
    const { files, labels, rulesets } = stand.repository;
    files.set(".github/workflows/snyk.yml", Buffer.from("# Managed by Terraform (ScanSchedule): yesterday's\n"));
    files.set(".github/dependabot.yml", Buffer.from("version: 2\n"));
    files.set(".github/security/snyk-scan.cjs", Buffer.from("yesterday();\n"));
    labels.set("dependency-update", { name: "dependency-update" });
    rulesets.set("42", { id: 42, name: "snyk-gate" });
    expect(await stand.findings()).toEqual([]);
  });

  test("is somebody else's where only one ruleset is this project's", async () => {
    stand.rules(EdgePhase.CUSTOM, [{ ...GROWTH, ref: "edge_only_https" }, GROWTH]);
    stand.rules(EdgePhase.LATE_TRANSFORM, []);
    expect((await stand.findings()).map(({ id }) => id)).toEqual([
      "cloudflare/rule/http_request_firewall_custom/growth-sign-up",
      `cloudflare/ruleset/${ZONE_ID}/http_request_late_transform`,
    ]);
  });

  test("is left alone where the environment leaves it", async () => {
    stand.rules(EdgePhase.REDIRECT, [GROWTH]);
    const edge = { leave: [EdgePart.REDIRECT] };
    const accept: Accept[] = [Accept.declared("PORTS-2", "another team redirects here")];
    const id = `cloudflare/rule/${GROWTH.id}`;
    expect(await stand.findings(wholeShop({ edge, accept }))).toMatchObject([{ id, level: "failure" }]);
    accept.push(Accept.thing(id, "the redirect of another team"));
    expect(await stand.findings(wholeShop({ edge, accept }))).toEqual([]);
  });

  test.each([
    [
      "a ruleset",
      { rulesets: { [EdgePhase.CUSTOM]: { id: "7".repeat(32) } } },
      /names the ruleset 7+ of .*, and the zone has none/,
    ],
    [
      "a record",
      { records: { "app.shop.dev": "7".repeat(32) } },
      /names the record 7+ of app\.shop\.dev, which has none/,
    ],
  ])("may not be %s that isn't there", async (_what, existing, what) => {
    expect(await stand.findings(wholeShop({ edge: { existing } }))).toMatchObject([
      { level: "failure", what: expect.stringMatching(what) },
    ]);
  });

  test("keeps its name: a ruleset of another one would be replaced", async () => {
    stand.rules(EdgePhase.CUSTOM, [], "ours");
    const existing = { rulesets: { [EdgePhase.CUSTOM]: { id: rulesetId(EdgePhase.CUSTOM) } } };
    const report = await stand.report(wholeShop({ edge: { existing } }));
    expect(report.findings).toMatchObject([{ level: "failure", what: expect.stringMatching(/has (?:c1)+ "ours"/) }]);
    expect(await stand.findings(wholeShop({ edge: pasted(report.paste ?? "") }))).toEqual([]);
  });

  test("is more than one record: one is kept, the others have to go first", async () => {
    addRecord(stand.online, "e1", { name: "app.shop.dev", type: "A", content: "9.9.9.9" });
    addRecord(stand.online, "e2", { name: "app.shop.dev", type: "AAAA", content: "2620:fe::9" });
    const findings = await stand.findings();
    expect(findings.find(({ id }) => id === "cloudflare/host-record/app.shop.dev")?.what).toMatch(
      /has 2 records.*A 9\.9\.9\.9 \(e1\), AAAA 2620:fe::9 \(e2\)/,
    );
  });

  test("is imported by a line for the shell where Terraform alone can", async () => {
    stand.repository.rulesets.set("42", { id: 42, name: "snyk-gate" });
    const [finding] = await stand.findings();
    const [, name] = REPOSITORY.split("/");
    expect(finding?.paste).toBe(
      `terraform -chdir=${stand.folder}/stacks/shop import github_repository_ruleset.Ruleset ${name ?? ""}:42`,
    );
  });

  test("isn't pasted with what may be secret: until that is filled in, the file doesn't compile", async () => {
    const secret = "hunter2hunter2";
    stand.rules(EdgePhase.LATE_TRANSFORM, [
      {
        ...GROWTH,
        action: "rewrite",
        action_parameters: { headers: { "X-Partner": { operation: "set", value: secret } } },
      },
      { ...GROWTH, id: "6".repeat(32), ref: "b", expression: `any(http.request.headers["x-key"][*] eq "${secret}")` },
      {
        ...GROWTH,
        id: "5".repeat(32),
        ref: "c",
        expression: `is_timed_hmac_valid_v0("${secret}", http.host, 1, 2, 8)`,
      },
      { ...GROWTH, id: "4".repeat(32), ref: "d", expression: `http.request.uri.query contains "key=${secret}"` },
      { ...GROWTH, id: "3".repeat(32), ref: "e", expression: `any(http.request.uri.args["k"][*] eq "${secret}")` },
      { ...GROWTH, id: "2".repeat(32), ref: "f", expression: `http.request.body.raw contains r#"${secret}"#` },
      { ...GROWTH, id: "1".repeat(32), ref: "g", expression: `"${secret}" is what nobody understands` },
      {
        ...GROWTH,
        id: "0".repeat(32),
        ref: "h",
        action: "rewrite",
        action_parameters: { uri: { query: { value: `key=${secret}` }, path: { value: "/kept" } } },
      },
    ]);
    const report = await stand.report();
    expect(`${CHECKLIST_FORMATS.text(report)}${JSON.stringify(report)}`).not.toContain("hunter2");
    expect(report.paste).toContain('{"path":{"value":"/kept"},"query":{"value":COPY_FROM_THE_DASHBOARD}}');
    expect(report.paste).toMatch(/"X-Partner":\{"operation":"set","value":COPY_FROM_THE_DASHBOARD\}/);
    expect(() => pasted(report.paste ?? "")).toThrow(/COPY_FROM_THE_DASHBOARD is not defined/);
  });

  test("is pasted in ASCII, and as text, whatever a rule is called", async () => {
    const description = '\u001b[2J\u009b1m\u202e"}; process.exit(1); ({\u00e9';
    stand.rules(EdgePhase.CUSTOM, [{ ...GROWTH, description }]);
    const report = await stand.report();
    expect(CHECKLIST_FORMATS.text(report)).toMatch(/^[\x20-\x7e\n✓○]*$/);
    expect(pasted(report.paste ?? "").otherRules?.[0]?.description).toBe(description);
  });

  test("is undecided for a single file that can't be read", async () => {
    stand.online.github.strike(status(403), { at: /contents\/.*dependabot\.yml/ });
    expect(await stand.findings()).toMatchObject([
      { id: `github/file/${REPOSITORY}:.github/dependabot.yml`, level: "undecided" },
    ]);
  });

  test("can't be told where it can't be read", async () => {
    stand.online.cloudflare.strike(status(403), { at: /entrypoint|dns_records|bot_management|zones\/[a-f0-9]+$/ });
    stand.online.github.strike(status(403), { at: /secrets|contents|labels|rulesets/ });
    const report = await stand.report();
    expect(exitCodeOf(report)).toBe(1);
    const ids = report.findings.filter(({ level }) => level === "undecided").map(({ id }) => id);
    for (const id of [
      `cloudflare/zone/${ZONE_ID}`,
      `cloudflare/dns-records/${ZONE_ID}`,
      `cloudflare/bot-fight-mode/${ZONE_ID}`,
      `cloudflare/ruleset/${ZONE_ID}/http_request_firewall_custom`,
      `github/actions-secret/${REPOSITORY}`,
      `github/dependabot-secret/${REPOSITORY}`,
      `github/files/${REPOSITORY}`,
      `github/labels/${REPOSITORY}`,
      `github/rulesets/${REPOSITORY}`,
    ]) {
      expect(ids).toContain(id);
    }
    expect(report.findings.map(({ level }) => level)).not.toContain("failure");
  });
});

function environment(name: string) {
  const state = stand.deployer.environments.get(name);
  if (state === undefined) throw new Error(name);
  return state;
}

function service(type: string, url: string): void {
  stand.render.services.set(SERVICE, { id: SERVICE, type, serviceDetails: { url } });
}
