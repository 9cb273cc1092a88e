import { Accept } from "../../../policy/accept";
import { production } from "../../../environments/production";
import type { Change } from "../../support/proof-scenes";
import {
  added,
  all,
  at,
  CADENCE,
  type Edit,
  FILE,
  PENTESTS,
  POLICY,
  removed,
  replaced,
  type Row,
  SCANS,
  SCOPE,
  set,
  undeciding,
  verdictsAfter,
  violating,
} from "./repository-changes";
import { sample } from "../../support/sample";

type Json = Record<string, unknown>;

const violated = violating(...PENTESTS);
const undecided = undeciding(...PENTESTS);
const workflow = (from: string, to: string): Change => replaced(CADENCE, from, to);
const cron = (text: string): Change =>
  at(FILE, CADENCE, "/content", (content) => String(content).replace(/cron: ".*"/, `cron: "${text}"`));
const policy = (members: Json): Change =>
  at(FILE, POLICY, "/content", (text) => JSON.stringify({ ...(JSON.parse(String(text)) as Json), ...members }));
const scope = (change: (scope: Json) => Json): Change =>
  at(FILE, POLICY, "/content", (text) => {
    const whole = JSON.parse(String(text)) as Json;
    return JSON.stringify({ ...whole, scope: { ...(whole["scope"] as Json), ...change(whole["scope"] as Json) } });
  });
const first = (name: string) => scope((whole) => ({ [name]: (whole[name] as readonly unknown[]).slice(0, 1) }));
const OTHER = ".github/workflows/x.yml";
const inGroup = (group: string): string =>
  `on: push\npermissions: {}\nconcurrency: ${group}\njobs: { x: { runs-on: ubuntu-24.04, steps: [{ run: echo }] } }`;
const WAITING = "  x: { concurrency: pentest-cadence, runs-on: ubuntu-24.04, steps: [{ run: echo }] }\n";
const LAST = "if: $${{ steps.check.outcome != 'success' }}";

const FAILING = "      - name: Fail unless";
const MARKED_BY_STATE = "ISSUE_MARKER: cadence-$${{ steps.check.outputs.state }}";
const CALL = "node .github/security/one-issue.cjs";
const CLOSING = `      - run: ${CALL}
        env: { ISSUE_OPEN: "false", ISSUE_MARKER: pentest-cadence, ISSUE_TITLE: x, GITHUB_TOKEN: "$\${{ github.token }}" }
`;
const SCOPE_PATH = ".github/security/pentest-scope.md";
const CLOSED_WITHOUT = `ISSUE_BODY_FILE: $\${{ steps.check.outputs.state != 'current' && '${SCOPE_PATH}' || '' }}`;
const BODY = `ISSUE_BODY_FILE: ${SCOPE_PATH}`;

const TEXTS: readonly Edit[] = [
  ["it runs yearly", cron("17 4 1 1 *")],
  ["it runs by a step over days beside other days", cron("17 4 */9 * 1")],
  ["it runs on pushes only", at(FILE, CADENCE, "/content", (text) => String(text).replace(/ {2}schedule:\n.*\n/, ""))],
  ["it runs for some", workflow("    name: pentest-cadence", "    if: github.actor == 'a'\n    name: x")],
  ["it forgives everything", workflow("    name: pentest-cadence", "    continue-on-error: true\n    name: x")],
  ["it passes where a test is overdue", workflow(LAST, "if: false")],
  ["it fails where a test is in time", workflow(LAST, "if: always()")],
  ["it ends with another script", workflow("exit 1", "exit 0")],
  ["it opens no issue", workflow("ISSUE_OPEN: $${{ steps.check.outputs.state != 'current' }}", "ISSUE_OPEN: false")],
  ["it opens an issue when it is late", workflow("state != 'current'", "state == 'overdue'")],
  ["it closes the issue again", workflow(FAILING, `${CLOSING}${FAILING}`)],
  ["its issue is that of the weekly scan", workflow("ISSUE_MARKER: pentest-cadence", "ISSUE_MARKER: weekly-snyk")],
  ["its issue is another in each state", workflow("ISSUE_MARKER: pentest-cadence", MARKED_BY_STATE)],
  ["its issue shows what isn't written", workflow("pentest-scope.md", "other.md")],
  ["it says nothing when it closes its issue", replaced(CADENCE, "ISSUE_COMMENT:", "ISSUE_BODY:")],
  ["it has no right to open an issue", workflow("      issues: write", "      issues: read")],
  ["its own job may switch it off", workflow("      issues: write", "      actions: write\n      issues: write")],
  ["it has another token", workflow("$${{ github.token }}", "$${{ secrets.OTHER }}")],
  ["a job of its workflow is in its group", workflow("\njobs:\n", `\njobs:\n${WAITING}`)],
  ["it checks by other rules", workflow("pentest-check.cjs", "pentest-check.cjs --policy x")],
  [
    "it doesn't check out",
    workflow("        uses: actions/checkout", "        if: false\n        uses: actions/checkout"),
  ],
  ["it has minutes in words", workflow("timeout-minutes: 5", "timeout-minutes: soon")],
  ["it has no time", workflow("timeout-minutes: 5", "timeout-minutes: 0.01")],
  ["it has legs", workflow("    timeout-minutes: 5", "    strategy: { matrix: { x: [a] } }")],
  ["it has no legs", workflow("    timeout-minutes: 5", "    strategy: { matrix: { x: [] } }")],
  ["it starts on what doesn't exist", workflow("  workflow_dispatch:", "  pushed:")],
  ["it starts on what isn't modelled", workflow("  workflow_dispatch:", "  workflow_run:")],
  [
    "a step of its reads secrets in its condition",
    workflow("steps.check.outcome", "secrets.X != 'y' && steps.check.outcome"),
  ],
  ["a group that is no text", workflow("group: pentest-cadence", "group: [a]")],
  ["it uses a tag", workflow("3d3c42e5aac5ba805825da76410c181273ba90b1", "v7")],
  ["it runs daily", cron("17 4 * * *")],
  ["its issue has another marker", workflow("ISSUE_MARKER: pentest-cadence", "ISSUE_MARKER: yearly-test")],
  ["its issue has another title", workflow("'The penetration test can not be checked'", "'Unknown'")],
  ["its issue shows the scope only while it is open", workflow(BODY, CLOSED_WITHOUT)],
  ["its issue shows something else", workflow("ISSUE_BODY_FILE: .github/security/pentest-scope.md", "ISSUE_BODY: x")],
];

const FILES: readonly Row[] = [
  ["it isn't written", removed(FILE, CADENCE), violated],
  ["it is on another branch", set(FILE, CADENCE, "/branch", "dev"), { ...violated, ...undeciding(...SCANS) }],
  ["it is for another branch", workflow('branches: ["main"]', 'branches: ["x"]'), violated],
  ["its checker isn't written", removed(FILE, "api_Files_pentest-check"), violated],
  ["its checker is another", replaced("api_Files_pentest-check", "overdue: 1", "overdue: 0"), undecided],
  ["its rules are others", replaced("api_Files_pentest-rules", "RULES.flatMap", "[].flatMap"), undecided],
  ["its rules aren't written", removed(FILE, "api_Files_pentest-rules"), violated],
  ["the program of its issue is another", replaced("api_Files_one-issue", '"use strict"', '"use sloppy"'), undecided],
  ["what it judges by isn't written", removed(FILE, POLICY), violated],
  ["what it needs may come late", removed(FILE, CADENCE, "/depends_on"), violated],
  [
    "an apply writes the register, which a scan may read",
    added("compliance/pentest/register.json", "{}"),
    { ...violated, ...undeciding("SCAN-1") },
  ],
  ["another workflow is in its group", added(OTHER, inGroup("Pentest-Cadence")), undeciding(...SCANS, ...PENTESTS)],
];

const PROMISE: readonly Row[] = [
  ["a test counts for two years", policy({ cadenceDays: 730 }), violating("PEN-1")],
  ["a test counts for a day more", policy({ cadenceDays: 366 }), violating("PEN-1")],
  ["the first test is due later", policy({ adoptedOn: "2027-01-15" }), violating("PEN-1")],
  ["nobody is reminded", policy({ reminderDays: 1 }), violating("PEN-1")],
  ["no accreditation is asked for", policy({ accreditations: [] }), violating("PEN-1")],
  ["another accreditation counts", policy({ accreditations: ["CREST", "none"] }), violating("PEN-1")],
  ["another register is read", policy({ register: "register.json" }), violating("PEN-1")],
  ["another version is read", policy({ version: 2 }), violating("PEN-1")],
  ["it isn't black box", scope(() => ({ approach: "white-box" })), violating("PEN-2")],
  ["it is for one target", first("targets"), violating("PEN-2")],
  [
    "its target is elsewhere",
    replaced(POLICY, "https://app.example.com/api", "https://test.example.com/api"),
    violating("PEN-2"),
  ],
  ["it is for one objective", first("objectives"), violating("PEN-2")],
  ["it isn't JSON", set(FILE, POLICY, "/content", "{"), undecided],
  ["it is known to the apply alone", set(FILE, POLICY, "/content", "${var.policy}"), undecided],
  ["the firm isn't told, and the order of files is lost", removed(FILE, SCOPE), violated],
  ["the firm is told another cadence", replaced(SCOPE, "every 365 days", "every 999 days"), violating("PEN-2")],
  [
    "the firm is told another address",
    replaced(SCOPE, "Dashboard: https://app.example.com", "Dashboard: https://x.example.com"),
    violating("PEN-2"),
  ],
  [
    "the firm is told another accreditation",
    replaced(SCOPE, "accreditations: CREST", "accreditations: any"),
    violating("PEN-2"),
  ],
  [
    "the firm is told to leave something out",
    replaced(SCOPE, "Nothing else is:", "IDOR is not. Nothing else is:"),
    undeciding("PEN-2"),
  ],
];

const HARMLESS: readonly Edit[] = [
  ["another time of the week", cron("59 23 * * 0")],
  ["another workflow in another group", added(OTHER, inGroup("pentest"))],
  ["a stricter cadence", policy({ cadenceDays: 180 })],
  ["a comment", policy({ $comment: "x" })],
  [
    "one more objective",
    scope((whole) => ({ objectives: [...(whole["objectives"] as readonly unknown[]), { id: "SSRF" }] })),
  ],
];

describe("the yearly penetration test", () => {
  test.each(sample(TEXTS, 4))("is unknown where the text of its workflow is another: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual(undeciding(...SCANS, ...PENTESTS));
  });

  test.each(sample(FILES, 3))("is not held where %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(PROMISE, 4))("is not held where what is asked of it is wrong: %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(HARMLESS, 4))("is held all the same: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual({});
  });

  test("is only declared where no repository keeps the register", () => {
    const repositories = (production.repositories ?? []).map(({ pentest: _, ...rest }) => rest);
    const accept = PENTESTS.map((statement) => Accept.declared(statement, "another contract has it"));
    expect(verdictsAfter(() => undefined, { ...production, repositories, accept })).toEqual(all("declared", PENTESTS));
  });
});
