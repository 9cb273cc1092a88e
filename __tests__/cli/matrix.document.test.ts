import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { aGuest, anEnvironment } from "../support/environments";
import { writeOutput } from "../support/written-output";
import { ask } from "./ask";

const environments = [anEnvironment(), aGuest("preview", "shop")];
const folder = mkdtempSync(join(tmpdir(), "matrix-"));

beforeAll(() => {
  writeOutput(folder, environments);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

const askMatrix = (...args: readonly string[]) => ask("matrix", ...args);

describe("matrix", () => {
  test("prints every environment, and ends with 0", async () => {
    const { code, written, told } = await askMatrix(folder);
    expect({ code, told }).toEqual({ code: 0, told: "" });
    expect(written).toMatch(/^shop: who reaches what in zone shop\.dev$/m);
    expect(written).toMatch(/^preview: who reaches what in zone shop\.dev$/m);
    for (const line of written.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });

  test("prints one environment, in any of its formats", async () => {
    const { written } = await askMatrix(folder, "--environment", "preview", "--format", "json");
    expect((JSON.parse(written) as { environments: readonly object[] }).environments).toEqual([
      expect.objectContaining({ environment: "preview" }),
    ]);
    expect((await askMatrix(folder, "--format", "markdown")).written).toMatch(
      /^\*\*WHO REACHES WHAT: \d+ cells, all decided\*\*\n\n### shop: who reaches what in zone `shop\.dev`/,
    );
  });

  test.each([
    [["--environment", "nowhere"], /--environment: got "nowhere"; allowed: shop, preview/],
    [["--format", "sarif"], /Allowed choices are text, markdown, json/],
    [["--formt", "json"], /Did you mean --format\?/],
  ])("refuses %j with a sentence and 2", async (args, message) => {
    const { code, written, told } = await askMatrix(folder, ...args);
    expect({ code, written }).toEqual({ code: 2, written: "" });
    expect(told).toMatch(message);
    expect(told).not.toMatch(/^ {4}at /m);
  });

  test("refuses a folder that isn't there", async () => {
    const { code, told } = await askMatrix(join(folder, "none"));
    expect(code).toBe(2);
    expect(told).toMatch(/got no such folder/);
  });

  test("shows examples in its help, in 80 columns", async () => {
    const { code, written } = await askMatrix("--help");
    expect(code).toBe(0);
    expect(written).toContain("npm run -s policy -- matrix --format markdown");
    for (const line of written.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
