import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "../../../support/run-program";
import { GithubIssues } from "./support/github-issues";

const PROGRAM = join(__dirname, "../../../../constructs/scan-schedule/files/programs/one-issue.cjs");
const MARKER = "<!-- scan-schedule:pentest-cadence -->";

const github = new GithubIssues();
const folder = mkdtempSync(join(tmpdir(), "one-issue-"));
let url = "";
beforeAll(async () => {
  url = await github.listen();
  writeFileSync(join(folder, "body.md"), "- [ ] checklist");
});
afterAll(async () => {
  await github.close();
  rmSync(folder, { recursive: true, force: true });
});
beforeEach(() => github.reset());

/** Runs the program; resolves to its exit code. */
async function report(
  open: boolean,
  title: string,
  environment: Readonly<Record<string, string>> = {},
): Promise<number | null> {
  const { code } = await runProgram({
    program: PROGRAM,
    env: {
      PATH: process.env["PATH"],
      GITHUB_API_URL: url,
      GITHUB_REPOSITORY: "example/api",
      GITHUB_TOKEN: "fake-token",
      ISSUE_OPEN: String(open),
      ISSUE_MARKER: "pentest-cadence",
      ISSUE_TITLE: title,
      ISSUE_BODY_FILE: join(folder, "body.md"),
      ISSUE_COMMENT: `now: ${title}`,
      ...environment,
    },
  });
  return code;
}

test("a condition that begins opens one issue with its text", async () => {
  expect(await report(true, "due")).toBe(0);
  expect(github.issues).toMatchObject([{ title: "due", body: `- [ ] checklist\n\n${MARKER}\n`, state: "open" }]);
});

test("a condition that goes on changes nothing", async () => {
  await report(true, "due");
  github.changes.length = 0;
  expect(await report(true, "due")).toBe(0);
  expect(github.changes).toEqual([]);
});

test("a condition that gets worse changes the title and says so, and leaves the ticked boxes alone", async () => {
  const issue = github.add("due", `- [x] checklist\n${MARKER}`);
  expect(await report(true, "overdue")).toBe(0);
  expect(issue).toMatchObject({ title: "overdue", body: `- [x] checklist\n${MARKER}`, comments: ["now: overdue"] });
  expect(github.issues).toHaveLength(1);
});

describe("where the text is to be replaced", () => {
  const replace = (text: string, title = "drift") =>
    report(true, title, { ISSUE_BODY_FILE: "", ISSUE_BODY: text, ISSUE_REPLACE_BODY: "true" });
  const body = (text: string): string => `${text}\n\n${MARKER}\n`;

  test("a text that has changed is replaced, and a comment tells those who watch", async () => {
    await replace("a port is open");
    expect(await replace("two ports are open")).toBe(0);
    expect(github.issues).toMatchObject([{ body: body("two ports are open"), comments: ["now: drift"] }]);
    expect(github.changes).toEqual(["POST issues", "PATCH issues/1", "POST issues/1/comments"]);
  });

  test("a title that changes with it is told once", async () => {
    await replace("a port is open");
    await replace("nobody can tell", "unknown");
    expect(github.issues).toMatchObject([
      { title: "unknown", body: body("nobody can tell"), comments: ["now: unknown"] },
    ]);
  });

  test.each([
    ["as it was sent", (text: string) => text],
    ["with other ends of lines", (text: string) => text.replaceAll("\n", "\r\n")],
    ["without the space around it", (text: string) => text.trim()],
  ])("a text that is the same, kept %s, changes nothing", async (_, kept) => {
    github.add("drift", kept(body("# drift\n\na port is open\n")));
    expect(await replace("# drift\n\na port is open\n")).toBe(0);
    expect(github.changes).toEqual([]);
  });

  test("an issue keeps its marker, by which it is found again", async () => {
    await replace("a port is open");
    await replace("two ports are open");
    await replace("two ports are open");
    expect(github.issues).toHaveLength(1);
  });
});

test.each(["", "false"])("a text that has changed stays as it is where ISSUE_REPLACE_BODY is %j", async (value) => {
  github.add("due", `- [x] checklist\n${MARKER}`);
  expect(await report(true, "due", { ISSUE_REPLACE_BODY: value })).toBe(0);
  expect(github.changes).toEqual([]);
});

test("a condition that ends closes the issue and says why", async () => {
  const issue = github.add("due", MARKER);
  expect(await report(false, "current")).toBe(0);
  expect(issue).toMatchObject({ state: "closed", comments: ["now: current"] });
});

test("a condition that does not hold opens nothing", async () => {
  expect(await report(false, "current")).toBe(0);
  expect(github.changes).toEqual([]);
});

test("a closed issue is left alone: the next year has its own", async () => {
  github.add("due", MARKER).state = "closed";
  await report(true, "due");
  expect(github.issues.map(({ state }) => state)).toEqual(["closed", "open"]);
});

test("a stranger's issue with the marker does not take its place", async () => {
  github.add("spam", MARKER, "mallory");
  await report(true, "due");
  expect(github.issues.map(({ title }) => title)).toEqual(["spam", "due"]);
});

test("an issue behind many others is found", async () => {
  for (let number = 0; number < 230; number += 1) github.add("other", null);
  github.add("due", MARKER);
  await report(true, "due");
  expect(github.changes).toEqual([]);
});

test.each([401, 403, 410, 500])("fails when GitHub answers %i", async (status) => {
  github.failure = status;
  expect(await report(true, "due")).toBe(1);
});
