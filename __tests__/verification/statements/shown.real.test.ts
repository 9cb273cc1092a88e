import { QUIET } from "../../../verification/statements/shown";
import { describeUnless, whyNoProgram } from "../../support/describe-unless";
import { Terraform } from "../../support/terraform";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = "terraform";
const SECRET = "hush:[hush-1234{";

/** The secret as it may be given to a function, and what may stand beside it. */
const GIVEN = ["var.secret", "[var.secret]", "{ a = var.secret }", '"(${var.secret}"'];
const BESIDE = ['"x"', "1", '["x", "y"]'];

interface Signature {
  readonly parameters?: readonly object[];
  readonly variadic_parameter?: object;
}

/** The functions of this Terraform, with how many arguments they take at least. */
function arities(): ReadonlyMap<string, number> {
  const { stdout } = spawnSync(PROGRAM, ["metadata", "functions", "-json"], { encoding: "utf8" });
  const { function_signatures: all } = JSON.parse(stdout) as {
    readonly function_signatures: Readonly<Record<string, Signature>>;
  };
  return new Map(
    Object.entries(all).map(([name, { parameters = [], variadic_parameter: more }]) => [
      name,
      parameters.length + (more === undefined ? 0 : 1),
    ]),
  );
}

/** Calls of a function with the secret at each of its places. */
function callsOf(name: string, arity: number): readonly string[] {
  return Array.from({ length: Math.max(arity, 1) }, (_, place) =>
    GIVEN.flatMap((given) =>
      BESIDE.map((other) => {
        const all = Array.from({ length: Math.max(arity, 1) }, (__, index) => (index === place ? given : other));
        return `${name}(${all.join(", ")})`;
      }),
    ),
  ).flat();
}

/** The output of Terraform where it asks conditions of these calls. */
async function planned(calls: readonly string[]): Promise<string> {
  const folder = mkdtempSync(join(tmpdir(), "quoted-"));
  try {
    const checks = calls.map((call, index) => [
      `c${index}`,
      { assert: [{ condition: `\${${call} == "q" && var.secret == "q"}`, error_message: "x" }] },
    ]);
    const stack = {
      variable: { secret: { type: "string", sensitive: true } },
      check: Object.fromEntries(checks) as object,
    };
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(stack));
    const terraform = new Terraform(folder, { TF_VAR_secret: SECRET });
    const { output } = await terraform.plan();
    return output;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeUnless([whyNoProgram(PROGRAM, "metadata", "functions", "-json")], "Terraform itself", () => {
  test("quotes nothing of a sensitive value that a quiet function is given", async () => {
    const all = arities();
    const calls = [...QUIET].flatMap((name) => callsOf(name, all.get(name) ?? 1));
    const output = await planned(calls);
    expect(output.match(/Error: |Warning: Check block/g)?.length).toBeGreaterThan(400);
    expect(output.split("\n").filter((line) => line.includes("hush"))).toEqual([]);
  });

  test.each([
    "cidrhost(var.secret, 0)",
    'regex("(${substr(var.secret, 0, 4)}", "")',
    'timeadd(var.secret, "1h")',
    "parseint(var.secret, 10)",
    '{ for each in [var.secret, var.secret] : each => "x" }["x"]',
  ])("quotes a sensitive value at %s", async (call) => {
    expect(await planned([call])).toContain("hush");
  });
});
