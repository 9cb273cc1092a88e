import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { run } from "../../cli/run";
import type { ExitCode } from "../../cli/verb";
import { EdgePhase } from "../../policy/edge-phase";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { policyDocument } from "../../verification/output/documents";
import { synthesize } from "../support/app";
import { anEnvironment } from "../support/environments";

interface Answer {
  readonly code: ExitCode;
  readonly written: string;
  readonly told: string;
}

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
  write(clean, [anEnvironment()]);
  write(dirty, [covered]);
});

afterAll(() => {
  rmSync(root, { recursive: true });
});

function write(folder: string, environments: readonly Environment[]): void {
  const documents = { "policy.json": JSON.stringify(policyDocument(Policy.across(environments))) };
  for (const [path, text] of Object.entries({ ...synthesize(environments).files, ...documents })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}

async function ask(...args: readonly string[]): Promise<Answer> {
  const said = { written: "", told: "" };
  const terminal = {
    write: (text: string) => (said.written += text),
    tell: (text: string) => (said.told += text),
    isInteractive: false,
    columns: 80,
    hasColour: false,
  };
  const code = await run(["lint", ...args], terminal, {});
  return { code, ...said };
}

describe("lint", () => {
  test("says that nothing is found, and ends with 0", async () => {
    expect(await ask(clean)).toEqual({ code: 0, told: "", written: "Nothing found in 1 stack, 4 rules and 0 lists\n" });
  });

  test("says what is found and what to change, and ends with 1", async () => {
    const { code, written } = await ask(dirty);
    expect(code).toBe(1);
    expect(written.split("\n").slice(0, 7)).toEqual([
      "1 warning in 1 stack, 5 rules and 0 lists",
      "",
      "Warnings",
      "  covered: rule team_ports (block) never takes effect: its requests go to",
      "    edge_ports_1_only_https (block)",
      "    change: remove the rule: nothing changes",
      "    construct shop/Edge/Rules-http_request_firewall_custom/Resource",
    ]);
  });

  test.each(["markdown", "json", "sarif"])("writes %s", async (format) => {
    const { code, written } = await ask(dirty, "--format", format);
    expect(code).toBe(1);
    expect(written).toContain("covered");
  });

  test.each([
    [["--format", "xml"], /Allowed choices are text, markdown, json, sarif/],
    [["--formt", "json"], /Did you mean --format\?/],
  ])("refuses %j with a sentence and 2", async (args, message) => {
    const { code, written, told } = await ask(clean, ...args);
    expect({ code, written }).toEqual({ code: 2, written: "" });
    expect(told).toMatch(message);
  });

  test("refuses a folder that isn't there, and one that isn't JSON", async () => {
    expect(await ask(join(root, "none"))).toMatchObject({ code: 2, written: "" });
    const broken = join(root, "broken");
    write(broken, [anEnvironment()]);
    writeFileSync(join(broken, "stacks", "shop", "cdk.tf.json"), "{");
    const { code, told } = await ask(broken);
    expect(code).toBe(2);
    expect(told).toMatch(/stacks\/shop\/cdk\.tf\.json/);
    expect(told).not.toMatch(/^ {4}at /m);
  });

  test("shows examples in its help, in 80 columns", async () => {
    const { code, written } = await ask("--help");
    expect(code).toBe(0);
    expect(written).toContain("npm run -s policy -- lint --format sarif > lint.sarif");
    for (const line of written.split("\n")) expect(line.length).toBeLessThanOrEqual(80);
  });
});
