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
  const ran = (npm: string) =>
    runScript({ ...synth, run: `trap 'head proposal/* || true' EXIT; ${String(synth.run)}` }, {}, { npm });

  test("hands on what a synth wrote", () => {
    const { code, log, calls } = ran("mkdir proposal; echo {} > proposal/manifest.json; echo proven");
    expect({ code, log, calls }).toEqual({
      ...{ code: 0, log: "proven\n{}\n" },
      calls: "npm run -s synth -- --output proposal --unproven unproven.json\n",
    });
  });

  test("fails where the synth does, and hands on what it said, with paths of the repository", () => {
    const { code, log } = ran('echo a; echo "at $PWD/main.ts:1 file://$PWD/main.ts:2" >&2; exit 2');
    expect(code).toBe(2);
    expect(log).toMatch(/^a\nat \/.*\/main.ts:1 file:\/\/.*\na\nat main.ts:1 main.ts:2\n$/);
  });

  test("hands on the app that isn't proven", () => {
    const { code, log } = ran("echo '{}' > unproven.json; echo Violated; exit 1");
    expect(code).toBe(1);
    expect(log).toContain("==> proposal/synth.txt <==\nViolated\n");
    expect(log).toContain("==> proposal/unproven.json <==\n{}\n");
  });
});

test("the job that compares keeps the environments that are proposed as text, whatever they are", () => {
  const step = stepOf(difference, "Go to the base, with the intent that the pull request states");
  const folder = mkdtempSync(join(tmpdir(), "sources-"));
  const git = `case "$1 $2" in
    "ls-tree -z") printf 'environments/a.ts\\0environments/b c.ts\\0';;
    "show HEAD:environments/a.ts") echo a;;
    "show HEAD:environments/b c.ts") exit 1;;
    "show HEAD:intent.yaml") exit 1;;
    "diff --quiet") exit 1;;
  esac`;
  try {
    const { code, calls } = runScript(step, { RUNNER_TEMP: folder }, { git });
    expect(code).toBe(0);
    expect(calls.trimEnd().split("\n").at(-1)).toBe("git checkout --quiet --detach HEAD^1");
    expect(readFileSync(join(folder, "sources/environments/a.ts"), "utf8")).toBe("a\n");
  } finally {
    rmSync(folder, { recursive: true });
  }
});

describe("the job that compares, where a side is missing,", () => {
  test("still runs, and takes no artefact that isn't there", () => {
    const take = stepOf(difference, "Take the proposal");
    const contexts = (artefact: string) => ({ needs: { proposal: { result: "failure", outputs: { artefact } } } });
    expect(allows(String(difference.if), contexts("4711"))).toBe(true);
    expect(allows(String(take.if), contexts("4711"))).toBe(true);
    expect(allows(String(take.if), contexts(""))).toBe(false);
    expect(take.with?.["artifact-ids"]).toBe("${{ needs.proposal.outputs.artefact }}");
  });

  test("goes on where the base can't be synthesized, and keeps its words", () => {
    const step = stepOf(difference, "Synthesize the base");
    const ran = runScript({ ...step, run: `${String(step.run)}\nhead base/*` }, {}, { npm: "echo TypeError; exit 1" });
    expect(ran).toMatchObject({ code: 0, log: "TypeError\nTypeError\n" });
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

  /** Runs the program of the step as actions/github-script does, and returns its calls of GitHub. */
  async function commented(text: string | undefined, existing: readonly Comment[] = []) {
    rmSync("difference/comment.md", { force: true });
    if (text !== undefined) writeFileSync("difference/comment.md", text);
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
    const made = await commented("**OPENED: `a.example` becomes public on 443**\n");
    expect(made).toMatchObject({ action: "create", issue_number: 7, owner: "acme", repo: "security" });
    expect(made?.body).toBe(
      `${MARKER}\n**OPENED: \`a.example\` becomes public on 443**\n\n` +
        "[The run](https://github.com/acme/security/actions/runs/4711) has all of it.\n",
    );
  });

  test("is updated where the bot made it before", async () => {
    const existing = [
      { id: 1, user: { login: "stranger" }, body: `${MARKER}\nnothing to see` },
      { id: 2, user: BOT, body: "another comment" },
      { id: 3, user: BOT, body: `${MARKER}\nold` },
    ];
    expect(await commented("closes 80", existing)).toMatchObject({ action: "update", comment_id: 3 });
  });

  test.each([undefined, "", "\n", "x".repeat(65_001)])(
    "says that there is no answer where there is none: %#",
    async (text) => {
      const made = await commented(text, [{ id: 3, user: BOT, body: `${MARKER}\nold` }]);
      expect(made).toMatchObject({ action: "update", comment_id: 3 });
      expect(made?.body.startsWith(`${MARKER}\n**NOT COMPARED: `)).toBe(true);
      expect(made?.body).toContain("(https://github.com/acme/security/actions/runs/4711)");
    },
  );

  test("is posted as the base's programs wrote it, and holds what they may write", async () => {
    const { body = "" } = (await commented("x".repeat(60_001))) ?? {};
    expect(body.length).toBeLessThan(65_536);
    expect(body).toContain("x".repeat(60_001));
  });
});
