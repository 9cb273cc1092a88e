import { mkdtempSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { allows } from "../constructs/scan-schedule/files/support/expressions";
import { PACKAGE } from "../support/other-repository";
import { runScript } from "./support/run-script";
import { jobOf, jobsOf, read, secretsIn, stepOf } from "./support/workflows";

const review = read("review.yml");
const comment = jobOf(review, "comment");
const findings = jobOf(review, "findings");
const difference = jobOf(review, "difference");

/** A pull request, as the conditions of the jobs see it. */
const pullRequest = (
  from: string,
  result = "success",
  vars: Readonly<Record<string, string>> = {},
  artefact = result === "skipped" ? "" : "4711",
) => ({
  github: { repository: "acme/security", event: { pull_request: { head: { repo: { full_name: from } } } } },
  needs: { difference: { result, outputs: { artefact } } },
  vars,
});

test("runs on pull requests with a token that reads, and with no secret at all", () => {
  expect(Object.keys(review.on)).toEqual(["pull_request"]);
  expect(secretsIn(review)).toEqual([]);
  const readers = jobsOf(review).filter((job) => job !== comment && job !== findings);
  expect(readers.map(({ permissions }) => permissions)).toEqual(readers.map(() => ({ contents: "read" })));
});

test("both lanes run on the oldest Node.js that package.json allows, and on a newer one than the workflows use", () => {
  const test = jobOf(review, "test");
  const { node } = (test.strategy?.matrix ?? {}) as { readonly node?: readonly string[] };
  const [oldest, newest] = node ?? [];
  expect(PACKAGE.engines.node).toBe(`>=${String(oldest)}`);
  expect(Number(newest)).toBeGreaterThan(Number(readFileSync(join(__dirname, "../../.nvmrc"), "utf8")));
  expect(stepOf(test, "Set up Node.js").with?.["node-version"]).toBe("${{ matrix.node }}");
  expect(stepOf(test, "Test").run).toBe("npm test");
  expect(stepOf(test, "Check").run).toBe("npm run check");
});

test("what may write checks nothing out and runs no program of the repository", () => {
  for (const { steps } of [comment, findings]) {
    expect(steps.every(({ run, uses }) => run === undefined && !String(uses).startsWith("actions/checkout@"))).toBe(
      true,
    );
  }
});

describe.each([
  ["comment", comment, {}],
  ["findings", findings, { CODE_SCANNING: "true" }],
] as const)("the job %s", (_, job, vars) => {
  test.each([
    ["of the repository itself", "acme/security", "success", true],
    ["whose difference fails the check", "acme/security", "failure", true],
    ["that couldn't be compared", "acme/security", "skipped", job === comment],
    ["from a fork", "stranger/security", "success", false],
  ])("for a pull request %s", (_title, from, result, runs) => {
    expect(allows(String(job.if), pullRequest(from, result, vars))).toBe(runs);
  });
});

test("what is shown is the artefact of the job that compared, whatever another job of the run calls its own", () => {
  const handedOn = stepOf(difference, "Hand the difference on");
  expect(difference.outputs).toEqual({ artefact: `\${{ steps.${String(handedOn.id)}.outputs.artifact-id }}` });
  for (const job of [comment, findings]) {
    const { with: given } = stepOf(job, "Take the difference");
    expect(given).toEqual({ "artifact-ids": "${{ needs.difference.outputs.artefact }}", path: "difference" });
  }
});

// Without an id the action takes every artefact of the run.
test.each([
  ["comment", comment, {}],
  ["findings", findings, { CODE_SCANNING: "true" }],
] as const)("where the comparison handed nothing on, the job %s takes no artefact", (_, job, vars) => {
  const contexts = pullRequest("acme/security", "failure", vars, "");
  const take = stepOf(job, "Take the difference");
  expect(allows(String(job.if), contexts) && allows(take.if ?? "true", contexts)).toBe(false);
});

test("findings are uploaded only where the repository says that it has code scanning", () => {
  expect(allows(String(findings.if), pullRequest("acme/security"))).toBe(false);
});

describe("the job that compares", () => {
  const names = difference.steps.map(({ name }) => name);

  test("goes to the base before it runs anything, so that the pull request's code doesn't judge itself", () => {
    const firstProgram = difference.steps.findIndex(({ run }) => /npm|node/.test(String(run)));
    expect(names.indexOf("Go to the base, with the intent that the pull request states")).toBe(1);
    expect(firstProgram).toBeGreaterThan(1);
  });

  test("takes what is proposed as files of another job", () => {
    expect(names).toContain("Take the proposal");
    expect(difference.needs).toEqual(["proposal"]);
  });

  test("ends as the comparison does, which is the last thing that it runs", () => {
    const lines = String(stepOf(difference, "Show the difference").run).trim().split("\n");
    expect(lines.at(-1)).toMatch(/ diff .* --format markdown >> "\$GITHUB_STEP_SUMMARY"$/);
  });
});

describe("the job that synthesizes what is proposed", () => {
  const proposal = jobOf(review, "proposal");
  const synth = stepOf(proposal, "Synthesize and prove");
  const why = stepOf(proposal, "Show why there is nothing to compare");

  test("fails where the synth does, and keeps what it said", () => {
    const ran = runScript(
      { ...synth, run: `${String(synth.run)} && cat synth.txt` },
      {},
      { npm: "echo a; echo b >&2" },
    );
    expect(ran).toMatchObject({ code: 0, log: "a\nb\na\nb\n", calls: "npm run -s synth\n" });
    expect(runScript(synth, {}, { npm: "echo Violated; exit 1" }).code).toBe(1);
  });

  test.each([
    ["failure", true],
    ["success", false],
    ["skipped", false],
  ])("after a synth that ended in %s, shows it: %p", (outcome, shown) => {
    expect(allows(String(why.if), { steps: { [String(synth.id)]: { outcome } } })).toBe(shown);
  });

  test("shows it as text, whatever stands in it", () => {
    const said = "\u001b[91mViolated\u001b[39m\n~~~~~~~~\n```\n\n# @everyone\r<img src=x>\n";
    const { summary } = runScript(why, {}, {}, { "synth.txt": said });
    const [title, empty, ...text] = summary.trimEnd().split("\n");
    expect([title, empty]).toEqual(["## Nothing to compare: what is proposed isn't proven", ""]);
    expect(text).toEqual(
      ["Violated", "~~~~~~~~", "```", "", "# @everyone", "<img src=x>"].map((line) => `    ${line}`),
    );
  });

  test("shows the end of it, which a summary can hold", () => {
    const { summary } = runScript(why, {}, {}, { "synth.txt": `${"x\n".repeat(1_000_000)}Violated\n` });
    expect(summary.length).toBeLessThan(1024 * 1024);
    expect(summary).toMatch(/ {4}Violated\n$/);
  });
});

interface Comment {
  readonly id: number;
  readonly user?: { readonly login: string };
  readonly body?: string;
}

describe("the comment", () => {
  const folder = mkdtempSync(join(tmpdir(), "comment-"));
  const here = process.cwd();
  beforeAll(() => {
    mkdirSync(join(folder, "difference"));
    process.chdir(folder);
  });
  afterAll(() => {
    process.chdir(here);
    rmSync(folder, { recursive: true });
  });

  const MARKER = "<!-- policy-difference -->";
  const BOT = { login: "github-actions[bot]" };

  /** Runs the program of the step as actions/github-script does, and returns what it asked GitHub to do. */
  async function commented(text: string | undefined, existing: readonly Comment[] = []) {
    rmSync("difference/difference.txt", { force: true });
    if (text !== undefined) writeFileSync("difference/difference.txt", text);
    const done: { readonly action: string; readonly body: string; readonly comment_id?: number }[] = [];
    const remember = (action: string) => (given: { readonly body: string }) => void done.push({ action, ...given });
    const github = {
      paginate: () => Promise.resolve(existing),
      rest: {
        issues: { createComment: remember("create"), updateComment: remember("update"), listComments: undefined },
      },
    };
    const context = {
      repo: { owner: "acme", repo: "security" },
      issue: { number: 7 },
      ...{ serverUrl: "https://github.com", runId: 4711 },
    };
    const program = String(stepOf(comment, "Keep one comment").with?.["script"]);

    const run = new Function("github", "context", "require", `return (async () => { ${program} })();`) as (
      ...given: readonly unknown[]
    ) => Promise<void>;
    await run(github, context, require);
    expect(done).toHaveLength(1);
    return done[0];
  }

  test("is made where there is none", async () => {
    const made = await commented("opens 443\n");
    expect(made).toMatchObject({ action: "create", issue_number: 7, owner: "acme", repo: "security" });
    expect(made?.body).toContain("```text\nopens 443\n");
  });

  test("is updated where the bot made it before", async () => {
    const existing = [
      { id: 1, user: { login: "stranger" }, body: `${MARKER}\nnothing to see` },
      { id: 2, user: BOT, body: "another comment" },
      { id: 3, user: BOT, body: `${MARKER}\nold` },
    ];
    expect(await commented("closes 80", existing)).toMatchObject({ action: "update", comment_id: 3 });
  });

  test.each([undefined, "", "\n"])("says that nothing could be compared where the difference is %j", async (text) => {
    const made = await commented(text, [{ id: 3, user: BOT, body: `${MARKER}\nold` }]);
    expect(made).toMatchObject({ action: "update", comment_id: 3 });
    expect(made?.body.startsWith(`${MARKER}\nNothing could be compared: `)).toBe(true);
    expect(made?.body).toContain("(https://github.com/acme/security/actions/runs/4711)");
  });

  test.each(["```\n@everyone ![](https://example.org/x.png)", "`````` <img src=x>", "~~~ [a](b)"])(
    "shows %j as text, in a fence that it can't close",
    async (text) => {
      const { body = "" } = (await commented(text)) ?? {};
      const [, fence = ""] = /^(`{3,})text$/m.exec(body) ?? [];
      const inside = body.slice(body.indexOf(`${fence}text\n`) + fence.length + 5, body.lastIndexOf(`\n${fence}`));
      expect(inside).toBe(text);
      expect(inside).not.toContain(fence);
    },
  );

  test("is cut to what a comment may hold, and says so", async () => {
    const { body = "" } = (await commented("x".repeat(200_000))) ?? {};
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain("(cut: the summary has all of it)");
  });
});
