import { ScannedManifest } from "../../../../policy/scanned-manifest";
import { Area, Direction } from "../../../../verification/answers/diff/difference";
import { diffReport } from "../../../../verification/answers/diff/report";
import { DIFF_FORMATS } from "../../../../verification/render/diff";
import type { Change } from "../../../support/proof-scenes";
import { aRepository } from "../../../support/repositories";
import { sample } from "../../../support/sample";
import { added, appOf, changedBy, given, SHOP, told } from "./apps";

describe("scans and the penetration test", () => {
  const with_ = [{ ...SHOP, repositories: [aRepository()] }];
  const FILE = "github_repository_file";
  const text =
    (part: string, change: (content: string) => string): Change =>
    (folder) => {
      const files =
        (folder.stacks["shop"]?.json["resource"] as Record<string, Record<string, { content: string }>>)[FILE] ?? {};
      const [name = ""] = Object.keys(files).filter((each) => each.includes(part));
      const file = files[name];
      if (file === undefined || change(file.content) === file.content) throw new Error(`nothing changes in ${part}`);
      file.content = change(file.content);
    };

  test.each<readonly [string, Change, string]>(
    sample<readonly [string, Change, string]>(
      [
        [
          "a schedule that isn't known",
          text("snykyml", (yaml) => yaml.replace(/cron: "\d+ (\d+) \* \* \d"/, 'cron: "0 $1 1 * *"')),
          "undecided: what .github/workflows/snyk.yml of acme/api says: something → something else",
        ],
        [
          "a manifest",
          text("snykyml", (yaml) => yaml.replace('manifest: "uv.lock"', 'manifest: "other.lock"')),
          "weakened: uv.lock of acme/api: scanned by Snyk (uv, python 3.12) → not scanned by a workflow that is known",
        ],
        [
          "a manifest that may pass unscanned",
          text("snykyml", (yaml) => yaml.replace('unscannable: ""', 'unscannable: "pass"')),
          "weakened: uv.lock of acme/api: scanned by Snyk (uv, python 3.12) → scanned by Snyk (uv, python 3.12, passes where it is not scannable)",
        ],
        [
          "the threshold",
          text("snykyml", (yaml) => yaml.replace("SEVERITY_THRESHOLD: high", "SEVERITY_THRESHOLD: critical")),
          "weakened: a vulnerability of acme/api: fails from high on → fails from critical on",
        ],
        [
          "an outage",
          text("snykyml", (yaml) => yaml.replace('UNAVAILABLE: "false"', 'UNAVAILABLE: "true"')),
          "strengthened: a pull request in an outage of Snyk of acme/api: passes → blocked",
        ],
        [
          "the token",
          text("snykyml", (yaml) => yaml.replace("secrets.SNYK_TOKEN", "secrets.OTHER")),
          "changed: the token of the scan of acme/api: the secret SNYK_TOKEN → the secret OTHER",
        ],
        [
          "the tools",
          text("snykyml", (yaml) => yaml.replace("v1.1306.4", "v1.1306.0")),
          "changed: the tools of the scan of acme/api: Snyk v1.1306.4, uv 0.13.9, ubuntu-24.04 → Snyk v1.1306.0, uv 0.13.9, ubuntu-24.04",
        ],
        [
          "what the firm is told",
          text("pentest-scope", (markdown) => markdown.replace("every 365 days", "every 300 days")),
          "changed: what .github/security/pentest-scope.md of acme/api says: something → something else",
        ],
        [
          "a push",
          text("snykyml", (yaml) => yaml.replace(/ {2}push:\n.*\n/, "")),
          "undecided: what .github/workflows/snyk.yml of acme/api says: something → something else",
        ],
        [
          "the gate",
          given("github_repository_ruleset", "", { enforcement: "evaluate" }),
          "weakened: a merge into acme/api: needs snyk-gate → needs no check: snyk-gate is evaluate",
        ],
        [
          "who gets past it",
          given("github_repository_ruleset", "", {
            bypass_actors: [{ actor_id: 1, actor_type: "RepositoryRole", bypass_mode: "always" }],
          }),
          "weakened: RepositoryRole 1 merging into acme/api: doesn't get past the check → gets past snyk-gate (always)",
        ],
        [
          "alerts",
          given("github_repository_vulnerability_alerts", "", { enabled: false }),
          "weakened: Dependabot alerts of acme/api: on → off",
        ],
        [
          "Dependabot",
          text("dependabotyml", (yaml) => yaml.replace("interval: weekly", "interval: monthly")),
          "undecided: what .github/dependabot.yml of acme/api says: something → something else",
        ],
        [
          "the cadence",
          text("pentest-policyjson", (json) => json.replace('"cadenceDays": 365', '"cadenceDays": 730')),
          "weakened: the penetration test kept in acme/api: due every 365 days → due every 730 days",
        ],
        [
          "whose test counts",
          text("pentest-policyjson", (json) => json.replace('"CREST"', '"CREST", "self"')),
          "weakened: a penetration test by a firm that holds self: doesn't count → counts",
        ],
        [
          "its scope",
          text("pentest-policyjson", (json) => json.replace("https://api.shop.dev", "https://other.shop.dev")),
          "weakened: the penetration test of public-api at https://api.shop.dev: wanted → not wanted",
        ],
        [
          "its approach",
          text("pentest-policyjson", (json) => json.replace("black-box", "white-box")),
          "weakened: the approach of the penetration test kept in acme/api: black-box → white-box",
        ],
        [
          "a step",
          text("snykyml", (yaml) => yaml.replace("fetch-depth: 2", "fetch-depth: 1")),
          "undecided: what .github/workflows/snyk.yml of acme/api says: something → something else",
        ],
        [
          "the check of the register",
          text("pentest-cadenceyml", (yaml) => yaml.replace("exit 1", "exit 0")),
          "undecided: what .github/workflows/pentest-cadence.yml of acme/api says: something → something else",
        ],
        [
          "a program",
          text("snyk-scancjs", (js) => `${js}\nprocess.exit(0);\n`),
          "undecided: what .github/security/snyk-scan.cjs of acme/api says: something → something else",
        ],
      ],
      3,
    ),
  )("%s", (_what, change, expected) => {
    expect(told(changedBy(change, with_))).toContain(expected);
  });

  test.each<[string, string, (content: string) => string, readonly string[]]>([
    ["workflow", "snykyml", (yaml) => `${yaml}env: {}\n`, ["PEN-1", "PEN-2", "SCAN-1", "SCAN-3", "SCAN-4"]],
    ["program", "snyk-scancjs", (program) => `${program}\n`, ["SCAN-1", "SCAN-3", "SCAN-4"]],
    ["policy of the penetration test", "pentest-policyjson", () => "x", ["PEN-1", "PEN-2"]],
  ])("a %s that isn't known any more is one entry, which names the statements", (_what, part, change, statements) => {
    const [before, after] = [appOf(with_), appOf(with_, text(part, change))];
    const all = diffReport({ before, after }).differences.filter(({ area }) => area !== Area.STATEMENT);
    expect(all).toMatchObject([{ direction: Direction.UNDECIDED, area: Area.SCANS }]);
    expect(all[0]?.notes).toContain(`leaves undecided in shop: ${statements.join(", ")}`);
    const back = diffReport({ before: after, after: before }).differences;
    expect(back).toMatchObject([{ direction: Direction.UNDECIDED, area: Area.SCANS }]);
  });

  test("what starts a workflow of others is told as a whole", () => {
    const workflow = (cron: string) =>
      added(FILE, {
        ...{ repository: "api", branch: "main", file: ".github/workflows/own.yml" },
        content: `on: { schedule: [{ cron: "${cron}" }] }\npermissions: {}\njobs: {}\n`,
      });
    const [before, after] = ["0 1 * * *", "0 2 * * *"].map((cron) => appOf(with_, workflow(cron)));
    if (before === undefined || after === undefined) throw new Error("there are two");
    expect(told(diffReport({ before, after }).differences)).toEqual([
      "changed: what .github/workflows/own.yml of acme/api says: something → something else",
    ]);
  });

  test("a comment in a workflow of others says nothing", () => {
    const workflow = (comment: string) =>
      added(FILE, {
        ...{ repository: "api", branch: "main", file: ".github/workflows/own.yml" },
        content: `${comment}on: push\npermissions: {}\njobs: {}\n`,
      });
    const [before, after] = ["", "# A comment.\n"].map((comment) => appOf(with_, workflow(comment)));
    if (before === undefined || after === undefined) throw new Error("there are two");
    expect(told(diffReport({ before, after }).differences)).toEqual([]);
  });

  test("another time of the week says nothing", () => {
    expect(
      changedBy(
        text("snykyml", (yaml) => yaml.replace(/cron: "\d+/, 'cron: "59')),
        with_,
      ),
    ).toEqual([]);
  });

  test("what is no longer proven is told of too", () => {
    const change = text("snyk-scancjs", (js) => `${js}\nprocess.exit(0);\n`);
    const { differences } = diffReport({ before: appOf(with_), after: appOf(with_, change) });
    expect(differences[0]).toMatchObject({ direction: Direction.UNDECIDED, area: Area.STATEMENT, statement: "SCAN-1" });
  });

  test("a scan that is lost is a weaker scan, and opens nothing", () => {
    const manifests = [ScannedManifest.uv("uv.lock"), ScannedManifest.npm("package-lock.json")];
    const before = appOf([{ ...SHOP, repositories: [aRepository("acme/api", { manifests })] }]);
    const text = DIFF_FORMATS.text(diffReport({ before, after: appOf(with_) }), { columns: 200, hasColour: false });
    expect(text).toContain("Scan weakened\n  shop: package-lock.json of acme/api: scanned by Snyk (npm) → not scanned");
    expect(text).not.toMatch(/opened/i);
  });

  test("a repository that one side alone writes is one entry, with all that is held in it", () => {
    const [without, whole] = [appOf(), appOf(with_)];
    const about = (before: ReturnType<typeof appOf>, after: ReturnType<typeof appOf>) =>
      diffReport({ before, after }).differences.map(({ direction, area, what, notes }) => ({
        direction,
        area,
        what,
        notes,
      }));
    const held = [
      expect.stringMatching(/^uv\.lock of acme\/api: .*scanned by Snyk \(uv, python 3\.12\)/) as string,
      expect.stringMatching(/^a merge into acme\/api: .*needs snyk-gate/) as string,
      expect.stringMatching(/^the penetration test kept in acme\/api: .*due every 365 days/) as string,
    ];
    const entry = {
      area: Area.SCANS,
      what: "the repository acme/api",
      notes: expect.arrayContaining(held) as string[],
    };
    expect(about(without, whole)).toEqual([{ ...entry, direction: Direction.STRENGTHENED }]);
    expect(about(whole, without)).toEqual([
      { direction: Direction.WEAKENED, area: Area.POLICY, what: "drops the repository acme/api", notes: [] },
      { ...entry, direction: Direction.WEAKENED },
    ]);
  });
});
