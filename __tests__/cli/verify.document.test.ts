import { run } from "../../cli/run";
import { Accept } from "../../policy/accept";
import { anEnvironment } from "../support/environments";
import { ShopFolder } from "../support/output-folder";
import { giving, type ShopChange } from "../support/shop";

/** The half that appliers hold is lowered: the shop has none. */
const environments = [
  anEnvironment({ accept: [Accept.declared("WEB-1", "the name under onrender.com is still in use")] }),
];
const folders: ShopFolder[] = [];

afterAll(() => {
  for (const folder of folders) folder.remove();
});

function shop(change?: ShopChange): ShopFolder {
  const folder = new ShopFolder(change, environments).prove();
  folders.push(folder);
  return folder;
}

async function verify(folder: ShopFolder | string, ...options: readonly string[]) {
  const said = { written: "", told: "" };
  const terminal = {
    write: (text: string) => (said.written += text),
    tell: (text: string) => (said.told += text),
    isInteractive: false,
    columns: 80,
    hasColour: false,
  };
  const path = typeof folder === "string" ? folder : folder.path;
  return { code: await run(["verify", path, ...options], terminal, {}), ...said };
}

const weak = giving("cloudflare_zone_setting.ssl", { value: "flexible" });
const opaque = giving("cloudflare_zone_setting.ssl", { value: "${var.ssl}" });

describe("verify", () => {
  test("ends with 0 where everything is proven or lowered, and leads with what is lowered", async () => {
    const { code, written, told } = await verify(shop());
    expect({ code, told }).toEqual({ code: 0, told: "" });
    expect(written).toMatch(/^\d+ proven, 1 only declared, \d+ not applicable\n.*: shop WEB-1\n\n/);
    expect(written).toMatch(/\n\nOnly declared, by decision of the environment\n {2}shop WEB-1: .*\n[^]*\n\nProven\n/);
  });

  test("ends with 1 where a statement is violated, and with 2 where one is undecided", async () => {
    expect(await verify(shop(weak))).toMatchObject({
      code: 1,
      written: expect.stringContaining("Violated\n  shop PORTS-1") as string,
    });
    expect(await verify(shop(opaque))).toMatchObject({
      code: 2,
      written: expect.stringMatching(/Unknown\n {2}\[U1\] [^]*Undecided\n {2}shop PORTS-1/) as string,
    });
  });

  test("ends with 2 and names the files where they aren't those that were proven", async () => {
    const folder = shop().write("stacks/shop/assets/x.mjs", "x");
    const { code, written } = await verify(folder);
    expect(code).toBe(2);
    expect(written).toContain("Not what was proven: these files differ from proof.json\n  stacks/shop/assets/x.mjs\n");
    expect(await verify(shop(weak).write("x", "x"))).toMatchObject({ code: 1 });
  });

  test("ends with 2 where Terraform would read more of a stack than the last member of a name", async () => {
    const text = '{"resource": {"cloudflare_zone_setting": {}}, "resource": {}}';
    const { code, told } = await verify(shop().write("stacks/shop/cdk.tf.json", text));
    expect(code).toBe(2);
    expect(told).toContain('stacks/shop/cdk.tf.json: got "/resource" twice');
  });

  test("judges a folder without proof.json", async () => {
    expect(await verify(shop().removeFile("proof.json"))).toMatchObject({ code: 0, told: "" });
  });

  test.each(["text", "markdown", "json", "sarif"])(
    "gives the same answer each time, as %s, without the time",
    async (format) => {
      const folder = shop(weak);
      const first = await verify(folder, "--format", format);
      expect(first.told).toBe("");
      expect(first.written).not.toMatch(/\d ms/);
      expect(await verify(folder, "--format", format)).toEqual(first);
    },
  );

  test("says how long it took on a terminal alone, beside the answer", async () => {
    const said = { written: "", told: "" };
    const terminal = {
      write: (text: string) => (said.written += text),
      tell: (text: string) => (said.told += text),
      ...{ isInteractive: true, columns: 80, hasColour: false },
    };
    await run(["verify", shop().path], terminal, {});
    expect(said.told).toMatch(/^proving \.\.\.\n\d+ ms\n$/);
    expect(said.written).not.toMatch(/\d ms/);
  });

  test("names every problem of a folder in one error, without a stack trace, and ends with 2", async () => {
    const folder = shop().write("policy.json", "{").write("manifest.json", "");
    const { code, written, told } = await verify(folder);
    expect({ code, written }).toEqual({ code: 2, written: "" });
    expect(told.split("\n")).toEqual([
      expect.stringMatching(/^the output folder .* has 2 problems:$/) as string,
      expect.stringMatching(/^ {2}- policy\.json: got /) as string,
      "  - manifest.json: got an empty file; allowed: JSON, whole; change: synthesize again",
      "",
    ]);
  });

  test("sends a terminal nothing that it would obey", async () => {
    const names = "\u001b]0;x\u0007\u009b31m\u202e\n";
    const folder = shop().write("manifest.json", { stacks: { [names]: {} } });
    const { told } = await verify(folder);
    expect(told.replaceAll("\n", "")).toMatch(/^[ -~]*$/);
    const { told: ofPolicy } = await verify(shop().write("policy.json", { format: 1, [names]: 1, environments: [] }));
    expect(ofPolicy.replaceAll("\n", "")).toMatch(/^[ -~]*$/);
  });

  test("refuses what it doesn't know", async () => {
    for (const args of [["--format", "html"], ["--fast"], ["another"]]) {
      expect(await verify(shop(), ...args)).toMatchObject({ code: 2, written: "" });
    }
    expect((await verify("--help")).code).toBe(0);
  });
});
