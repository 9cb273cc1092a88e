import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";

const ROOT = join(__dirname, "../..");
const read = (path: string): string => readFileSync(join(ROOT, path), "utf8");
const json = <T>(path: string): T => JSON.parse(read(path)) as T;

const { packages } = json<{
  readonly packages: Readonly<Record<string, { readonly name?: string; readonly hasInstallScript?: true }>>;
}>("package-lock.json");

/** The packages whose install runs a program of theirs, by the names under which a policy knows them. */
const withScript = Object.entries(packages)
  .filter(([, { hasInstallScript }]) => hasInstallScript)
  .map(([path, { name }]) => name ?? path.slice(path.lastIndexOf("node_modules/") + "node_modules/".length));

test("no dependency runs a program when it is installed: each that has one is denied by name", () => {
  const { allowScripts } = json<{ readonly allowScripts: Readonly<Record<string, boolean>> }>("package.json");
  expect(withScript).toContain("esbuild");
  expect(withScript.filter((name) => allowScripts[name] !== false)).toEqual([]);
  expect(Object.values(allowScripts)).not.toContain(true);
});

test("every workflow installs without such programs, whichever npm it has", () => {
  const folder = ".github/workflows";
  const installs = readdirSync(join(ROOT, folder)).flatMap((name) =>
    [...read(join(folder, name)).matchAll(/npm (?:ci|install|i)\b.*/g)].map(([line]) => line),
  );
  expect(installs.length).toBeGreaterThan(5);
  expect(installs.filter((line) => !line.includes(" --ignore-scripts"))).toEqual([]);
});

test("npm's settings leave this project's own scripts on: npm pack builds by one", () => {
  const { scripts } = json<{ readonly scripts: Readonly<Record<string, string>> }>("package.json");
  const settings = existsSync(join(ROOT, ".npmrc")) ? read(".npmrc") : "";
  expect(scripts["prepack"]).toBe("npm run build");
  expect(settings).not.toMatch(/^\s*ignore-scripts\b/m);
});
