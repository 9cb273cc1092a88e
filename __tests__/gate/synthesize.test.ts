import { mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, TerraformResource } from "cdktf";
import { InvalidInput } from "../../errors/invalid-input";
import { clearOutput } from "../../gate/output-folder";
import { runToEnd, synthesize } from "../../gate/synthesize";
import { composeStacks } from "../../stacks/compose-stacks";
import { anEnvironment } from "../support/environments";

const outdir = mkdtempSync(join(tmpdir(), "run-to-end-"));
afterAll(() => {
  rmSync(outdir, { recursive: true });
});

/** An app of one environment. A value of its SSL setting takes the place of the construct's. */
function compose(ssl?: string, environment = anEnvironment()) {
  const app = new App({ outdir, stackTraces: false });
  const policies = composeStacks(app, [environment]);
  const settings = app.node.findAll().filter((each) => TerraformResource.isTerraformResource(each));
  const setting = settings.find(({ node }) => node.path.includes("Setting-ssl/"));
  if (ssl !== undefined) setting?.addOverride("value", ssl);
  return { app, policies };
}

/** How an app ends, and what it says. */
async function ended(composed: Parameters<typeof runToEnd>[0]) {
  const [written, told] = [[] as string[], [] as string[]];
  const terminal = { write: (line: string) => written.push(line), tell: (line: string) => told.push(line) };
  const code = await runToEnd(composed, terminal);
  return { code, written, told, left: readdirSync(outdir).sort() };
}

test("an app that is proven ends with 0 and the line of the gate, whether it is composed at once or later", async () => {
  const proven = {
    code: 0,
    written: [expect.stringMatching(/^\d+ statements proven/)],
    left: ["manifest.json", "policy.json", "proof.json", "stacks"],
  };
  expect(await ended(() => compose())).toMatchObject({ ...proven, told: [] });
  expect(await ended(() => Promise.resolve({ ...compose(), warnings: ["old"] }))).toMatchObject({
    ...proven,
    told: ["old"],
  });
});

test.each([
  ["is violated", "flexible", 1, /^1 violated, .*\n\nViolated\n {2}shop PORTS-1: /],
  ["is undecided", "${var.ssl}", 2, /^1 undecided, .*\n\nUnknown\n {2}\[U1\] .*[^]*\n\nUndecided\n {2}shop PORTS-1: /],
])("an app whose policy %s prints the report alone, and ends with its code", async (_how, ssl, code, begins) => {
  const { written, told, ...rest } = await ended(() => compose(ssl));
  expect(rest).toEqual({ code, left: ["stacks"] });
  expect([written, told]).toEqual([[], [expect.stringMatching(begins)]]);
  expect(told.join()).not.toMatch(/^\s+at /m);
});

test("bad input prints its problems alone, and ends with 2", async () => {
  const bad = () => compose(undefined, { ...anEnvironment(), name: "Shop" });
  const { code, written, told } = await ended(bad);
  expect({ code, written }).toEqual({ code: 2, written: [] });
  expect(told).toEqual([expect.stringMatching(/^the policy has 1 problem:\n {2}- Shop[.]name: got "Shop"; .*$/)]);
});

test("a fault of the app is thrown as it is", async () => {
  const fault = new TypeError("boom");
  const failing = (): never => {
    throw fault;
  };
  await expect(ended(failing)).rejects.toBe(fault);
});

test.each([
  ["", () => undefined],
  [join(outdir, "file"), (path: string) => writeFileSync(path, "{}")],
  [join(outdir, "link"), (path: string) => symlinkSync("nowhere", path)],
])("an output folder that can't be made is bad input: %j", (path, make) => {
  make(path);
  expect(() => clearOutput(path)).toThrow(InvalidInput);
  rmSync(path, { force: true });
});

test("the output is cleared before anything is composed", async () => {
  const earlier = join(outdir, "stacks/old");
  mkdirSync(earlier, { recursive: true });
  writeFileSync(join(earlier, "cdk.tf.json"), "{}");
  process.env["CDKTF_OUTDIR"] = outdir;
  const found = await new Promise((resolve) => {
    synthesize(() => {
      resolve(readdirSync(earlier));
      return new Promise(() => undefined);
    });
  });
  delete process.env["CDKTF_OUTDIR"];
  expect(found).toEqual([]);
});
