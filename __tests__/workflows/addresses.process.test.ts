import { runScript } from "./support/run-script";
import { jobOf, read, secretsIn, stepOf } from "./support/workflows";

const workflow = read("addresses.yml");
const refresh = jobOf(workflow, "refresh");
const propose = jobOf(workflow, "propose");

test("asks every day", () => {
  expect(workflow.on).toMatchObject({ schedule: [{ cron: expect.stringMatching(/^\d+ \d+ \* \* \*$/) as string }] });
});

test("what talks to strangers' servers has no secret, and what has one runs nothing but git and gh", () => {
  expect(secretsIn(refresh)).toEqual([]);
  expect(secretsIn(propose)).toEqual(["ADDRESSES_APP_KEY"]);
  expect(propose.steps.filter(({ run }) => /\b(npm|node|npx)\b/.test(run ?? ""))).toEqual([]);
});

describe("the refresh", () => {
  const step = stepOf(refresh, "Refresh");
  const npm = "echo '+ 192.0.2.0/24'";

  test.each([
    ["news", "exit 1", "true"],
    ["nothing new", "exit 0", "false"],
  ])("with %s says so", (_, git, changed) => {
    expect(runScript(step, {}, { npm, git })).toMatchObject({ code: 0, outputs: `changed=${changed}\n` });
  });

  test.each([1, 2])("that ends with %d fails the run and proposes nothing", (code) => {
    expect(runScript(step, {}, { npm: `exit ${code}`, git: "exit 1" })).toMatchObject({ code, outputs: "" });
  });

  test("proposes only what was proven with the new addresses", () => {
    const names = refresh.steps.map(({ name }) => name);
    expect(names.indexOf("Synthesize and prove with what is new")).toBeLessThan(names.indexOf("Hand the proposal on"));
    expect(stepOf(refresh, "Synthesize and prove with what is new")["continue-on-error"]).toBeUndefined();
  });

  test("writes the snapshots that hold the addresses, and no others", () => {
    expect(stepOf(refresh, "Write the snapshots that hold the addresses").run).toBe(
      "npx jest --ci=false --updateSnapshot __tests__/constructs/edge-firewall __tests__/stacks/compose-stacks",
    );
  });
});

describe("the pull request", () => {
  const step = stepOf(propose, "Keep one pull request");
  const environment = { BRANCH: "refresh-addresses", GITHUB_REF_NAME: "main", RUNNER_TEMP: "/tmp", GH_TOKEN: "t" };

  test("is opened by an App, whose pull requests start checks", () => {
    expect(step.env?.["GH_TOKEN"]).toBe("${{ steps.token.outputs.token }}");
  });

  test("is opened where there is none", () => {
    const { calls } = runScript(step, environment, { git: "", gh: "" });
    expect(calls).toContain("gh pr create --base main --head refresh-addresses");
  });

  test("is updated where there is one", () => {
    const { calls } = runScript(step, environment, { git: "", gh: '[ "$2" != list ] || echo 7' });
    expect(calls).toContain("gh pr edit refresh-addresses --body-file /tmp/proposal/text.md");
    expect(calls).not.toContain("pr create");
  });

  test("holds feeds and snapshots only", () => {
    expect(stepOf(propose, "Commit it").run).toContain("--include='network/feeds/*' --include='__tests__/*.snap'");
  });
});
