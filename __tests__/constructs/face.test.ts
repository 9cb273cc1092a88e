import { spawnSync } from "node:child_process";
import { join } from "node:path";

/** What of cdktf and the providers a process has loaded after running some code, by package. */
function packagesLoadedBy(code: string): readonly string[] {
  const report = `
    ${code}
    const loaded = Object.keys(require.cache).map((file) => /node_modules\\/((?:@cdktf\\/)?[^/]+)\\//.exec(file)?.[1]);
    console.log(JSON.stringify([...new Set(loaded)].filter((name) => /cdktf|^constructs$/.test(name ?? "")).sort()));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ["--import", "tsx", "-e", report], {
    cwd: join(__dirname, "..", ".."),
    encoding: "utf8",
  });
  if (stdout === "") throw new Error(stderr);
  return JSON.parse(stdout) as readonly string[];
}

describe("the face of the constructs", () => {
  test("loads nothing by itself", () => {
    expect(packagesLoadedBy('require("./constructs");')).toEqual([]);
  });

  test("loads the one provider of a construct that is used", () => {
    expect(packagesLoadedBy('require("./constructs").EdgeFirewall.name;')).toEqual([
      "@cdktf/provider-cloudflare",
      "cdktf",
      "constructs",
    ]);
  });
});
