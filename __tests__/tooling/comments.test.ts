import { readdirSync, readFileSync } from "node:fs";
import { join, relative } from "node:path";
import { commentsIn, hasComments, riddlesIn } from "../support/wording";

const ROOT = join(__dirname, "../..");
/** The folders that hold no text of this project, as `.gitignore` names them. */
const IGNORED = readFileSync(join(ROOT, ".gitignore"), "utf8")
  .split("\n")
  .filter((line) => line.endsWith("/"))
  .map((line) => line.slice(0, -1));
const FOREIGN = new Set([".git", ...IGNORED]);

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    if (FOREIGN.has(entry.name)) return [];
    const path = join(folder, entry.name);
    return entry.isDirectory() ? filesIn(path) : [path];
  });
}

const comments = filesIn(ROOT)
  .map((file) => relative(ROOT, file).replaceAll("\\", "/"))
  .filter(hasComments)
  .flatMap((path) => commentsIn(path, readFileSync(join(ROOT, path), "utf8")).map((comment) => ({ path, comment })));

test("no comment has a sentence that begins with a riddle", () => {
  expect(comments.length).toBeGreaterThan(3000);
  expect(comments.flatMap(({ path, comment }) => riddlesIn(comment).map((each) => `${path}: ${each}`))).toEqual([]);
});

test.each([
  ["a.ts", "/** What a rule does. */"],
  ["a.ts", "/**\n * A rule.\n *\n * Whatever it does, it ends.\n */"],
  ["a.ts", "const a = 1;\t// Nobody asks."],
  ["a.mjs", "// A rule. That which\n// it does."],
  ["a.d.cts", "/**\n * @returns What it does\n */"],
  ["a.css", "/* What is printed. */"],
  ["a.yml", "on: push # What runs it.\n"],
  ["a.py", '"""\nWhat it accepts.\n"""'],
])("a comment in %s would be seen: %j", (path, text) => {
  expect(commentsIn(path, text).flatMap(riddlesIn)).toHaveLength(1);
});

test("a sentence that only mentions such a word isn't one", () => {
  const text = "/** The action: what a rule does. Somebody asks, nobody answers. */\nconst a = `What is this?`;";
  expect(commentsIn("a.ts", text).flatMap(riddlesIn)).toEqual([]);
});
