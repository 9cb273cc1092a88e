import * as fc from "fast-check";
import { describeUnless, whyNoProgram } from "../../support/describe-unless";
import { Terraform } from "../../support/terraform";
import { KNOWN, type KnownText, knownTexts, LOCALS } from "./expressions";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = "terraform";

/** The values that Terraform makes of texts, in their order. It applies outputs alone, which takes no provider. */
async function byTerraform(texts: readonly string[]): Promise<readonly unknown[]> {
  const folder = mkdtempSync(join(tmpdir(), "outputs-"));
  try {
    // A null output would be left out, so each text stands in an object.
    const output = Object.fromEntries(texts.map((text, index) => [`o${index}`, { value: { is: text } }]));
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify({ locals: LOCALS, output }));
    await new Terraform(folder).apply();
    const { stdout } = spawnSync(PROGRAM, ["output", "-json"], {
      cwd: folder,
      encoding: "utf8",
      maxBuffer: 64 * 1024 * 1024,
    });
    const outputs = JSON.parse(stdout) as Readonly<Record<string, { readonly value: { readonly is?: unknown } }>>;
    return texts.map((_, index) => outputs[`o${index}`]?.value.is);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

describeUnless([whyNoProgram(PROGRAM, "version")], "Terraform itself", () => {
  test("makes of every known text what is expected", async () => {
    const values = await byTerraform(Object.values(KNOWN).map(({ text }) => text));
    const named = Object.fromEntries(Object.keys(KNOWN).map((what, index) => [what, values[index]]));
    expect(named).toEqual(Object.fromEntries(Object.entries(KNOWN).map(([what, { is }]) => [what, is])));
  });

  test("makes of texts that are generated what is expected", async () => {
    const generated: readonly KnownText[] = fc.sample(knownTexts, { numRuns: 2_000, seed: 20_260_101 });
    const values = await byTerraform(generated.map(({ text }) => text));
    expect(values.map((is, index) => ({ text: generated[index]?.text, is }))).toEqual(generated);
  });
});
