import { production } from "../../../../environments/production";
import type { Change } from "../../../support/proof-scenes";
import {
  added,
  at,
  both,
  FILE,
  PENTESTS,
  removed,
  replaced,
  SCANS,
  set,
  SNYK,
  undeciding,
  type Verdicts,
  verdictsAfter,
  violating,
  withResource,
} from "./judged";
import { sample } from "../../../support/sample";

type Row = readonly [what: string, change: Change, verdicts: Verdicts];

const workflow = (from: string, to: string): Change => replaced(SNYK, from, to);
const PUSH = '  push:\n    branches: ["main"]\n';
const PULL_REQUEST = '  pull_request:\n    branches: ["main"]\n';
const pushing = (filters: string): Change => workflow(PUSH, `  push:\n${filters}`);
const scheduled = (text: string): Change =>
  at(FILE, SNYK, "/content", (content) => String(content).replace(/ {2}schedule:\n.*\n/, () => text));
const GROUP = "$${{ github.event_name == 'pull_request' && github.ref || github.run_id }}";
const CANCEL = "cancel-in-progress: $${{ github.event_name == 'pull_request' }}";
const JOB = "  scan:\n    name:";
const RUN = "      - name: Scan\n        env:\n";
const SETUP = "uses: snyk/actions/setup@9adf32b1121593767fc3c057af55b55db032dc04";
const PYTHON = "uses: actions/setup-python@5fda3b95a4ea91299a34e894583c3862153e4b97";
const job = (lines: string): Change => workflow("\n  gate:\n", `\n${lines}\n  gate:\n`);
const python = (version: string): Change =>
  workflow("python-version: $${{ matrix.python }}", `python-version: "${version}"`);
/** The workflow in parts: what comes before the checkout, that, the base, the rest. */
const PREPARED = /^([^]*?)( {6}- name: Check out\n[^]*?\n)( {6}- name: Lay out[^]*?\n)( {6}- name: Set up Python[^]*)$/;
const UPLOAD = "      - name: Upload the findings";
const OTHER = ".github/workflows/x.yml";
const ANOTHER = "  another:\n    runs-on: ubuntu-24.04\n    steps: [{ run: echo }]\n";

/** Another job, whose step is told what an expression comes to. */
const knowing = (expression: string): string =>
  `  another:\n    runs-on: ubuntu-24.04\n    steps: [{ run: echo, env: { VALUE: "$\${{ ${expression} }}" } }]\n`;

/** Gives the scan's own job one more permission, in the place of the one to read runs. */
const mayScan = (permission: string): Change =>
  at(FILE, SNYK, "/content", (text) => String(text).replace(/ {6}actions: read.*\n/, `      ${permission}\n`));

const TRIGGERS: readonly Row[] = [
  ["pushes start nothing", workflow(PUSH, ""), violating("SCAN-3")],
  ["pushes to another branch", pushing('    branches: ["release"]\n'), violating("SCAN-3")],
  ["pushes to branches by a pattern", pushing('    branches: ["m*n"]\n'), undeciding("SCAN-3")],
  ["a branch that is taken out again", pushing('    branches: ["**", "!main"]\n'), undeciding("SCAN-3")],
  ["the branch is ignored", pushing('    branches-ignore: ["main"]\n'), violating("SCAN-3")],
  ["only some paths", pushing('    branches: ["main"]\n    paths: ["src/**"]\n'), violating("SCAN-3")],
  ["all but some paths", pushing('    branches: ["main"]\n    paths-ignore: ["docs/**"]\n'), violating("SCAN-3")],
  ["only tags", pushing('    tags: ["v*"]\n'), violating("SCAN-3")],
  ["a filter that nobody knows", pushing('    branches: ["main"]\n    actors: [a]\n'), undeciding(...SCANS)],
  ["no pull request", workflow(PULL_REQUEST, ""), violating("SCAN-1")],
  ["pull requests of some paths", workflow(PULL_REQUEST, `${PULL_REQUEST}    paths: ["x"]\n`), violating("SCAN-1")],
  [
    "the trigger that runs a fork's code",
    workflow("  pull_request:", "  pull_request_target:\n  pull_request:"),
    undeciding(...SCANS),
  ],
  ["no schedule", scheduled(""), violating("SCAN-4")],
  ["a monthly schedule", scheduled('  schedule:\n    - cron: "17 4 1 * *"\n'), violating("SCAN-4")],
  ["a schedule that never runs", scheduled('  schedule:\n    - cron: "17 4 30 2 *"\n'), violating("SCAN-4")],
  [
    "a schedule in a time zone",
    scheduled('  schedule:\n    - { cron: "17 4 * * 1", timezone: Europe/Madrid }\n'),
    undeciding(...SCANS),
  ],
  ["a schedule that isn't cron", scheduled('  schedule:\n    - cron: "@weekly"\n'), undeciding(...SCANS)],
  ["a group that pushes share", workflow(`snyk-${GROUP}`, "snyk"), violating("SCAN-3", "SCAN-4")],
  ["a group by branch", workflow(`snyk-${GROUP}`, "snyk-$${{ github.ref }}"), violating("SCAN-3", "SCAN-4")],
  ["later runs cancel", workflow(CANCEL, "cancel-in-progress: true"), violating("SCAN-3", "SCAN-4")],
  [
    "later runs may cancel",
    workflow(CANCEL, "cancel-in-progress: $${{ github.actor == 'a' }}"),
    undeciding("SCAN-3", "SCAN-4"),
  ],
];

const STEPS: readonly Row[] = [
  ["the workflow isn't written", removed(FILE, SNYK), violating(...SCANS)],
  ["the workflow is on another branch", set(FILE, SNYK, "/branch", "dev"), violating(...SCANS)],
  ["the job never runs", workflow("github.event_name != 'pull_request' ||", "false &&"), violating(...SCANS)],
  [
    "the job runs on pull requests only",
    workflow("github.event_name != 'pull_request' ||", "github.event_name == 'pull_request' &&"),
    violating(...SCANS),
  ],
  [
    "the job runs for some",
    workflow("github.event_name != 'pull_request' ||", "github.actor != 'a' &&"),
    undeciding(...SCANS),
  ],
  [
    "the job's failure is forgiven",
    workflow(JOB, "  scan:\n    continue-on-error: true\n    name:"),
    violating(...SCANS),
  ],
  [
    "the job waits for another",
    both(job(ANOTHER), workflow(JOB, "  scan:\n    needs: another\n    name:")),
    violating(...SCANS),
  ],
  ["the job runs elsewhere", workflow("runs-on: ubuntu-24.04", "runs-on: self-hosted"), undeciding(...SCANS)],
  ["the job has no time", workflow("timeout-minutes: 30", "timeout-minutes: 1"), undeciding(...SCANS)],
  ["the job can't read the repository", workflow("      contents: read\n", ""), violating(...SCANS)],
  ["the job runs in an image", workflow(JOB, "  scan:\n    container: x\n    name:"), undeciding(...SCANS)],
  ["a leg ends the others", workflow("fail-fast: false", "fail-fast: true"), violating(...SCANS)],
  ["the manifest isn't scanned", workflow('manifest: "uv.lock"', 'manifest: "other/uv.lock"'), violating(...SCANS)],
  ["the manifest is scanned as another", workflow("manager: uv", "manager: pip"), violating(...SCANS)],
  [
    "the legs are computed",
    workflow("        include:", "        other: $${{ fromJSON('[]') }}\n        include:"),
    undeciding(...SCANS),
  ],
  [
    "the scan's failure is forgiven",
    workflow(RUN, `      - name: Scan\n        continue-on-error: true\n        env:\n`),
    violating(...SCANS),
  ],
  ["the scan is skipped", workflow(RUN, `      - name: Scan\n        if: false\n        env:\n`), violating(...SCANS)],
  [
    "the scan is skipped on schedule",
    workflow(RUN, `      - name: Scan\n        if: github.event_name != 'schedule'\n        env:\n`),
    violating("SCAN-4"),
  ],
  [
    "another secret",
    workflow("secrets.SNYK_TOKEN", "secrets.OTHER"),
    { ...violating(...SCANS), ...undeciding(...PENTESTS) },
  ],
  ["no secret", workflow("          SNYK_TOKEN: $${{ secrets.SNYK_TOKEN }}\n", ""), violating(...SCANS)],
  ["a milder threshold", workflow("SEVERITY_THRESHOLD: high", "SEVERITY_THRESHOLD: critical"), violating(...SCANS)],
  ["what was there is let pass", workflow("runner.temp) || '' }}", "runner.temp) || 'base' }}"), violating(...SCANS)],
  [
    "the program of the pull request",
    workflow("format('{0}/base', runner.temp) || github.workspace", "github.workspace || github.workspace"),
    violating("SCAN-1"),
  ],
  [
    "no base",
    workflow("if: $${{ github.event_name == 'pull_request' }}\n        run: git", "if: false\n        run: git"),
    violating("SCAN-1"),
  ],
  [
    "nothing is watched",
    at(FILE, SNYK, "/content", (text) => String(text).replace(/MONITOR_REFERENCE: .*/, 'MONITOR_REFERENCE: ""')),
    violating(...SCANS),
  ],
  ["another organization", workflow(RUN, `${RUN}          SNYK_CFG_ORG: other\n`), violating(...SCANS)],
  ["a variable for Node", workflow(RUN, `${RUN}          NODE_OPTIONS: --require ./x.cjs\n`), undeciding(...SCANS)],
  [
    "variables for everything",
    workflow("permissions: {}", "env: { NODE_OPTIONS: x }\npermissions: {}"),
    undeciding(...SCANS, ...PENTESTS),
  ],
  [
    "another shell",
    workflow("permissions: {}", "defaults: { run: { shell: python } }\npermissions: {}"),
    undeciding(...SCANS, ...PENTESTS),
  ],
  [
    "a tag instead of a commit",
    workflow("snyk/actions/setup@9adf32b1121593767fc3c057af55b55db032dc04", "snyk/actions/setup@v1"),
    violating(...SCANS),
  ],
  [
    "a commit that nobody knows",
    workflow("9adf32b1121593767fc3c057af55b55db032dc04", "0".repeat(40)),
    undeciding(...SCANS),
  ],
  ["a version of Snyk that moves", workflow("snyk-version: v1.1306.4", "snyk-version: latest"), violating(...SCANS)],
  [
    "a version of Snyk that nobody knows",
    workflow("snyk-version: v1.1306.4", "snyk-version: v0.0.0"),
    undeciding(...SCANS),
  ],
  ["another version of Snyk after the first", workflow(RUN, `      - ${SETUP}\n${RUN}`), undeciding(...SCANS)],
  [
    "another Python after the first",
    workflow(RUN, `      - { ${PYTHON}, with: { python-version: "2.7" } }\n${RUN}`),
    undeciding(...SCANS),
  ],
  ["a Python that nobody knows", python("3.99"), undeciding(...SCANS)],
  ["a uv that nobody knows", workflow('UV_VERSION: "0.13.9"', 'UV_VERSION: "0.0.0"'), undeciding(...SCANS)],
  [
    "a report in the manifest's place",
    workflow('SARIF_FILE: "snyk.sarif"', "SARIF_FILE: $${{ matrix.manifest }}"),
    undeciding(...SCANS),
  ],
  [
    "a report in the CLI's place",
    workflow('SARIF_FILE: "snyk.sarif"', "SARIF_FILE: /usr/local/bin/snyk.sarif"),
    undeciding(...SCANS),
  ],
  ["a depth that is empty", workflow("fetch-depth: 2", 'fetch-depth: ""'), violating("SCAN-1")],
  ["a depth that is no whole number", workflow("fetch-depth: 2", "fetch-depth: 1.5"), undeciding(...SCANS)],
  ["a depth of one commit", workflow("fetch-depth: 2", "fetch-depth: 1"), violating("SCAN-1")],
  [
    "a base that is laid out before there is anything",
    at(FILE, SNYK, "/content", (text) => {
      const [, before = "", out = "", base = "", after = ""] = PREPARED.exec(String(text)) ?? [];
      return `${before}${base}${out}${after}`;
    }),
    violating("SCAN-1"),
  ],
  [
    "no checkout",
    workflow(
      "- name: Check out\n        uses: actions/checkout",
      "- name: Check out\n        if: false\n        uses: actions/checkout",
    ),
    violating(...SCANS),
  ],
  ["another checkout", workflow("fetch-depth: 2", "fetch-depth: 2\n          ref: old"), undeciding(...SCANS)],
  ["no Python", workflow("matrix.python != ''", "matrix.python == ''"), violating(...SCANS)],
  [
    "a script before the scan",
    workflow(RUN, `      - run: echo PATH=/x >> "$GITHUB_ENV"\n${RUN}`),
    undeciding(...SCANS),
  ],
  ["a scan that can't fail", workflow('snyk-scan.cjs"', 'snyk-scan.cjs" || true'), undeciding(...SCANS)],
  ["a program that isn't written", removed(FILE, "api_Files_snyk-scan"), violating(...SCANS)],
  [
    "a program of another text",
    replaced("api_Files_snyk-scan", "process.exitCode = verdict.passed ? 0 : 1", "process.exitCode = 0"),
    undeciding(...SCANS),
  ],
  ["a part of a program that isn't written", removed(FILE, "api_Files_snyk-verdict"), violating(...SCANS)],
  [
    "a part of a program of another text",
    replaced("api_Files_snyk-verdict", '"use strict"', '"use sloppy"'),
    undeciding(...SCANS),
  ],
  ["two owners of a program", added(".github/security/snyk-scan.cjs", "", { branch: "main" }), undeciding(...SCANS)],
  [
    "a workflow that only the apply knows",
    set(FILE, SNYK, "/content", "${var.workflow}"),
    undeciding(...SCANS, ...PENTESTS),
  ],
  ["a workflow that is no YAML", set(FILE, SNYK, "/content", "on: ["), undeciding(...SCANS, ...PENTESTS)],
  [
    "a workflow with aliases",
    workflow("permissions: {}", "permissions: &a {}\nname: *a"),
    undeciding(...SCANS, ...PENTESTS),
  ],
  [
    "a key behind a line break that not everybody reads",
    workflow("    runs-on: ubuntu-24.04\n", "    runs-on: ubuntu-24.04 #\r    continue-on-error: true\n"),
    undeciding(...SCANS, ...PENTESTS),
  ],
  ["the program may come late", removed(FILE, SNYK, "/depends_on"), violating("SCAN-1")],
  [
    "two jobs that scan",
    job(`  again:\n    runs-on: ubuntu-24.04\n    steps: [{ run: node "x/snyk-scan.cjs" }]\n`),
    undeciding(...SCANS),
  ],
];

/** GitHub runs nothing of a workflow that it doesn't take. */
const NOT_TAKEN: readonly Row[] = [
  [
    "a condition that reads secrets",
    workflow("github.event_name != 'pull_request' ||", "secrets.SNYK_TOKEN != '' ||"),
    undeciding(...SCANS),
  ],
  ["a permission that doesn't exist", mayScan("bogus: read"), undeciding(...SCANS)],
  ["an event that doesn't exist", workflow("  push:", "  pushed:\n  push:"), undeciding(...SCANS)],
  [
    "branches that are named and ignored",
    workflow(PUSH, `${PUSH}    branches-ignore: [other]\n`),
    undeciding(...SCANS),
  ],
  ["a key of another job that doesn't exist", workflow("name: report", "rogue: 1"), undeciding(...SCANS)],
  [
    "another job that waits for none",
    job(ANOTHER.replace("runs-on", "needs: ghost\n    runs-on")),
    undeciding(...SCANS),
  ],
  [
    "two steps of the same id",
    both(workflow("- name: Check out", "- id: a"), workflow("- name: Set up Python", "- id: a")),
    undeciding(...SCANS),
  ],
  ["a step behind the scan that does nothing", workflow(UPLOAD, `      - name: x\n${UPLOAD}`), undeciding(...SCANS)],
  ["a group by the machine", workflow("snyk-$${{", "snyk-$${{ runner.temp }}-$${{"), undeciding(...SCANS)],
];

const NEIGHBOURS: readonly Row[] = [
  ["a step of the scan's own job that may report checks", mayScan("checks: write"), undeciding(...SCANS, ...PENTESTS)],
  ["a step of the scan's own job that may switch it off", mayScan("actions: write"), undeciding(...SCANS, ...PENTESTS)],
  [
    "a step of the scan's own job that may change the branch",
    workflow("      contents: read\n", "      contents: write\n"),
    undeciding(...SCANS, ...PENTESTS),
  ],
  [
    "a job that may end runs",
    job(`${ANOTHER}    permissions: { actions: write }\n`),
    undeciding(...SCANS, ...PENTESTS),
  ],
  [
    "a job that may report checks",
    job(`${ANOTHER}    permissions: { checks: write }\n`),
    undeciding(...SCANS, ...PENTESTS),
  ],
  [
    "a job that calls a workflow",
    job("  another:\n    uses: ./.github/workflows/x.yml\n"),
    undeciding(...SCANS, ...PENTESTS),
  ],
  [
    "another workflow whose rights nobody knows",
    added(".github/workflows/x.yml", `on: push\njobs:\n${ANOTHER}`),
    undeciding(...SCANS, ...PENTESTS),
  ],
  [
    "another workflow that may be in the scan's group",
    added(
      ".github/workflows/x.yml",
      `on: push\npermissions: {}\nconcurrency: snyk-$\${{ github.run_id }}\njobs:\n${ANOTHER}`,
    ),
    undeciding(...SCANS),
  ],
  [
    "a workflow of another branch that may end runs",
    added(OTHER, `on: push\npermissions: { actions: write }\njobs:\n${ANOTHER}`, { branch: "ops" }),
    undeciding(...SCANS, ...PENTESTS),
  ],
  [
    "a workflow of another branch that nobody can read",
    added(OTHER, "on: [", { branch: "ops" }),
    undeciding(...SCANS, ...PENTESTS),
  ],
  [
    "a workflow of another branch with two owners",
    both(
      added(OTHER, `on: push\npermissions: {}\njobs:\n${ANOTHER}`, { branch: "ops" }),
      withResource(FILE, { file: OTHER, content: "", branch: "ops" }, "second"),
    ),
    undeciding(...SCANS, ...PENTESTS),
  ],
  ["a job with a secret that may do more", job(knowing("secrets.ADMIN")), undeciding(...SCANS, ...PENTESTS)],
  ["a job with a secret by another name", job(knowing("SECRETS['ADMIN']")), undeciding(...SCANS, ...PENTESTS)],
  ["a job with every secret", job(knowing("toJSON(secrets)")), undeciding(...SCANS, ...PENTESTS)],
  [
    "a job with a secret behind a text that looks like an end",
    job(knowing("format('}}') && secrets.ADMIN")),
    undeciding(...SCANS, ...PENTESTS),
  ],
  ["another job with the scan's token", job(knowing("secrets.SNYK_TOKEN")), undeciding(...SCANS)],
  [
    "another step with the scan's token",
    workflow(UPLOAD, `      - run: echo\n        env: { TOKEN: "$\${{ secrets.SNYK_TOKEN }}" }\n${UPLOAD}`),
    undeciding(...SCANS),
  ],
  [
    "a group that is spelled as the scan's may be",
    added(OTHER, `on: push\npermissions: {}\nconcurrency: SNYK-1\njobs:\n${ANOTHER}`),
    undeciding(...SCANS),
  ],
  ["what Snyk shall ignore", added("services/.snyk", "ignore: {}"), undeciding("SCAN-1")],
];

const HARMLESS: readonly (readonly [what: string, change: Change])[] = [
  ["more branches", pushing("    branches: [release, main]\n")],
  ["every branch", pushing('    branches: ["**"]\n')],
  ["no filter of pushes", workflow(PUSH, "  push:\n")],
  ["other branches ignored", pushing('    branches-ignore: ["dev"]\n')],
  ["a daily schedule", scheduled('  schedule:\n    - cron: "17 4 * * *"\n')],
  ["one more schedule", scheduled('  schedule:\n    - cron: "17 4 * * MON"\n    - cron: "3 3 1 1 *"\n')],
  ["no concurrency at all", at(FILE, SNYK, "/content", (text) => String(text).replace(/concurrency:\n(?: .*\n)+/, ""))],
  ["a stricter threshold", workflow("SEVERITY_THRESHOLD: high", "SEVERITY_THRESHOLD: low")],
  ["a blocking scan", workflow('BLOCK_WHEN_UNAVAILABLE: "false"', 'BLOCK_WHEN_UNAVAILABLE: "true"')],
  [
    "every finding of a pull request counts",
    at(FILE, SNYK, "/content", (text) => String(text).replace(/BASE_TREE: .*/, 'BASE_TREE: ""')),
  ],
  [
    "one more manifest",
    workflow(
      "          - manager: uv",
      '          - { manager: npm, manifest: "package-lock.json", python: "" }\n          - manager: uv',
    ),
  ],
  ["a job that can do nothing", job(ANOTHER)],
  ["another Python that is known", python("3.13")],
  ["the whole history", workflow("fetch-depth: 2", "fetch-depth: 0")],
  ["another name of the report", workflow('SARIF_FILE: "snyk.sarif"', "SARIF_FILE: scan-1.sarif")],
  ["no report", workflow('SARIF_FILE: "snyk.sarif"', 'SARIF_FILE: ""')],
  ["one of two Pythons", workflow(RUN, `      - { ${PYTHON}, if: "false", with: { python-version: "2.7" } }\n${RUN}`)],
  ["a step after the scan", workflow(UPLOAD, `      - run: echo done\n${UPLOAD}`)],
  ["another order of keys", workflow("permissions: {}", "run-name: scan\npermissions: {}")],
  [
    "another workflow that can do nothing",
    added(".github/workflows/x.yml", `on: push\npermissions: {}\njobs:\n${ANOTHER}`),
  ],
  [
    "a workflow of another branch that can do nothing",
    added(OTHER, `on: push\npermissions: {}\njobs:\n${ANOTHER}`, { branch: "ops" }),
  ],
  [
    "a group that is nobody else's",
    added(OTHER, `on: push\npermissions: {}\nconcurrency: docs-$\${{ github.ref }}\njobs:\n${ANOTHER}`),
  ],
  ["a job with the run's own token", job(knowing("secrets.GITHUB_TOKEN"))],
  ["a job that speaks of secrets", job(ANOTHER.replace("run: echo", "run: detect-secrets"))],
  ["another file", added("README.md", "# api")],
  ["the scan's program on another branch", added(".github/security/snyk-scan.cjs", "", { branch: "dev" })],
  ["a file that isn't overwritten", set(FILE, SNYK, "/overwrite_on_create", false)],
];

describe("the scan of a repository", () => {
  test.each(sample(TRIGGERS, 5))("is not held where its triggers are wrong: %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(STEPS, 5))("is not held where its steps are wrong: %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(NOT_TAKEN, 4))("is not held where GitHub refuses its workflow: %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(NEIGHBOURS, 5))("is not held beside what could undo it: %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(HARMLESS, 5))("is held all the same: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual({});
  });
});

describe("a policy that asks for more", () => {
  const [api, dashboard] = production.repositories ?? [];
  if (api === undefined || dashboard === undefined) throw new Error("production has two repositories");
  const withSnyk = (snyk: object) => ({ ...production, repositories: [{ ...api, snyk }, dashboard] });

  test.each([
    ["another secret", { tokenSecret: "SNYK_API" }],
    ["another threshold", { severity: "critical" }],
    ["an organization", { organization: "acme" }],
    ["nothing watched", { monitor: false }],
    ["a blocking scan", { blockWhenUnavailable: true }],
    ["a token that Terraform writes", { writeToken: true }],
  ])("is held by what is written for it: %s", (_, snyk) => {
    expect(verdictsAfter(() => undefined, withSnyk(snyk))).toEqual({});
  });

  test.each([
    ["the secret isn't written", removed("github_actions_secret", "api"), violating("SCAN-1")],
    ["Dependabot's isn't", removed("github_dependabot_secret", "api"), violating("SCAN-1")],
    ["it stands in the JSON", set("github_actions_secret", "api", "/plaintext_value", "abc"), violating("SCAN-1")],
    ["it comes late", removed(FILE, "api_Files_one-issue", "/depends_on"), violating("SCAN-1")],
  ] as const)("is not held where Terraform shall write the token and %s", (_, change, verdicts) => {
    expect(verdictsAfter(change, withSnyk({ writeToken: true }))).toEqual(verdicts);
  });
});
