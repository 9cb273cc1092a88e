import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, statSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { anEnvironment } from "../support/environments";
import { readHtml } from "../support/html";
import { writeOutput } from "../support/written-output";
import { ask } from "./ask";

const folder = mkdtempSync(join(tmpdir(), "report-"));
const [before, after] = ["before", "after"].map((name) => join(folder, name)) as [string, string];
const file = join(folder, "report.html");

beforeAll(() => {
  writeOutput(before, [anEnvironment({ webhooks: [] })]);
  writeOutput(after, [anEnvironment()]);
});

afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe("report", () => {
  test("writes one page with its program, of less than a megabyte, twice the same", async () => {
    const { code, written } = await ask("report", after, "--output", file);
    expect({ code, written }).toEqual({ code: 0, written: "" });
    expect(statSync(file).size).toBeLessThan(1_000_000);
    const html = readFileSync(file, "utf8");
    expect((await ask("report", after)).written).toBe(html);
    expect(readHtml(html).raw.at(-1)).toContain("explorer");
  });

  test("names the commit that it was made at, where git knows it", async () => {
    const { written } = await ask("report", after, "--head");
    const commit = execFileSync("git", ["log", "-1", "--format=%H"], { encoding: "utf8" }).trim();
    expect(written).toContain(`commit \`${commit}\``);
    expect(written).not.toContain("Who reaches what");
  });

  test("leads with the difference from an earlier folder, and ends as diff does", async () => {
    const { code, written } = await ask("report", before, "--before", after, "--format", "markdown");
    expect(code).toBe(1);
    expect(written.indexOf("### Change")).toBeGreaterThan(0);
    expect(written.indexOf("### Change")).toBeLessThan(written.indexOf("### About this report"));
  });

  test("refuses a file that can't be written", async () => {
    const { code, told } = await ask("report", after, "--output", join(folder, "nowhere", "report.html"));
    expect(code).toBe(2);
    expect(told).toMatch(/--output: got .*report\.html: no such file/);
  });

  test("refuses a folder that isn't there", async () => {
    const { code, told } = await ask("report", join(folder, "nowhere"));
    expect(code).toBe(2);
    expect(told).toContain("no such folder");
  });
});
