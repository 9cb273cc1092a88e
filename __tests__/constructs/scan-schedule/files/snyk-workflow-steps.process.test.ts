import { execFileSync, spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { EVENTS } from "./support/events";
import { filledIn } from "./support/expressions";
import { filesOf, textOf } from "./support/input";
import { answer, vulnerability, writeStubs } from "./support/stubs";
import { readWorkflow, step } from "./support/workflow";

const workflow = readWorkflow(textOf(".github/workflows/snyk.yml"));
const root = mkdtempSync(join(tmpdir(), "snyk-steps-"));
afterAll(() => rmSync(root, { recursive: true, force: true }));

/** Runs a step's script as the runner does (bash -e), with its own environment filled in. */
function run(job: string, name: string, contexts: object, cwd: string, more: Readonly<Record<string, string>> = {}) {
  const { run: script, env } = step(workflow, job, name);
  const own = Object.entries(env ?? {}).map(([key, value]) => [
    key,
    filledIn(value, contexts as Record<string, unknown>),
  ]);
  return spawnSync("bash", ["-e", "-c", String(script)], {
    cwd,
    encoding: "utf8",
    env: { PATH: process.env["PATH"], HOME: root, ...Object.fromEntries(own), ...more },
  });
}

describe("the gate", () => {
  const judged = (result: string, event: keyof typeof EVENTS): number | null =>
    run("gate", "Judge the legs", { ...EVENTS[event], needs: { scan: { result } } }, root).status;

  test.each(["push", "schedule", "a pull request"] as const)("on %s passes if every leg did", (event) => {
    expect(judged("success", event)).toBe(0);
  });

  test.each(["failure", "cancelled", "skipped", ""])("fails if the legs ended with %j", (result) => {
    expect(judged(result, "push")).toBe(1);
    expect(judged(result, "a pull request")).toBe(1);
  });

  test("passes a pull request from a fork, whose legs were skipped", () => {
    expect(judged("skipped", "a pull request from a fork")).toBe(0);
    expect(judged("skipped", "a pull request whose fork is gone")).toBe(0);
  });

  test("fails a fork's pull request if legs ran and failed", () => {
    expect(judged("failure", "a pull request from a fork")).toBe(1);
  });
});

describe("a pull request in a real repository", () => {
  const origin = join(root, "origin");
  const git = (cwd: string, ...args: readonly string[]): string =>
    execFileSync("git", ["-c", "user.name=Test", "-c", "user.email=test@example.com", ...args], {
      cwd,
      encoding: "utf8",
      env: { PATH: process.env["PATH"], HOME: root },
      stdio: ["ignore", "pipe", "pipe"],
    });
  const commit = (message: string): void => {
    git(origin, "add", "-A");
    git(origin, "commit", "-q", "-m", message);
  };
  let runs = 0;

  beforeAll(() => {
    writeStubs(join(root, "bin"));
    for (const { path, text } of filesOf().values()) {
      mkdirSync(dirname(join(origin, path)), { recursive: true });
      writeFileSync(join(origin, path), text);
    }
    writeFileSync(join(origin, "package-lock.json"), "{}");
    answer(origin, { exits: [1, 1], report: [vulnerability("SNYK-OLD")], sarif: '{"runs":[]}' });
    git(origin, "init", "-q", "-b", "main");
    commit("base");
  });

  /** Checks out the merge of a pull request as actions/checkout does, and runs the two steps that judge it. */
  function judge(change: () => void): { readonly status: number | null; readonly output: string } {
    const name = String((runs += 1));
    git(origin, "checkout", "-q", "-b", `change-${name}`, "main");
    change();
    commit("change");
    git(origin, "checkout", "-q", "-B", `merge-${name}`, "main");
    git(origin, "merge", "-q", "--no-ff", "-m", "merge", `change-${name}`);
    const [tree, temp] = [join(root, `tree-${name}`), join(root, `temp-${name}`)];
    mkdirSync(temp);
    writeFileSync(join(temp, "log"), "");
    git(root, "clone", "-q", "--depth", "2", "--branch", `merge-${name}`, `file://${origin}`, tree);
    git(origin, "checkout", "-q", "main");
    const contexts = {
      github: { ...(EVENTS["a pull request"]["github"] as object), workspace: tree },
      runner: { temp },
      matrix: { manager: "npm", manifest: "package-lock.json", unscannable: "" },
      secrets: { SNYK_TOKEN: "fake-token" },
    };
    const more = {
      RUNNER_TEMP: temp,
      STUB_LOG: join(temp, "log"),
      STUB_TREE: tree,
      PATH: `${join(root, "bin")}:${String(process.env["PATH"])}`,
    };
    const laidOut = run("scan", "Lay out the base of the pull request", contexts, tree, more);
    if (laidOut.status !== 0) throw new Error(laidOut.stderr);
    const { status, stdout, stderr } = run("scan", "Scan", contexts, tree, more);
    return { status, output: stdout + stderr + readFileSync(join(temp, "log"), "utf8") };
  }

  test("passes with what the base has", () => {
    const { status, output } = judge(() => writeFileSync(join(origin, "README.md"), "change"));
    expect([status, output]).toEqual([0, expect.stringMatching(/in head.*in base/s)]);
  });

  test("fails with a new vulnerability", () => {
    const { status, output } = judge(() =>
      answer(origin, { exits: [1], report: [vulnerability("SNYK-OLD"), vulnerability("SNYK-NEW")] }),
    );
    expect([status, output]).toEqual([1, expect.stringContaining("SNYK-NEW")]);
  });

  test("fails with a new vulnerability although the pull request edits the programs that judge it", () => {
    const { status } = judge(() => {
      for (const name of ["snyk-scan.cjs", "snyk-verdict.cjs", "snyk-requirements.cjs"]) {
        writeFileSync(join(origin, ".github/security", name), "process.exit(0);");
      }
      answer(origin, { exits: [1], report: [vulnerability("SNYK-NEW")] });
    });
    expect(status).toBe(1);
  });

  test("fails with a new vulnerability although the pull request brings code to run and says what to ignore", () => {
    const { status, output } = judge(() => {
      for (const name of [".npmrc", ".snyk", "pip.py", "setup.py", "sitecustomize.py", "venv.py"]) {
        writeFileSync(join(origin, name), "ignore: SNYK-NEW\n");
      }
      writeFileSync(join(origin, "package.json"), '{"scripts":{"preinstall":"touch ran"}}');
      answer(origin, { exits: [1], report: [vulnerability("SNYK-NEW")] });
    });
    expect([status, output]).toEqual([1, expect.stringContaining("SNYK-NEW")]);
    expect(output).not.toMatch(/^(?:ran|ignored) /m);
  });

  test("fails if the pull request removes the manifest", () => {
    expect(judge(() => rmSync(join(origin, "package-lock.json"))).status).toBe(1);
  });

  test("is compared with the newest base, not with the one it started from", () => {
    answer(origin, { exits: [1, 1], report: [vulnerability("SNYK-LATER")], sarif: '{"runs":[]}' });
    commit("an advisory on main");
    expect(judge(() => writeFileSync(join(origin, "other.md"), "change")).status).toBe(0);
  });
});
