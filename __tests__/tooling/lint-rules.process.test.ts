import { join, relative } from "node:path";
import { BARREL_IMPORTS } from "./import-seeds";
import { LINT_SEEDS } from "./lint-seeds";
import { ROOT, SeededProject } from "./seeded-project";

interface FileReport {
  readonly filePath: string;
  readonly messages: readonly { readonly ruleId: string | null; readonly message: string }[];
}

let reports: ReadonlyMap<string, FileReport["messages"]> = new Map();

beforeAll(async () => {
  const project = SeededProject.of(LINT_SEEDS);
  const report = await project.json(
    "eslint/bin/eslint.js",
    "--config",
    join(ROOT, "eslint.config.js"),
    "-f",
    "json",
    ".",
  );
  reports = new Map(
    (report as readonly FileReport[]).map(({ filePath, messages }) => [relative(project.folder, filePath), messages]),
  );
  project.remove();
}, 60_000);

const rulesBrokenBy = (file: string): readonly string[] =>
  (reports.get(file) ?? [{ ruleId: "not linted", message: "" }]).map(({ ruleId, message }) => ruleId ?? message);

test.each([
  ["a default export", "default-export", "no-restricted-exports"],
  ["a default export by name", "default-by-name", "no-restricted-exports"],
  ["any", "any", "@typescript-eslint/no-explicit-any"],
  ["a computed import", "computed-import", "no-restricted-syntax"],
  ["an import within a type", "import-in-a-type", "no-restricted-syntax"],
  ["a function is… that returns a text", "predicate-of-text", "no-restricted-syntax"],
  ["a function has… that doesn't say what it returns", "predicate-untyped", "no-restricted-syntax"],
  ["a method may… that returns a number", "predicate-method", "no-restricted-syntax"],
  ["a function can… that promises a boolean", "predicate-promised", "no-restricted-syntax"],
  ["a signature is… that may be undefined", "predicate-undefined", "no-restricted-syntax"],
  ["a member are… of another type", "predicate-member", "no-restricted-syntax"],
  ["a function is… that returns a predicate", "predicate-curried", "no-restricted-syntax"],
  ["a loose equality", "loose-equality", "eqeqeq"],
  ["fetch outside operations and programs", "fetch", "no-restricted-globals"],
])("%s is refused", (_what, file, rule) => {
  expect(rulesBrokenBy(`stacks/broken/${file}.ts`)).toEqual([rule]);
});

test("a directive that disables nothing is refused", () => {
  expect(rulesBrokenBy("stacks/broken/idle-disable.ts")).toEqual([expect.stringContaining("Unused eslint-disable")]);
});

test.each(Object.keys(BARREL_IMPORTS))("a provider's barrel is refused as %s", (form) => {
  const guards = [
    "@typescript-eslint/no-restricted-imports",
    "no-restricted-syntax",
    "@typescript-eslint/no-require-imports",
  ];
  expect(rulesBrokenBy(`stacks/barrel/${form}.ts`).filter((rule) => guards.includes(rule))).not.toEqual([]);
});

test.each([
  "stacks/allowed/predicates.ts",
  "stacks/allowed/named-export.ts",
  "stacks/allowed/subpath-import.ts",
  "stacks/allowed/literal-import.ts",
])("%s passes", (file) => {
  expect(rulesBrokenBy(file)).toEqual([]);
});

test.each(["operations/fetch.ts", "constructs/scan/programs/fetch.cjs"])("%s may fetch", (file) => {
  expect(rulesBrokenBy(file)).toEqual([]);
});
