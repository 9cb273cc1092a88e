import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";

const ROOT = join(__dirname, "../..");
const TESTS = ["__tests__", "tests"].map((folder) => join(ROOT, folder));
const OTHER_LANES =
  /[.](document|exhaustive|growth|loopback|oracle|process|real)[.]test[.]ts$|^tests[/](docs|mutants)[/]/;
/** The contract runs main.ts as the CLI does, once. */
const CONTRACT = /^tests[/]contracts[/]/;

const inside = (path: string): string => relative(ROOT, path).replaceAll("\\", "/");

/** The modules that a test file imports, itself or by other files of the tests. */
function importsOf(file: string, seen = new Set<string>()): ReadonlySet<string> {
  for (const [, named = ""] of readFileSync(file, "utf8").matchAll(/(?:from|require[(]) ?"([^"]+)"/g)) {
    const path = named.startsWith(".") ? `${resolve(dirname(file), named)}.ts` : named;
    const isNew = !seen.has(path);
    seen.add(path);
    if (isNew && TESTS.some((folder) => path.startsWith(folder)) && existsSync(path)) importsOf(path, seen);
  }
  return seen;
}

const SOCKETS = ["node:http", "node:https", "node:http2", "node:tls", "node:dgram"];
const startsProcesses = (file: string): boolean => importsOf(file).has("node:child_process");
const opensSockets = (file: string): boolean => SOCKETS.some((name) => importsOf(file).has(name));

const files = TESTS.flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" }).map((path) => join(folder, path)),
).filter((path) => path.endsWith(".test.ts"));

test("a test of `npm test` opens no socket, and starts no process but for the contract's", () => {
  const quick = files.filter((path) => !OTHER_LANES.test(inside(path)) && !CONTRACT.test(inside(path)));
  expect(quick.length).toBeGreaterThan(100);
  expect(quick.filter((path) => startsProcesses(path) || opensSockets(path)).map(inside)).toEqual([]);
});

test("a test that is named after its processes starts some", () => {
  const named = files.filter((path) => path.endsWith(".process.test.ts"));
  expect(named.length).toBeGreaterThan(10);
  expect(named.filter((path) => !startsProcesses(path)).map(inside)).toEqual([]);
});
