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

describe("where of an environment nobody can say what was deployed", () => {
  const find = stepOf(deployed, "Find the last deploys");
  const known = '[{"environment":"dev"}]';

  test.each([
    ["the others are handed on, and the run fails", `echo '${known}'; exit 2`, 2, known],
    ["of none, they are handed on", `echo '${known}'`, 0, known],
    ["of all, none is handed on", "exit 2", 2, ""],
  ])("%s", (_, npm, code, handedOn) => {
    expect(runScript(find, {}, { npm })).toMatchObject({ code, outputs: `environments=${handedOn}\n` });
  });

  test.each([
    [known, true],
    ["[]", false],
    ["", false],
  ])("of those that are known, %j, the others are looked at: %p", (environments, looked) => {
    expect(allows(String(drift.if), { needs: { deployed: { outputs: { environments } } } })).toBe(looked);
    // Without a function of its own, a condition holds only where no job before it has failed.
    expect(drift.if).toContain("!cancelled()");
  });
});

test("judges every environment, whatever the others do", () => {
  expect(drift.strategy).toMatchObject({ "fail-fast": false });
});

describe("what it compares with", () => {
  const take = stepOf(drift, "Take what was deployed");
  const again = stepOf(drift, "Synthesize it again where the artefact has expired");
  const outcomes = (outcome: string) => ({ steps: { artefact: { outcome } } });

  const proof = stepOf(drift, "Take the proof that was approved");
  const ready = stepOf(drift, "Refuse what wasn't proven, and a local state");

  test("is the commit and the artefact of the last deploy", () => {
    expect(stepOf(drift, "Check out the deployed commit").with).toMatchObject({ ref: "${{ matrix.commit }}" });
    expect(take.with).toMatchObject({ name: "synthesized", "run-id": "${{ matrix.run }}" });
    expect(take["continue-on-error"]).toBe(true);
  });

  test("has the proof that was approved, as the deploy wrote it down", () => {
    const written = stepOf(jobOf(read("deploy.yml"), "deploy"), "Write down what was deployed");
    expect(written.run).toBe('echo "$GITHUB_SHA $PROOF" > deployed.txt');
    expect(proof.with).toMatchObject({ name: "deployed-${{ matrix.environment }}", "run-id": "${{ matrix.run }}" });
    expect(ready.env?.["DEPLOYED"]).toBe(`${String(proof.with?.["path"])}/deployed.txt`);
  });

  const [commit, other, hash] = ["a".repeat(40), "b".repeat(40), "c".repeat(64)];
  test.each([
    ["of that commit is what the folder has to have", `${commit} ${hash}\n`, [`--proof ${hash}`]],
    ["of another commit approves nothing", `${other} ${hash}\n`, ["--proof "]],
    ["that is none approves nothing", "", ["--proof "]],
    ["that has expired can't be asked for: the folder was synthesized from the commit", undefined, []],
  ])("a proof %s", (_, deployedText, asked) => {
    const files = deployedText === undefined ? {} : { "deployed.txt": deployedText };
    const given = { ENVIRONMENT: "dev", COMMIT: commit, DEPLOYED: "deployed.txt" };
    const { calls } = runScript(ready, given, { npm: "exit 0" }, files);
    expect(calls).toBe(`${["npm run -s policy -- deployment ready dev", ...asked].join(" ")}\n`);
  });

  test.each([
    ["success", true],
    ["failure", false],
    ["skipped", false],
  ])("is taken as an artefact only with its proof: after %s, %p", (outcome, taken) => {
    expect(allows(String(take.if), { steps: { proof: { outcome } } })).toBe(taken);
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
