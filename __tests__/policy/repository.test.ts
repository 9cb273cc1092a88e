import type { Problem } from "../../errors/invalid-input";
import { Accept } from "../../policy/accept";
import type { Environment } from "../../policy/environment";
import { GithubPlan, RepositoryVisibility } from "../../policy/github-plan";
import { PackageManager, ScannedManifest } from "../../policy/scanned-manifest";
import { Policy } from "../../policy/policy";
import type { Repository } from "../../policy/repository";
import { anEnvironment } from "../support/environments";
import { problemsWith } from "../support/problems";
import { A_CADENCE, aRepository } from "../support/repositories";

const refused = (overrides: Partial<Environment>): readonly Problem[] =>
  problemsWith(() => Policy.across([anEnvironment(overrides)]));
const passes = (overrides: Partial<Environment>): void => {
  expect(() => Policy.across([anEnvironment(overrides)])).not.toThrow();
};
const one = (overrides: Partial<Repository>): Partial<Environment> => ({
  repositories: [aRepository("acme/api", overrides)],
});
const manifest = (packageManager: PackageManager, path: string, pythonVersion?: string) =>
  one({ manifests: [{ packageManager, path, ...(pythonVersion === undefined ? {} : { pythonVersion }) }] });
const cadence = (overrides: Partial<typeof A_CADENCE> & object) => one({ pentest: { ...A_CADENCE, ...overrides } });
const SCAN_1 = Accept.declared("SCAN-1", "the plan has no rulesets");

describe("a repository", () => {
  test.each<[string, Partial<Environment>]>([
    ["name", { repositories: [aRepository("${TfToken[TOKEN.1]}")] }],
    ["defaultBranch", one({ defaultBranch: 'main"]\npermissions: write-all' })],
    ["snyk.tokenSecret", one({ snyk: { tokenSecret: "SNYK TOKEN }}" } })],
    ["gate.terraformApp", one({ gate: { terraformApp: "0" } })],
    ["gate.reviewedBy", one({ gate: { terraformApp: "1", reviewedBy: "${var.team}" } })],
    ["manifests[0].path", manifest(PackageManager.PIP, "/requirements.txt")],
    ["manifests[0].path", manifest(PackageManager.PIP, "a/../requirements.txt")],
    ["manifests[0].path", manifest(PackageManager.PIP, "$(reboot)/requirements.txt")],
    ["manifests[0].path", manifest(PackageManager.PIP, "-r.txt")],
    ["manifests[0].path", manifest(PackageManager.PIP, "requirements.txt\n")],
    ["manifests[0].path", manifest(PackageManager.PIP, "setup.py")],
    ["manifests[0].path", manifest(PackageManager.NPM, "package.json")],
    ["manifests[0].path", manifest(PackageManager.POETRY, "pyproject.toml")],
    ["manifests[0].pythonVersion", manifest(PackageManager.NPM, "package-lock.json", "3.12")],
    [
      "manifests[0].passUnscannable",
      one({ manifests: [{ packageManager: PackageManager.NPM, path: "package-lock.json", passUnscannable: true }] }),
    ],
    ["pentest.adoptedOn", cadence({ adoptedOn: "15.01.2026" })],
    ["pentest.adoptedOn", cadence({ adoptedOn: "2026-13-01" })],
    ["pentest.publicApi[0]", cadence({ publicApi: ["http://api.shop.dev"] })],
    ["pentest.publicApi[0]", cadence({ publicApi: ["https://api.shop.dev/ --> <script>"] })],
    ["pentest.accreditations", one({ pentest: { ...A_CADENCE, accreditations: [] } })],
    ["pentest.cadenceDays", one({ pentest: { ...A_CADENCE, cadenceDays: 180.5 } })],
    ["pentest.cadenceDays", one({ pentest: { ...A_CADENCE, cadenceDays: 0 } })],
  ])("is refused with a bad %s", (place, overrides) => {
    expect(refused(overrides).map(({ at }) => at)[0]).toBe(`shop.repositories[0].${place}`);
  });

  test("is refused when it names a manifest twice, and the error says where", () => {
    const twice = [ScannedManifest.uv("uv.lock"), ScannedManifest.uv("uv.lock")];
    expect(refused(one({ manifests: twice }))).toEqual([
      expect.objectContaining({
        at: "shop.repositories[0].manifests[1].path",
        change: "remove it here or in manifests[0]",
      }),
    ]);
  });

  test.each([
    ["a URL", { name: "https://github.com/acme/api.git" }, 'did you mean "acme/api"?'],
    ["a path with a slash in front", { manifests: [ScannedManifest.uv("/uv.lock")] }, 'did you mean "uv.lock"?'],
    ["a team with its owner", { gate: { terraformApp: "1", reviewedBy: "@acme/sec" } }, 'did you mean "sec"?'],
    ["a secret in lower case", { snyk: { tokenSecret: "snyk-token" } }, 'did you mean "SNYK_TOKEN"?'],
  ])("gets a suggestion for %s", (_what, overrides, change) => {
    expect(refused(one(overrides))).toEqual([expect.objectContaining({ change })]);
  });

  test("is refused when every pull request of Dependabot would be blocked for lack of its secret", () => {
    const snyk = { blockWhenUnavailable: true, dependabotSecret: false };
    expect(refused(one({ snyk })).map(({ at }) => at)).toEqual(["shop.repositories[0].snyk.blockWhenUnavailable"]);
    passes(one({ snyk: { blockWhenUnavailable: true } }));
  });

  test("passes with a manifest of every package manager", () => {
    passes(
      one({
        manifests: [
          ScannedManifest.pip("requirements.txt", { pythonVersion: "3.13" }),
          ScannedManifest.poetry("services/billing/poetry.lock"),
          ScannedManifest.uv("services/agents/uv.lock"),
          ScannedManifest.npm("package-lock.json"),
          ScannedManifest.pnpm("dashboard/pnpm-lock.yaml"),
          ScannedManifest.yarn(".widget/yarn.lock"),
        ],
      }),
    );
  });
});

describe("a plan", () => {
  test.each([
    [GithubPlan.FREE, RepositoryVisibility.PRIVATE],
    [GithubPlan.FREE, RepositoryVisibility.INTERNAL],
  ])("%s refuses a gate for a repository that is %s", (plan, visibility) => {
    const problems = refused({ ...one({ plan, visibility, codeSecurity: false }), accept: [SCAN_1] });
    expect(problems).toEqual([
      expect.objectContaining({
        at: "shop.repositories[0].gate",
        allowed: expect.stringContaining("pro plan") as string,
      }),
    ]);
  });

  test("free has a gate for a public repository", () => {
    passes(one({ plan: GithubPlan.FREE, visibility: RepositoryVisibility.PUBLIC, codeSecurity: false }));
  });

  test("pro has a gate for a private repository", () => {
    passes(one({ plan: GithubPlan.PRO, codeSecurity: false }));
  });
});

describe("an environment", () => {
  const { gate: _gate, ...ungated } = aRepository();
  const { pentest: _pentest, ...untested } = aRepository();

  test("fails with a repository without gate, unless it accepts that SCAN-1 is declared", () => {
    expect(refused({ repositories: [ungated] })).toEqual([
      expect.objectContaining({
        at: "shop.repositories[0].gate",
        change: expect.stringContaining('Accept.declared("SCAN-1", reason)') as string,
      }),
    ]);
    passes({ repositories: [ungated], accept: [SCAN_1] });
  });

  test("fails with a manifest that may pass unscanned, unless it accepts that SCAN-1 is declared", () => {
    const manifests = [ScannedManifest.pip("requirements.txt", { passUnscannable: true })];
    const scanned = one({ manifests });
    expect(refused(scanned)).toEqual([
      expect.objectContaining({
        at: "shop.repositories[0].manifests[0].passUnscannable",
        change: expect.stringContaining('Accept.declared("SCAN-1", reason)') as string,
      }),
    ]);
    passes({ ...scanned, accept: [SCAN_1] });
  });

  test("fails when no repository keeps the register of penetration tests, unless it accepts both statements", () => {
    const accept = [
      Accept.declared("PEN-1", "the parent company tests"),
      Accept.declared("PEN-2", "it sets the scope"),
    ];
    const repositories = [untested];
    expect(refused({ repositories }).map(({ allowed }) => allowed)).toEqual([
      "one with `pentest`, or PEN-1 accepted as declared",
      "one with `pentest`, or PEN-2 accepted as declared",
    ]);
    expect(refused({ repositories, accept: accept.slice(0, 1) })).toHaveLength(1);
    passes({ repositories, accept });
  });

  test("passes when one of its repositories keeps the register", () => {
    passes({ repositories: [aRepository("acme/api"), { ...untested, name: "acme/dashboard" }] });
  });

  test("passes without repositories", () => {
    passes({ repositories: [] });
  });

  test("fails with repositories of two owners", () => {
    const repositories = [aRepository("acme/api"), aRepository("ACME/dashboard"), aRepository("other/worker")];
    expect(refused({ repositories })).toEqual([
      expect.objectContaining({
        at: "shop.repositories[2].name",
        got: '"other/worker" beside "acme/api"',
        change: "let another environment own the repositories of the other owner",
      }),
    ]);
  });

  test("fails once with everything that is wrong", () => {
    const places = refused(one({ name: "api", defaultBranch: "", manifests: [] })).map(({ at }) => at);
    expect(places).toEqual(["name", "manifests", "defaultBranch"].map((place) => `shop.repositories[0].${place}`));
  });
});
