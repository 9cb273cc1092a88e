import { filledIn } from "../constructs/scan-schedule/files/support/expressions";
import { runScript } from "./support/run-script";
import { jobOf, read, secretsIn, stepOf } from "./support/workflows";

const workflow = read("deploy.yml");
const synth = jobOf(workflow, "synth");
const plan = jobOf(workflow, "plan");
const deploy = jobOf(workflow, "deploy");

const COMMIT = "0123456789abcdef0123456789abcdef01234567";

/** Where a step stands among those of a job whose text says this. */
function place(job: typeof deploy, says: string): number {
  const found = job.steps.findIndex(({ run, uses, with: given }) =>
    `${run ?? uses ?? ""} ${JSON.stringify(given)}`.includes(says),
  );
  if (found < 0) throw new Error(`no step says ${says}`);
  return found;
}

test("runs on pushes to main, and by hand with the approved commit", () => {
  expect(workflow.on).toMatchObject({ push: { branches: ["main"] } });
  expect(workflow.on).toHaveProperty("workflow_dispatch.inputs.commit.required", true);
});

describe("the synth", () => {
  test("has no credential, and hands on the folder that it proved again", () => {
    expect([secretsIn(synth), synth.environment]).toEqual([[], undefined]);
    expect(place(synth, "run -s synth")).toBeLessThan(place(synth, "policy -- verify"));
    expect(place(synth, "policy -- verify")).toBeLessThan(place(synth, '"path":"cdktf.out"'));
  });

  test("shows the head of the report to whoever approves, and keeps the page", () => {
    const report = stepOf(synth, "Report what was proven");
    const ran = runScript(report, { REPORT: "kept.html" }, { npm: 'case "$*" in *--head*) echo "31 proven";; esac' });
    expect(ran).toMatchObject({ code: 0, summary: "31 proven\n" });
    expect(ran.calls).toBe("npm run -s policy -- report --head\nnpm run -s policy -- report --output kept.html\n");
    expect(report.env?.["REPORT"]).toBe(stepOf(synth, "Keep the report").with?.["path"]);
    expect(place(synth, "policy -- verify")).toBeLessThan(synth.steps.indexOf(report));
  });

  test("fails where the head can't be written", () => {
    const report = stepOf(synth, "Report what was proven");
    expect(runScript(report, { REPORT: "kept.html" }, { npm: "exit 2" }).code).toBe(2);
  });

  const refuse = stepOf(synth, "Refuse another commit than the approved one");
  test.each([
    [COMMIT, 0],
    [COMMIT.slice(0, 8), 1],
    ["", 1],
    ['$(touch ran) "; exit 0', 1],
  ])("started by hand, with %j approved, ends with %d", (approved, code) => {
    expect(runScript(refuse, { APPROVED: approved, GITHUB_SHA: COMMIT }).code).toBe(code);
  });

  describe("refuses a commit that isn't on main", () => {
    const onMain = stepOf(synth, "Refuse a commit that isn't on main");

    test("however it was started, and before anything of it runs", () => {
      expect(onMain.if).toBeUndefined();
      expect(stepOf(synth, "Check out").with).toMatchObject({ "fetch-depth": 0 });
      expect(place(synth, "actions/checkout")).toBeLessThan(synth.steps.indexOf(onMain));
      expect(synth.steps.indexOf(onMain)).toBeLessThan(place(synth, "npm"));
    });

    test.each([
      ["is on main", "exit 0", 0, ""],
      ["isn't", "exit 1", 1, `::error::The commit ${COMMIT} isn't on main`],
      ["can't be compared", "exit 128", 1, `::error::The commit ${COMMIT} isn't on main`],
    ])("where it %s", (_, git, code, says) => {
      const ran = runScript(onMain, { GITHUB_SHA: COMMIT }, { git });
      expect(ran).toMatchObject({ code, calls: `git merge-base --is-ancestor ${COMMIT} origin/main\n` });
      expect(ran.log).toContain(says);
    });
  });

  const order = stepOf(synth, "Put the environments in order");
  test.each([
    ["a push", "push", {}, "", ""],
    ["a push, where production needs a run by hand", "push", { DEPLOY_BY_DISPATCH: "production" }, "", "production"],
    ["a run by hand", "workflow_dispatch", { DEPLOY_BY_DISPATCH: "production" }, "production", ""],
  ])("after %s chooses the environments", (_, event_name, vars, only, without) => {
    const contexts = { github: { event_name }, vars, inputs: { environment: only } };
    expect(filledIn(String(order.env?.["WITHOUT"]), contexts)).toBe(without);
    expect(filledIn(String(order.env?.["ONLY"]), contexts)).toBe(only);
  });

  test("hands on the order as the command prints it, and fails where the command does", () => {
    const environment = { ONLY: "a; b", WITHOUT: "" };
    const { calls, outputs } = runScript(order, environment, { npm: `echo '[{"environment":"dev"}]'` });
    expect(outputs).toBe('environments=[{"environment":"dev"}]\n');
    expect(calls).toBe("npm run -s policy -- deployment order --only=a; b --without=\n");
    expect(runScript(order, environment, { npm: "exit 2" })).toMatchObject({ code: 2, outputs: "" });
  });
});

describe("the plan", () => {
  test("is made in the environment that may only read, with the edge secret, and for every environment", () => {
    expect(plan.environment).toBe("${{ matrix.environment }}-plan");
    expect(plan.strategy).toEqual({
      "fail-fast": false,
      matrix: { include: "${{ fromJSON(needs.synth.outputs.environments) }}" },
    });
    expect(secretsIn(plan)).toContain("EDGE_SECRET");
  });

  test("has no credential of the platforms that only an applier asks", () => {
    expect(secretsIn(plan)).not.toContain("RENDER_API_KEY");
    expect(secretsIn(plan)).not.toContain("SUPABASE_ACCESS_TOKEN");
  });

  test("mints a token that may only read", () => {
    const given = stepOf(plan, "Mint a token for the repositories that it owns").with ?? {};
    const rights = Object.entries(given).filter(([name]) => name.startsWith("permission-"));
    expect(rights.length).toBeGreaterThan(0);
    expect(rights.filter(([, right]) => right !== "read")).toEqual([]);
  });

  test("fails where there is none, although its text is also kept", () => {
    const step = stepOf(plan, "Plan");
    expect(runScript(step, { ENVIRONMENT: "dev" }, { npm: "echo no; exit 2" }).code).toBe(2);
    expect(runScript(step, { ENVIRONMENT: "dev" }, { npm: "echo yes" })).toMatchObject({
      code: 0,
      calls: "npm run -s policy -- deployment plan dev --changes-allowed\n",
    });
  });

  test("is shown with the proof that is approved", () => {
    const step = stepOf(plan, "Show the plan to whoever approves");
    const shown = runScript(step, { ENVIRONMENT: "dev", PROOF: "abc" }, {}, { "plan.txt": "1 to add\n" });
    expect(shown.summary).toBe("## dev, proof abc\n~~~~~~~~text\n1 to add\n~~~~~~~~\n");
  });
});

describe("the deploy", () => {
  test("waits for the approval of the environment, after its plan", () => {
    expect(deploy).toMatchObject({ environment: "${{ matrix.environment }}", needs: ["synth", "plan"] });
  });

  test("is one at a time in each environment, and one that has begun isn't cancelled", () => {
    expect(deploy.concurrency).toEqual({ group: "deploy-${{ matrix.environment }}", "cancel-in-progress": false });
  });

  test("goes through the environments in order, and stops at the first that fails", () => {
    expect(deploy.strategy).toMatchObject({ "fail-fast": true, "max-parallel": 1 });
    const [first] = deploy.steps;
    expect(first).toMatchObject({
      if: "${{ matrix.after != '' }}",
      with: { name: "deployed-${{ matrix.after }}" },
    });
  });

  test("checks the hashes, has appliers run again, deploys, looks, and only then lets the next one begin", () => {
    const steps = [
      '"name":"synthesized"',
      'deployment ready "$ENVIRONMENT" --proof "$PROOF"',
      'deployment appliers "$ENVIRONMENT" --taint',
      'deployment apply "$ENVIRONMENT"',
      "deployment live",
      '"name":"deployed-${{ matrix.environment }}"',
    ].map((says) => place(deploy, says));
    expect(steps).toEqual([...steps].sort((one, other) => one - other));
  });

  test("has no credential before the hashes are checked", () => {
    const checked = place(deploy, "deployment ready");
    expect(deploy.steps.slice(0, checked + 1).flatMap(secretsIn)).toEqual([]);
    expect(deploy.steps.slice(checked + 1).flatMap(secretsIn)).toContain("CLOUDFLARE_API_TOKEN");
  });

  const step = stepOf(deploy, "Deploy");
  const environment = { ENVIRONMENT: "dev", PROOF: "abc" };
  test("checks the hashes again at the last moment", () => {
    expect(runScript(step, environment, { npm: "exit 0" }).calls).toBe(
      "npm run -s policy -- deployment ready dev --proof abc --used\nnpm run -s policy -- deployment apply dev\n",
    );
    const refused = runScript(step, environment, { npm: "exit 1" });
    expect(refused).toMatchObject({ code: 1, calls: "npm run -s policy -- deployment ready dev --proof abc --used\n" });
  });

  test.each([
    ["plan", plan],
    ["deploy", deploy],
  ])(
    "the %s takes nothing that Terraform would take as installed: it was handed on, and no synth wrote it",
    (_, job) => {
      const first = stepOf(job, "Refuse what wasn't proven, and a local state");
      expect(runScript(first, environment, { npm: "exit 0" }).calls).toBe(
        "npm run -s policy -- deployment ready dev --proof abc\n",
      );
      const programs = job.steps.slice(0, job.steps.indexOf(first)).map(({ run }) => run ?? "");
      expect(programs.filter((run) => /terraform|deployment/.test(run))).toEqual([]);
    },
  );

  test("fails where the probe sees a difference", () => {
    const probe = stepOf(deploy, "Probe from outside");
    expect(runScript(probe, environment, { npm: "echo '# dev: probe differs'; exit 1" })).toMatchObject({
      code: 1,
      summary: "# dev: probe differs\n",
    });
  });

  test("takes what was proven, and nothing synthesizes again", () => {
    const programs = [...plan.steps, ...deploy.steps].map(({ run }) => run ?? "");
    expect(programs.filter((run) => /\bsynth\b/.test(run))).toEqual([]);
  });
});
