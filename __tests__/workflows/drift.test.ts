import { allows, filledIn } from "../constructs/scan-schedule/files/support/expressions";
import { runScript } from "./support/run-script";
import { jobOf, read, secretsIn, stepOf } from "./support/workflows";

const workflow = read("drift.yml");
const deployed = jobOf(workflow, "deployed");
const drift = jobOf(workflow, "drift");

test("looks every day, one run at a time", () => {
  expect(workflow.on).toMatchObject({ schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) as string }] });
  expect(workflow.concurrency).toEqual({ group: "drift", "cancel-in-progress": false });
});

test("looks with the credentials of the plans, which may only read", () => {
  expect(drift.environment).toBe("${{ matrix.environment }}-plan");
  expect([secretsIn(deployed), deployed.environment]).toEqual([[], undefined]);
  expect(secretsIn(drift)).toEqual(expect.arrayContaining(["CLOUDFLARE_API_TOKEN", "EDGE_SECRET", "RENDER_API_KEY"]));
});

test("judges every environment, whatever the others do", () => {
  expect(drift.strategy).toMatchObject({ "fail-fast": false });
});

describe("what it compares with", () => {
  const take = stepOf(drift, "Take what was deployed");
  const again = stepOf(drift, "Synthesize it again where the artefact has expired");
  const outcomes = (outcome: string) => ({ steps: { artefact: { outcome } } });

  test("is the commit and the artefact of the last deploy", () => {
    expect(stepOf(drift, "Check out the deployed commit").with).toMatchObject({ ref: "${{ matrix.commit }}" });
    expect(take.with).toMatchObject({ name: "synthesized", "run-id": "${{ matrix.run }}" });
    expect(take["continue-on-error"]).toBe(true);
  });

  test.each([
    ["taken", "success", false],
    ["expired", "failure", true],
    ["of a run that GitHub doesn't name", "skipped", true],
  ])("where the artefact is %s", (_, outcome, synthesized) => {
    expect(allows(String(again.if), outcomes(outcome))).toBe(synthesized);
  });

  test("has to be what was proven", () => {
    const names = drift.steps.map(({ name }) => name);
    expect(names.indexOf("Refuse what wasn't proven, and a local state")).toBeLessThan(
      names.indexOf("Look at the live platforms"),
    );
  });
});

describe("the issue", () => {
  const issue = stepOf(drift, "Keep one issue");
  const report = stepOf(drift, "Show what was seen");
  const contexts = (outcome: string) => ({ steps: { live: { outcome } }, matrix: { environment: "dev" } });

  test.each([
    ["success", "false"],
    ["failure", "true"],
    ["skipped", "true"],
  ])("after a look that ended in %s is open: %s", (outcome, open) => {
    expect(filledIn(String(issue.env?.["ISSUE_OPEN"]), contexts(outcome))).toBe(open);
  });

  test("says what was seen last: its text is replaced", () => {
    expect(issue.env?.["ISSUE_REPLACE_BODY"]).toBe("true");
  });

  test("is one of each environment", () => {
    expect(filledIn(String(issue.env?.["ISSUE_MARKER"]), contexts("failure"))).toBe("drift-dev");
  });

  test("has the first line of the report as its title, which changes when something else differs", () => {
    const files = { "drift.md": "# dev: plan differs\n\n| check | outcome |\n" };
    const { outputs, summary } = runScript(report, { FALLBACK: "# never" }, {}, files);
    expect(outputs).toBe("title=Drift of dev: plan differs\n");
    expect(summary).toBe(files["drift.md"]);
  });

  test("says that nobody could look, where nobody could", () => {
    const fallback = filledIn(String(report.env?.["FALLBACK"]), contexts("skipped"));
    const { outputs } = runScript(report, { FALLBACK: fallback });
    expect(outputs).toBe("title=Drift of dev: can't be compared with its last deploy\n");
  });
});

test("a difference fails the run too", () => {
  const last = drift.steps.at(-1);
  expect(allows(String(last?.if), { steps: { live: { outcome: "failure" } } })).toBe(true);
  expect(runScript(last as NonNullable<typeof last>, {}).code).toBe(1);
});
