import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../cli/run";
import type { Environment } from "../../policy/environment";
import { Origin } from "../../policy/origin";
import { Policy } from "../../policy/policy";
import { policyDocument } from "../../verification/terraform/documents";
import { inMemory } from "../../verification/terraform/source";
import { unprovenDocument } from "../../verification/terraform/unproven";
import { synthesizedOnce } from "../support/synthesized-once";
import { anEnvironment } from "../support/environments";

const root = mkdtempSync(join(tmpdir(), "diff-"));
const at = (name: string): string => join(root, name);

function write(name: string, environment: Environment): void {
  const documents = { "policy.json": JSON.stringify(policyDocument(Policy.across([environment]))) };
  for (const [path, text] of Object.entries({ ...synthesizedOnce([environment]).files, ...documents })) {
    mkdirSync(dirname(join(at(name), path)), { recursive: true });
    writeFileSync(join(at(name), path), text);
  }
}

const SHOP = anEnvironment();
const NEW = { "new.shop.dev": Origin.render("srv-a0ffee0c0ffee0c0ffee", "new.onrender.com") };

beforeAll(() => {
  write("before", SHOP);
  write("host", { ...SHOP, hosts: { ...SHOP.hosts, ...NEW } });
  cpSync(at("before"), at("broken"), { recursive: true });
  writeFileSync(join(at("broken"), "policy.json"), "{");
  cpSync(at("before"), at("changed"), { recursive: true });
  writeFileSync(
    join(at("changed"), "proof.json"),
    JSON.stringify({ format: 1, files: { "manifest.json": "0".repeat(64) } }),
  );
  writeFileSync(at("wrong.yaml"), "- id: difference:shop:requests:opened:shop.dev:0\n  because: it is meant\n");
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

async function diff(...args: readonly string[]) {
  const said = { written: "", told: "" };
  const terminal = {
    write: (text: string) => (said.written += text),
    tell: (text: string) => (said.told += text),
    ...{ isInteractive: false, columns: 80, hasColour: false },
  };
  const code = await run(["diff", ...args], terminal, {});
  return { code, first: said.written.split("\n")[0], ...said };
}

describe("diff", () => {
  test("of a folder with itself says that nothing changes, and ends with 0", async () => {
    expect(await diff(at("before"), at("before"))).toMatchObject({
      code: 0,
      told: "",
      written: "NO CHANGE in behaviour: proven for every request and connection\n",
    });
  });

  test("ends with 1 where something is opened, and with 0 where that is meant", async () => {
    const opened = await diff(at("before"), at("host"));
    expect([opened.code, opened.first]).toEqual([
      1,
      "OPENED in shop: new.shop.dev becomes public on 443, except paths containing",
    ]);
    // An intent lists the ids as the command prints them.
    const [, ids = ""] = opened.written.split("To mean it, list in the file of --intent\n");
    writeFileSync(at("intent.yaml"), ids);
    expect(await diff(at("before"), at("host"), "--intent", at("intent.yaml"))).toMatchObject({ code: 0 });
  });

  test("the other way round drops the host, which promises less", async () => {
    expect(await diff(at("host"), at("before"))).toMatchObject({
      code: 1,
      first: "POLICY WEAKENED in shop: it drops the host new.shop.dev",
    });
  });

  test("is written in four formats", async () => {
    const { written } = await diff(at("before"), at("host"), "--format", "json");
    expect(JSON.parse(written)).toMatchObject({ format: 1, exitCode: 1 });
    expect((await diff(at("before"), at("host"), "--format", "markdown")).first).toMatch(
      /^\*\*OPENED in `shop`: `new\.shop\.dev` becomes public/,
    );
    expect(JSON.parse((await diff(at("before"), at("host"), "--format", "sarif")).written)).toMatchObject({
      version: "2.1.0",
    });
  });

  test("reads an app that its gate refused, and says what isn't proven of it", async () => {
    const files = {
      ...synthesizedOnce([SHOP]).files,
      "policy.json": readFileSync(join(at("before"), "policy.json"), "utf8"),
    };
    const text = JSON.stringify(unprovenDocument(inMemory("shop", files))).replaceAll("strict", "off");
    mkdirSync(at("refused"));
    writeFileSync(join(at("refused"), "unproven.json"), text);
    const { code, written } = await diff(at("before"), at("refused"));
    expect(code).toBe(1);
    expect(written).toMatch(/^NOT PROVEN in shop: PORTS-1 is violated: /);
    expect(written).not.toContain("--intent");
  });

  test("says of a synth that wrote nothing what it said", async () => {
    mkdirSync(at("failed"));
    writeFileSync(join(at("failed"), "synth.txt"), "TypeError: no\n    at x (environments/shop.ts:3:4)\n");
    expect(await diff(at("before"), at("failed"))).toMatchObject({
      code: 2,
      first: "NOT COMPARED: the proposal can't be synthesized: TypeError: no",
    });
  });

  test("names the lines of the environments where it is told where they lie", async () => {
    mkdirSync(join(at("sources"), "environments"), { recursive: true });
    writeFileSync(join(at("sources"), "environments", "shop.ts"), '{\n  "new.shop.dev": Origin,\n}\n');
    const args = [at("before"), at("host"), "--sources", at("sources")];
    expect((await diff(...args)).written).toContain("written in environments/shop.ts:2\n");
    const { runs } = JSON.parse((await diff(...args, "--format", "sarif")).written) as {
      readonly runs: readonly [{ readonly tool: object; readonly results: readonly object[] }];
    };
    expect(runs[0].tool).toMatchObject({ driver: { version: expect.stringMatching(/^\d+\.\d+\.\d+$/) as string } });
    const physicalLocation = { artifactLocation: { uri: "environments/shop.ts" }, region: { startLine: 2 } };
    expect(runs[0].results[0]).toMatchObject({ locations: [{ physicalLocation }] });
  });

  test("as a comment says why a side can't be read, where others say it to the terminal", async () => {
    const { code, written, told } = await diff(at("none"), at("before"), "--format", "comment");
    expect({ code, told }).toEqual({ code: 2, told: "" });
    expect(written).toMatch(/^\*\*NOT COMPARED: the base can't be read: .*none: got no such folder/);
  });

  test("tells where a folder isn't what was proven", async () => {
    const { told } = await diff(at("before"), at("changed"));
    expect(told).toMatch(/^not what was proven: .* of .*changed differs from proof\.json\n$/);
  });

  test.each<readonly [() => readonly string[], RegExp]>([
    [() => [at("before"), at("none")], /got no such folder/],
    [() => [at("before"), at("broken")], /policy\.json: got /],
    [() => [at("before"), at("host"), "--intent", at("none.yaml")], /got no such file/],
    [() => [at("before"), at("host"), "--intent", at("wrong.yaml")], /\[0\]: .*an id that diff printed, or/],
    [() => [at("before")], /missing required argument 'new'/],
    [() => [at("before"), at("host"), "--intend", "x"], /Did you mean --intent\?/],
    [() => [at("before"), at("host"), "--format", "html"], /Allowed choices are text, markdown, json, sarif, comment/],
  ])("refuses what can't be read with a sentence and 2", async (args, message) => {
    const { code, written, told } = await diff(...args());
    expect({ code, written }).toEqual({ code: 2, written: "" });
    expect(told).toMatch(message);
    expect(told).not.toMatch(/^ {4}at /m);
  });

  test("shows examples in its help, in 80 columns", async () => {
    const { code, written } = await diff("--help");
    expect(code).toBe(0);
    expect(written).toContain("npm run -s policy -- diff before after --intent intent.yaml");
    for (const line of written.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
