import { execFileSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { ROOT } from "./seeded-project";

/** The most lines of a composition, or of an environment's promises, that one reads at one glance. */
const SHORT = 55;

const START_OF_PATH = String.raw`((?<![\w./-])|(?<=file://))`;
const MACHINE_PATHS = [
  new RegExp(`${START_OF_PATH}/(work|root|home/[a-z][^/]*)/`),
  new RegExp(String.raw`\bshared/(DESIGN|reference|hooks)\b`),
];
const SHARED = /(?:\.\.\/)+shared\b/g;

const tracked = execFileSync("git", ["ls-files", "-z"], { cwd: ROOT, encoding: "utf8" })
  .split("\0")
  .filter((path) => path !== "" && existsSync(join(ROOT, path)));

const lines = (text: string): number => text.replace(/\n$/, "").split("\n").length;
const isComposition = (path: string): boolean => path === "main.ts" || /^environments\/[^/]+[.]ts$/.test(path);
const tooLong = (path: string, text: string): boolean => isComposition(path) && lines(text) > SHORT;
/** A folder of that name may be in the project; another one is not its own. */
const leavesTheProject = (file: string, text: string): boolean =>
  [...text.matchAll(SHARED)]
    .map(([path]) => posix.join(posix.dirname(file), path))
    .some((folder) => !tracked.some((path) => path.startsWith(`${folder}/`)));
const namesThisMachine = (file: string, text: string): boolean =>
  leavesTheProject(file, text) || MACHINE_PATHS.some((path) => path.test(text));
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
/** Spells a path in parts, since this file is tracked too. */
const path = (...parts: readonly string[]): string => parts.join("/");

describe("main.ts and every environment", () => {
  test("stay under 56 lines", () => {
    expect(tracked.filter((path) => tooLong(path, read(path)))).toEqual([]);
  });

  test.each(["main.ts", "environments/production.ts"])("%s would fail with 56 lines", (path) => {
    expect([tooLong(path, "a\n".repeat(55)), tooLong(path, "a\n".repeat(56))]).toEqual([false, true]);
  });
});

describe("every tracked file", () => {
  test("names no path of the machine that it was written on", () => {
    expect(tracked.filter((path) => namesThisMachine(path, read(path)))).toEqual([]);
  });

  test.each([
    `reads ${path("..", "shared", "DESIGN.md")}`,
    `reads ${path("shared", "reference")}`,
    `"${path("", "work", "main")}"`,
    `cd ${path("", "root", "x")}`,
    path("", "home", "someone", "x"),
    path("..", "shared", "a.json"),
    path("..", "..", "shared"),
    path("file:", "", "", "work", "a"),
  ])("fails with %s", (text) => {
    expect(namesThisMachine("policy/zone.ts", text)).toBe(true);
  });

  test.each([
    "https://example.com/work/item",
    "./work/a",
    "/workers",
    "/webhooks/meta",
    "network/",
    "/homepage",
    path("..", "shared", "a.mjs"),
  ])("passes with %s", (text) => {
    expect(namesThisMachine("appliers/programs/platforms/a.mjs", text)).toBe(false);
  });
});
