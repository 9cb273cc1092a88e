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
async function report(open: boolean, title: string): Promise<number | null> {
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
