import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** The packages of cdktf and the providers that a process has loaded after each of some lines. */
function packagesLoadedBy(...lines: readonly string[]): readonly (readonly string[])[] {
  const report = `
    const loaded = () => Object.keys(require.cache).map((file) => /node_modules\\/((?:@cdktf\\/)?[^/]+)\\//.exec(file)?.[1]);
    const now = () => [...new Set(loaded())].filter((name) => /cdktf|^constructs$/.test(name ?? "")).sort();
    const after = [];
    ${lines.map((line) => `${line} after.push(now());`).join("\n")}
    console.log(JSON.stringify(after));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "-e", report], {
    cwd: join(__dirname, "..", ".."),
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as readonly (readonly string[])[];
}

test("the face of the constructs loads nothing by itself, and the one provider of a construct that is used", () => {
  const loaded = packagesLoadedBy('require("./constructs");', 'require("./constructs").EdgeFirewall.name;');
  expect(loaded).toEqual([[], ["@cdktf/provider-cloudflare", "cdktf", "constructs"]]);
});

test("the face of the constructs loads nothing where every name is read, as an ES module's import does", () => {
  const [loaded] = packagesLoadedBy('Object.values({ ...require("./constructs") });');
  expect(loaded).toEqual([]);
});
