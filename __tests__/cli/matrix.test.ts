import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../cli/run";
import type { ExitCode } from "../../cli/verb";
import { Policy } from "../../policy/policy";
import { policyDocument } from "../../verification/output/documents";
import { synthesize } from "../support/app";
import { aGuest, anEnvironment } from "../support/environments";

interface Answer {
  readonly code: ExitCode;
  readonly written: string;
  readonly told: string;
}

const environments = [anEnvironment(), aGuest("preview", "shop")];
const folder = mkdtempSync(join(tmpdir(), "matrix-"));

beforeAll(() => {
  const documents = { "policy.json": JSON.stringify(policyDocument(Policy.across(environments))) };
  for (const [path, text] of Object.entries({ ...synthesize(environments).files, ...documents })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

async function ask(...args: readonly string[]): Promise<Answer> {
  const said = { written: "", told: "" };
  const terminal = {
    write: (text: string) => (said.written += text),
    tell: (text: string) => (said.told += text),
    isInteractive: false,
    columns: 80,
    hasColour: false,
  };
  const code = await run(["matrix", ...args], terminal, {});
  return { code, ...said };
}

describe("matrix", () => {
  test("prints every environment, and ends with 0", async () => {
    const { code, written, told } = await ask(folder);
    expect({ code, told }).toEqual({ code: 0, told: "" });
    expect(written).toMatch(/^shop: who reaches what in zone shop\.dev$/m);
    expect(written).toMatch(/^preview: who reaches what in zone shop\.dev$/m);
    for (const line of written.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("prints one environment, in any of its formats", async () => {
    const { written } = await ask(folder, "--environment", "preview", "--format", "json");
    expect((JSON.parse(written) as { environments: readonly object[] }).environments).toEqual([
      expect.objectContaining({ environment: "preview" }),
    ]);
    expect((await ask(folder, "--format", "markdown")).written).toMatch(/^## Who reaches what\n\n### shop, zone shop/);
  });

  test.each([
    [["--environment", "nowhere"], /--environment: got "nowhere"; allowed: shop, preview/],
    [["--format", "sarif"], /Allowed choices are text, markdown, json/],
    [["--formt", "json"], /Did you mean --format\?/],
  ])("refuses %j with a sentence and 2", async (args, message) => {
    const { code, written, told } = await ask(folder, ...args);
    expect({ code, written }).toEqual({ code: 2, written: "" });
    expect(told).toMatch(message);
    expect(told).not.toMatch(/^ {4}at /m);
  });

  test("refuses a folder that isn't there", async () => {
    const { code, told } = await ask(join(folder, "none"));
    expect(code).toBe(2);
    expect(told).toMatch(/got no such file/);
  });

  test("shows examples in its help, in 80 columns", async () => {
    const { code, written } = await ask("--help");
    expect(code).toBe(0);
    expect(written).toContain("npm run -s policy -- matrix --format markdown");
    for (const line of written.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
