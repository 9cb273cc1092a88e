import { Accept } from "../../../policy/accept";
import { production } from "../../../environments/production";
import type { Change } from "../../support/proof-scenes";
import {
  added,
  all,
  at,
  both,
  type Edit,
  FILE,
  PENTESTS,
  removed,
  replaced,
  type Row,
  SCANS,
  set,
  SNYK,
  undeciding,
  verdictsAfter,
  violating,
  withResource,
} from "./repository-changes";
import { FOR_PEOPLE, NOT_FOR_PEOPLE } from "../../support/repositories";
import { sample } from "../../support/sample";

/** Replaces a text wherever it stands. */
const everywhere = (from: string, to: string): Change =>
  at(FILE, SNYK, "/content", (text) => String(text).replaceAll(from, to));
const LEGS = "        include:\n";
const LEG =
  '          - manager: npm\n            manifest: "package-lock.json"\n            python: ""\n            unscannable: ""\n';
const workflow = (from: string, to: string): Change => replaced(SNYK, from, to);
/** A text that is another one anywhere may do anything to the other workflows too. */
const UNKNOWN = undeciding(...SCANS, ...PENTESTS);
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
/** The workflow in parts: the steps before the checkout, the checkout, the base, the rest. */
const PREPARED = /^([^]*?)( {6}- name: Check out\n[^]*?\n)( {6}- name: Lay out[^]*?\n)( {6}- name: Set up Python[^]*)$/;
const UPLOAD = "      - name: Upload the findings";
const OTHER = ".github/workflows/x.yml";
const ANOTHER = "  another:\n    runs-on: ubuntu-24.04\n    steps: [{ run: echo }]\n";

/** Gives the scan's own job one more permission, in the place of the one to read runs. */
const permitting = (permission: string): Change =>
  at(FILE, SNYK, "/content", (text) => String(text).replace(/ {6}actions: read.*\n/, `      ${permission}\n`));

const TRIGGERS: readonly Edit[] = [
  ["pushes start nothing", workflow(PUSH, "")],
  ["pushes to another branch", pushing('    branches: ["release"]\n')],
  ["pushes to branches by a pattern", pushing('    branches: ["m*n"]\n')],
  ["a branch that is taken out again", pushing('    branches: ["**", "!main"]\n')],
  ["the branch is ignored", pushing('    branches-ignore: ["main"]\n')],
  ["only some paths", pushing('    branches: ["main"]\n    paths: ["src/**"]\n')],
  ["all but some paths", pushing('    branches: ["main"]\n    paths-ignore: ["docs/**"]\n')],
  ["only tags", pushing('    tags: ["v*"]\n')],
  ["a filter that nobody knows", pushing('    branches: ["main"]\n    actors: [a]\n')],
  ["no pull request", workflow(PULL_REQUEST, "")],
  ["pull requests of some paths", workflow(PULL_REQUEST, `${PULL_REQUEST}    paths: ["x"]\n`)],
  ["the trigger that runs a fork's code", workflow("  pull_request:", "  pull_request_target:\n  pull_request:")],
  ["no schedule", scheduled("")],
  ["a monthly schedule", scheduled('  schedule:\n    - cron: "17 4 1 * *"\n')],
  ["a schedule that never runs", scheduled('  schedule:\n    - cron: "17 4 30 2 *"\n')],
  ["a schedule in a time zone", scheduled('  schedule:\n    - { cron: "17 4 * * 1", timezone: Europe/Madrid }\n')],
  ["a schedule that isn't cron", scheduled('  schedule:\n    - cron: "@weekly"\n')],
  ["a group that pushes share", workflow(`snyk-${GROUP}`, "snyk")],
  ["a group by branch", workflow(`snyk-${GROUP}`, "snyk-$${{ github.ref }}")],
  ["later runs cancel", workflow(CANCEL, "cancel-in-progress: true")],
  ["later runs may cancel", workflow(CANCEL, "cancel-in-progress: $${{ github.actor == 'a' }}")],
];

const STEPS: readonly Edit[] = [
  ["the job never runs", workflow("github.event_name != 'pull_request' ||", "false &&")],
  [
    "the job runs on pull requests only",
    workflow("github.event_name != 'pull_request' ||", "github.event_name == 'pull_request' &&"),
  ],
  ["the job runs for some", workflow("github.event_name != 'pull_request' ||", "github.actor != 'a' &&")],
  ["the job's failure is forgiven", workflow(JOB, "  scan:\n    continue-on-error: true\n    name:")],
  ["the job waits for another", both(job(ANOTHER), workflow(JOB, "  scan:\n    needs: another\n    name:"))],
  ["the job runs elsewhere", workflow("runs-on: ubuntu-24.04", "runs-on: self-hosted")],
  ["the job has no time", workflow("timeout-minutes: 30", "timeout-minutes: 1")],
  ["the job can't read the repository", workflow("      contents: read\n", "")],
  ["the job runs in an image", workflow(JOB, "  scan:\n    container: x\n    name:")],
  ["a leg ends the others", workflow("fail-fast: false", "fail-fast: true")],
  ["the legs are computed", workflow("        include:", "        other: $${{ fromJSON('[]') }}\n        include:")],
  [
    "the scan's failure is forgiven",
    workflow(RUN, `      - name: Scan\n        continue-on-error: true\n        env:\n`),
  ],
  ["the scan is skipped", workflow(RUN, `      - name: Scan\n        if: false\n        env:\n`)],
  [
    "the scan is skipped on schedule",
    workflow(RUN, `      - name: Scan\n        if: github.event_name != 'schedule'\n        env:\n`),
  ],
  ["no secret", workflow("          SNYK_TOKEN: $${{ secrets.SNYK_TOKEN }}\n", "")],
  ["what was there is let pass", workflow("runner.temp) || '' }}", "runner.temp) || 'base' }}")],
  [
    "the program of the pull request",
    workflow("format('{0}/base', runner.temp) || github.workspace", "github.workspace || github.workspace"),
  ],
  [
    "no base",
    workflow("if: $${{ github.event_name == 'pull_request' }}\n        run: git", "if: false\n        run: git"),
  ],
  ["another organization", workflow(RUN, `${RUN}          SNYK_CFG_ORG: other\n`)],
  ["a variable for Node", workflow(RUN, `${RUN}          NODE_OPTIONS: --require ./x.cjs\n`)],
  ["variables for everything", workflow("permissions: {}", "env: { NODE_OPTIONS: x }\npermissions: {}")],
  ["another shell", workflow("permissions: {}", "defaults: { run: { shell: python } }\npermissions: {}")],
  [
    "a tag instead of a commit",
    workflow("snyk/actions/setup@9adf32b1121593767fc3c057af55b55db032dc04", "snyk/actions/setup@v1"),
  ],
  ["a commit that nobody knows", workflow("9adf32b1121593767fc3c057af55b55db032dc04", "0".repeat(40))],
  ["a version of Snyk that moves", workflow("snyk-version: v1.1306.4", "snyk-version: latest")],
  ["a version of Snyk that nobody knows", workflow("snyk-version: v1.1306.4", "snyk-version: v0.0.0")],
  ["another version of Snyk after the first", workflow(RUN, `      - ${SETUP}\n${RUN}`)],
  ["another Python after the first", workflow(RUN, `      - { ${PYTHON}, with: { python-version: "2.7" } }\n${RUN}`)],
  ["a Python that nobody knows", python("3.99")],
  ["a uv that nobody knows", workflow('UV_VERSION: "0.13.9"', 'UV_VERSION: "0.0.0"')],
  ["a report in the manifest's place", workflow('SARIF_FILE: "snyk.sarif"', "SARIF_FILE: $${{ matrix.manifest }}")],
  ["a report in the CLI's place", workflow('SARIF_FILE: "snyk.sarif"', "SARIF_FILE: /usr/local/bin/snyk.sarif")],
  ["a depth that is empty", workflow("fetch-depth: 2", 'fetch-depth: ""')],
  ["a depth that is no whole number", workflow("fetch-depth: 2", "fetch-depth: 1.5")],
  ["a depth of one commit", workflow("fetch-depth: 2", "fetch-depth: 1")],
  [
    "a base that is laid out before there is anything",
    at(FILE, SNYK, "/content", (text) => {
      const [, before = "", out = "", base = "", after = ""] = PREPARED.exec(String(text)) ?? [];
      return `${before}${base}${out}${after}`;
    }),
  ],
  [
    "no checkout",
    workflow(
      "- name: Check out\n        uses: actions/checkout",
      "- name: Check out\n        if: false\n        uses: actions/checkout",
    ),
  ],
  ["another checkout", workflow("fetch-depth: 2", "fetch-depth: 2\n          ref: old")],
  ["no Python", workflow("matrix.python != ''", "matrix.python == ''")],
  ["a script before the scan", workflow(RUN, `      - run: echo PATH=/x >> "$GITHUB_ENV"\n${RUN}`)],
  ["a scan that can't fail", workflow('snyk-scan.cjs"', 'snyk-scan.cjs" || true')],
  ["a workflow that only the apply knows", set(FILE, SNYK, "/content", "${var.workflow}")],
  ["a workflow that is no YAML", set(FILE, SNYK, "/content", "on: [")],
  ["a workflow with aliases", workflow("permissions: {}", "permissions: &a {}\nname: *a")],
  [
    "a key behind a line break that not everybody reads",
    workflow("    runs-on: ubuntu-24.04\n", "    runs-on: ubuntu-24.04 #\r    continue-on-error: true\n"),
  ],
  ["two jobs that scan", job(`  again:\n    runs-on: ubuntu-24.04\n    steps: [{ run: node "x/snyk-scan.cjs" }]\n`)],
];

/** GitHub runs nothing of a workflow that it doesn't take. */
const NOT_TAKEN: readonly Edit[] = [
  ["a condition that reads secrets", workflow("github.event_name != 'pull_request' ||", "secrets.SNYK_TOKEN != '' ||")],
  ["a permission that doesn't exist", permitting("bogus: read")],
  ["an event that doesn't exist", workflow("  push:", "  pushed:\n  push:")],
  ["branches that are named and ignored", workflow(PUSH, `${PUSH}    branches-ignore: [other]\n`)],
  ["a key of another job that doesn't exist", workflow("name: report", "rogue: 1")],
  ["another job that waits for none", job(ANOTHER.replace("runs-on", "needs: ghost\n    runs-on"))],
  [
    "two steps of the same id",
    both(workflow("- name: Check out", "- id: a"), workflow("- name: Set up Python", "- id: a")),
  ],
  ["a step behind the scan that does nothing", workflow(UPLOAD, `      - name: x\n${UPLOAD}`)],
  ["a group by the machine", workflow("snyk-$${{", "snyk-$${{ runner.temp }}-$${{")],
];

const VALUES: readonly Row[] = [
  ["another branch", both(everywhere('"main"', '"x"'), workflow("heads/main", "heads/x")), violating(...SCANS)],
  [
    "a manifest that the policy doesn't name",
    workflow('manifest: "uv.lock"', 'manifest: "x/uv.lock"'),
    violating(...SCANS),
  ],
  ["a manifest by another manager", workflow("manager: uv", "manager: pip"), violating(...SCANS)],
  ["a manifest without Python", workflow('python: "3.12"', 'python: ""'), violating(...SCANS)],
  ["a manifest that may pass unscanned", workflow('unscannable: ""', 'unscannable: "pass"'), violating(...SCANS)],
  ["one more manifest", workflow(LEGS, `${LEGS}${LEG}`), violating(...SCANS)],
  ["another secret", workflow("secrets.SNYK_TOKEN", "secrets.OTHER"), violating(...SCANS)],
  ["a milder threshold", workflow("SEVERITY_THRESHOLD: high", "SEVERITY_THRESHOLD: critical"), violating(...SCANS)],
  ["a stricter threshold", workflow("SEVERITY_THRESHOLD: high", "SEVERITY_THRESHOLD: low"), violating(...SCANS)],
  ["a blocking scan", workflow('UNAVAILABLE: "false"', 'UNAVAILABLE: "true"'), violating(...SCANS)],
  [
    "no secret for Dependabot",
    workflow('DEPENDABOT_SECRET: "true"', 'DEPENDABOT_SECRET: "false"'),
    violating(...SCANS),
  ],
  [
    "an organization",
    workflow("          SNYK_TOKEN:", '          SNYK_CFG_ORG: "acme"\n          SNYK_TOKEN:'),
    violating(...SCANS),
  ],
  [
    "nothing is watched",
    at(FILE, SNYK, "/content", (text) => String(text).replace(/MONITOR_REFERENCE: .*/, 'MONITOR_REFERENCE: ""')),
    violating(...SCANS),
  ],
];

const FILES: readonly Row[] = [
  ["the workflow isn't written", removed(FILE, SNYK), violating(...SCANS)],
  [
    "the workflow is on another branch",
    set(FILE, SNYK, "/branch", "dev"),
    { ...violating(...SCANS), ...undeciding(...PENTESTS) },
  ],
  ["a program isn't written", removed(FILE, "api_Files_snyk-scan"), violating(...SCANS)],
  [
    "a program is another",
    replaced("api_Files_snyk-scan", "process.exitCode = verdict.passed ? 0 : 1", "process.exitCode = 0"),
    undeciding(...SCANS),
  ],
  ["a part of a program isn't written", removed(FILE, "api_Files_snyk-verdict"), violating(...SCANS)],
  [
    "a part of a program is another",
    replaced("api_Files_snyk-requirements", '"use strict"', '"use sloppy"'),
    undeciding(...SCANS),
  ],
  ["a program has two owners", added(".github/security/snyk-scan.cjs", "", { branch: "main" }), undeciding(...SCANS)],
  ["a program may come late", removed(FILE, SNYK, "/depends_on"), violating("SCAN-1")],
  ...NOT_FOR_PEOPLE.map((file): Row => [`another file: ${file}`, added(file, ""), undeciding("SCAN-1")]),
  ["Snyk is told what to ignore", added("services/.snyk", "ignore: {}"), undeciding("SCAN-1")],
  ["a commit is left unscanned", set(FILE, SNYK, "/commit_message", "ci: write [Skip CI]"), violating("SCAN-3")],
  [
    "a commit is left unscanned by its last line",
    set(FILE, SNYK, "/commit_message", "ci: write\n\nskip-checks:true"),
    violating("SCAN-3"),
  ],
  ["a commit may be left unscanned", set(FILE, SNYK, "/commit_message", "${var.message}"), undeciding("SCAN-3")],
];

/** Another workflow, whose one job has these lines. */
const other = (lines: string, more = "permissions: {}\n"): Change =>
  added(OTHER, `on: push\n${more}jobs:\n  another:\n    runs-on: ubuntu-24.04\n    steps: [{ run: echo }]\n${lines}`);
/** Another workflow, whose step gets the value of an expression. */
const knowing = (expression: string): Change => other(`    env: { VALUE: "$\${{ ${expression} }}" }\n`);

/** A workflow that can do nothing, of a length. */
const harmlessOf = (length: number): string => `on: push\npermissions: {}\njobs: { x: {} }\n# ${"x".repeat(length)}`;

const NEIGHBOURS: readonly Edit[] = [
  ["that may end runs", other("    permissions: { actions: write }\n")],
  ["that may report checks", other("    permissions: { checks: write }\n")],
  ["that may open issues", other("    permissions: { issues: write }\n")],
  ["that has every right to read by a word", other("    permissions: read-all\n")],
  ["whose rights the repository's settings say", other("", "")],
  ["whose job has no rights of its own beside another that has", other("  x: { uses: ./.github/workflows/y.yml }\n")],
  ["with a secret that may do more", knowing("secrets.ADMIN")],
  ["with a secret by another name", knowing("SECRETS['ADMIN']")],
  ["with every secret", knowing("toJSON(secrets)")],
  ["with the run's own token by name", knowing("secrets.GITHUB_TOKEN")],
  ["with a secret behind a text that looks like an end", knowing("format('}}') && secrets.ADMIN")],
  ["with a secret for every job", other("", "permissions: {}\nenv: { X: '$${{ secrets.ADMIN }}' }\n")],
  ["in the scan's group", other("", "permissions: {}\nconcurrency: snyk-$${{ github.run_id }}\n")],
  ["that may be in the scan's group", other("    concurrency: { group: 's$${{ github.ref }}' }\n")],
  ["in a group that is spelled as the scan's", other("", "permissions: {}\nconcurrency: SNYK-1\n")],
  ["in the cadence's group", other("    concurrency: ' Pentest-Cadence'\n")],
  ["in a group that is no text", other("    concurrency: { group: [a] }\n")],
  ["without jobs", added(OTHER, "on: push\npermissions: {}\n")],
  ["that isn't YAML", added(OTHER, "on: [")],
  ["that nests without end", added(OTHER, '["'.repeat(8_000))],
  [
    "beside which others are together longer than what is read",
    both(
      ...["a", "b", "c", "d", "e"].map((id) =>
        withResource(FILE, { file: `.github/workflows/${id}.yml`, content: harmlessOf(250_000), branch: "ops" }, id),
      ),
    ),
  ],
  ["with aliases", added(OTHER, "on: push\npermissions: &a {}\njobs: { x: { permissions: *a } }\n")],
  ["with a line that not everybody reads", other("    #\r    permissions: { actions: write }\n")],
  ["that only the apply knows", added(OTHER, "${var.workflow}")],
  [
    "of another branch that may end runs",
    added(OTHER, `on: push\npermissions: write-all\njobs: { x: {} }\n`, { branch: "ops" }),
  ],
  [
    "of another branch with two owners",
    both(other(""), withResource(FILE, { file: OTHER, content: "", branch: "main" }, "second")),
  ],
  [
    "that is the scan on another branch",
    both(set(FILE, SNYK, "/branch", "main"), added(".github/workflows/snyk.yml", "on: push\n", { branch: "dev" })),
  ],
];

const REPORTERS: readonly Row[] = [
  ["maybe, by a name that the run alone knows", other("    name: snyk-$${{ github.job }}\n"), undeciding("SCAN-1")],
  ["maybe, by a name that is no text", other("    name: [snyk-gate]\n"), undeciding("SCAN-1")],
  ["by its name", other("    name: ' Snyk-Gate '\n"), violating("SCAN-1")],
  [
    "by its id",
    added(OTHER, "on: push\npermissions: {}\njobs: { snyk-gate: { name: '', runs-on: x, steps: [] } }\n"),
    violating("SCAN-1"),
  ],
  [
    "on another branch",
    added(OTHER, "on: push\npermissions: {}\njobs: { snyk-gate: {} }\n", { branch: "ops" }),
    violating("SCAN-1"),
  ],
];

const HARMLESS: readonly Edit[] = [
  ["another workflow that can do nothing", other("")],
  ["another workflow that can read", other("    permissions: { contents: read, checks: none }\n")],
  [
    "another workflow of another branch",
    added(OTHER, `on: push\npermissions: {}\njobs: { x: {} }\n`, { branch: "ops" }),
  ],
  ["another workflow in another group", other("    concurrency: { group: 'docs-$${{ github.ref }}' }\n")],
  ["another workflow that is long", added(OTHER, harmlessOf(250_000))],
  ["another workflow that speaks of secrets", other("    name: detect-secrets\n")],
  ...FOR_PEOPLE.map((file): Edit => [`another file: ${file}`, added(file, "# api")]),
  ["the scan's program on another branch", added(".github/security/snyk-scan.cjs", "", { branch: "dev" })],
  ["a commit that speaks of skipping", set(FILE, SNYK, "/commit_message", "ci: tell how to skip ci")],
  ["a file that isn't overwritten", set(FILE, SNYK, "/overwrite_on_create", false)],
  [
    "another time of the week",
    at(FILE, SNYK, "/content", (text) => String(text).replace(/cron: ".*"/, 'cron: "59 23 * * 6"')),
  ],
  ["another machine of GitHub's", everywhere("ubuntu-24.04", "ubuntu-22.04")],
  ["another version of the CLI that is known", workflow("v1.1306.4", "v1.1306.0")],
  ["another version of uv that is known", workflow('"0.13.9"', '"0.13.0"')],
  ["another Python that is known", workflow('python: "3.12"', 'python: "3.14"')],
];

const EDITS: readonly Edit[] = [
  ["more branches", pushing("    branches: [release, main]\n")],
  ["no filter of pushes", workflow(PUSH, "  push:\n")],
  ["a daily schedule", scheduled('  schedule:\n    - cron: "17 4 * * *"\n')],
  ["one more schedule", scheduled('  schedule:\n    - cron: "17 4 * * 1"\n    - cron: "3 3 * * 1"\n')],
  [
    "a schedule at no time",
    at(FILE, SNYK, "/content", (text) => String(text).replace(/cron: ".*"/, 'cron: "60 4 * * 1"')),
  ],
  ["no concurrency at all", at(FILE, SNYK, "/content", (text) => String(text).replace(/concurrency:\n(?: .*\n)+/, ""))],
  ["the whole history", workflow("fetch-depth: 2", "fetch-depth: 0")],
  ["a comment", workflow("name: Snyk", "# A comment.\nname: Snyk")],
  ["a space at the end of a line", workflow("permissions: {}\n", "permissions: {} \n")],
  ["no end of the last line", at(FILE, SNYK, "/content", (text) => String(text).trimEnd())],
  ["lines that CRLF ends", at(FILE, SNYK, "/content", (text) => String(text).replaceAll("\n", "\r\n"))],
  ["a mark at its start", at(FILE, SNYK, "/content", (text) => `\ufeff${String(text)}`)],
  ["an expression in a value", workflow('manifest: "uv.lock"', 'manifest: "$${{ vars.X }}"')],
  ["a quote in a value", workflow('manifest: "uv.lock"', 'manifest: "uv.lock" # "')],
  ["another machine for one job", workflow("ubuntu-24.04", "ubuntu-22.04")],
  ["a machine of others", everywhere("ubuntu-24.04", "self-hosted")],
  ["a switch that is neither on nor off", workflow('UNAVAILABLE: "false"', 'UNAVAILABLE: "no"')],
  ["a version between two that are known", workflow("v1.1306.4", "v1.1306.04")],
  ["a version after those that are known", workflow("v1.1306.4", "v1.1306.5")],
  ["a step after the scan", workflow(UPLOAD, `      - run: echo done\n${UPLOAD}`)],
  ["another job", job(ANOTHER)],
];

describe("the scan of a repository", () => {
  test.each(sample(TRIGGERS, 5))("is unknown where its triggers are others: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual(UNKNOWN);
  });

  test.each(sample(STEPS, 5))("is unknown where its steps are others: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual(UNKNOWN);
  });

  test.each(sample(NOT_TAKEN, 4))("is unknown where GitHub refuses its workflow: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual(UNKNOWN);
  });

  test.each(sample(EDITS, 5))("is unknown where one byte of its text is another: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual(UNKNOWN);
  });

  test.each(sample(VALUES, 4))("is not held where a value isn't that of the policy: %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(FILES, 3))("is not held where %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(NEIGHBOURS, 5))("is unknown beside another workflow %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual(UNKNOWN);
  });

  test.each(REPORTERS)("is not held beside another workflow that reports its check %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(HARMLESS, 3))("is held all the same: %s", (_, change) => {
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

  test("is held by word alone where it lets a manifest pass unscanned", () => {
    const [manifest] = api.manifests;
    if (manifest === undefined) throw new Error("the api has a manifest");
    const repositories = [{ ...api, manifests: [{ ...manifest, passUnscannable: true }] }, dashboard];
    const accept = [...(production.accept ?? []), Accept.declared("SCAN-1", "one dependency has no wheel")];
    const environment = { ...production, repositories, accept };
    expect(verdictsAfter(() => undefined, environment)).toEqual(all("declared", ["SCAN-1"]));
    expect(verdictsAfter(workflow('"pass"', '""'), environment)).toEqual(violating(...SCANS));
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

describe("the token that somebody sets by hand", () => {
  const adding =
    (body: object): Change =>
    ({ stacks }) => {
      const resource = stacks["production"]?.json["resource"] as Record<string, object>;
      resource["github_actions_secret"] = { added: { repository: "api", value: "x", ...body } };
    };

  test.each(["SNYK_TOKEN", "snyk_token", "SNYK%5FTOKEN", "${var.name}"])("may be replaced by %s", (secret_name) => {
    expect(verdictsAfter(adding({ secret_name }))).toEqual(undeciding("SCAN-1"));
  });

  test("isn't replaced by another secret, or in another repository", () => {
    expect(verdictsAfter(adding({ secret_name: "SENTRY_DSN" }))).toEqual({});
    expect(verdictsAfter(adding({ secret_name: "SNYK_TOKEN", repository: "docs" }))).toEqual({});
  });

  test("may be replaced in a repository of another spelling", () => {
    const everything = all("undecided");
    expect(verdictsAfter(adding({ secret_name: "SNYK_TOKEN", repository: "./api" }))).toEqual(everything);
    expect(verdictsAfter(adding({ secret_name: "SNYK_TOKEN", repository: "API" }))).toEqual(undeciding("SCAN-1"));
  });
});
