import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { EdgePhase } from "../../policy/edge-phase";
import { anEnvironment } from "../support/environments";
import { writeOutput } from "../support/written-output";
import { ask } from "./ask";

const covered = anEnvironment({
  edge: {
    otherRules: [
      {
        phase: EdgePhase.CUSTOM,
        ref: "team_ports",
        description: "no 8443",
        expression: "cf.edge.server_port eq 8443",
        action: "block",
      },
    ],
  },
});
const root = mkdtempSync(join(tmpdir(), "lint-"));
const [clean, dirty] = [join(root, "clean"), join(root, "dirty")];

beforeAll(() => {
  writeOutput(clean, [anEnvironment()]);
  writeOutput(dirty, [covered]);
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

const askLint = (...args: readonly string[]) => ask("lint", ...args);

describe("lint", () => {
  test("says that nothing is found, and ends with 0", async () => {
    expect(await askLint(clean)).toEqual({
      code: 0,
      told: "",
      written: "Nothing found in 1 stack, 4 rules and 0 lists\n",
    });
  });

  test("says what is found and what to change, and ends with 1", async () => {
    const { code, written } = await askLint(dirty);
    expect(code).toBe(1);
    expect(written.split("\n").slice(0, 10)).toEqual([
      "1 warning in 1 stack, 5 rules and 0 lists",
      "",
      "Warnings",
      "  covered: rule team_ports (block) never takes effect: its requests go to",
      "      edge_ports_1_only_https (block)",
      "    change: remove the rule: nothing changes",
      "    construct shop/Edge/Rules-http_request_firewall_custom/Resource",
      "    JSON stacks/shop/cdk.tf.json#/resource/cloudflare_ruleset/",
      "        Edge_Rules-http_request_firewall_custom_DC15ED63/rules/2",
      "    id finding:shop:covered:cloudflare_ruleset.Edge_Rules-http_request_firewall_custom_DC15ED63:rules:team_ports",
    ]);
  });

  test.each(["markdown", "json", "sarif"])("writes %s", async (format) => {
    const { code, written } = await askLint(dirty, "--format", format);
    expect(code).toBe(1);
    expect(written).toContain("covered");
  });

  test.each([
    [["--format", "xml"], /Allowed choices are text, markdown, json, sarif/],
    [["--formt", "json"], /Did you mean --format\?/],
  ])("refuses %j with a sentence and 2", async (args, message) => {
    const { code, written, told } = await askLint(clean, ...args);
    expect({ code, written }).toEqual({ code: 2, written: "" });
    expect(told).toMatch(message);
  });

  test("refuses a folder that isn't there, and one that isn't JSON", async () => {
    expect(await askLint(join(root, "none"))).toMatchObject({ code: 2, written: "" });
    const broken = join(root, "broken");
    writeOutput(broken, [anEnvironment()]);
    writeFileSync(join(broken, "stacks", "shop", "cdk.tf.json"), "{");
    const { code, told } = await askLint(broken);
    expect(code).toBe(2);
    expect(told).toMatch(/stacks\/shop\/cdk\.tf\.json/);
    expect(told).not.toMatch(/^ {4}at /m);
  });

  test("shows examples in its help, in 80 columns", async () => {
    const { code, written } = await askLint("--help");
    expect(code).toBe(0);
    expect(written).toContain("npm run -s policy -- lint --format sarif > lint.sarif");
    for (const line of written.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
