import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, SeededProject } from "./seeded-project";

type Names = readonly { readonly name: string }[];
interface Issues {
  readonly file: string;
  readonly files?: Names;
  readonly dependencies?: Names;
  readonly devDependencies?: Names;
  readonly unlisted?: Names;
  readonly exports?: Names;
  readonly types?: Names;
}

const PACKAGE = JSON.parse(readFileSync(join(ROOT, "package.json"), "utf8")) as {
  readonly dependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

const SEEDS = {
  "package.json": JSON.stringify({
    ...PACKAGE,
    dependencies: { ...PACKAGE.dependencies, "seeded-idle": "1.0.0" },
    devDependencies: { ...PACKAGE.devDependencies, "seeded-idle-for-development": "1.0.0" },
  }),
  // The programs that scripts start, beside tools.
  "app.mjs": readFileSync(join(ROOT, "app.mjs"), "utf8"),
  "main.ts": [
    'import { App } from "cdktf";',
    'import "esquery";',
    'import { used } from "./policy/used";',
    "new App();",
    "used();",
  ].join("\n"),
  "policy/used.ts": [
    "export const used = (): Part => ({ idle });",
    "export const idle = 1;",
    "export const onlyTested = 2;",
    "export interface Part { readonly idle: number }",
    "export interface IdleType { readonly a: number }",
  ].join("\n"),
  "policy/idle.ts": "export const a = 1;\n",
  "__tests__/used.test.ts":
    'import { onlyTested } from "../policy/used"; test("a", () => expect(onlyTested).toBe(2));\n',
};

let issues: readonly Issues[] = [];

beforeAll(async () => {
  const project = SeededProject.of(SEEDS);
  const report = await project.json(
    "knip/bin/knip.js",
    ...["--config", join(ROOT, "knip.json"), "--reporter", "json", "--no-config-hints"],
  );
  issues = (report as { issues: readonly Issues[] }).issues;
  project.remove();
}, 60_000);

const names = (kind: Exclude<keyof Issues, "file">): readonly string[] =>
  issues.flatMap((issue) => (issue[kind] ?? []).map(({ name }) => name));

test("a dependency that nothing imports is refused", () => {
  expect(names("dependencies")).toContain("seeded-idle");
});

test("a development dependency that nothing uses is refused", () => {
  expect(names("devDependencies")).toContain("seeded-idle-for-development");
});

test("a dependency that is imported passes", () => {
  expect(names("dependencies")).not.toContain("cdktf");
});

test.each(["typescript", "jest", "eslint", "cdktf-cli", "tsx"])("%s, used by scripts only, passes", (name) => {
  expect(names("devDependencies")).not.toContain(name);
});

test("a package that package.json doesn't name is refused", () => {
  expect(names("unlisted")).toEqual(["esquery"]);
});

test("a file that nothing imports is refused", () => {
  expect(names("files")).toEqual(["policy/idle.ts"]);
});

test("an export that nothing uses is refused, and one that a test uses passes", () => {
  expect(names("exports")).toEqual(["idle"]);
});

test("a type that nothing names is refused, and one that its own file's signatures name passes", () => {
  expect(names("types")).toEqual(["IdleType"]);
});

test("cdktf.json runs tsx", () => {
  expect(readFileSync(join(ROOT, "cdktf.json"), "utf8")).toContain("node --import tsx main.ts");
});
