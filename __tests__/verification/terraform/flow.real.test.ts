import * as fc from "fast-check";
import { reachedFrom } from "../../../verification/terraform/flow";
import { SAFE_FUNCTIONS } from "../../../verification/terraform/functions";
import { readStack } from "../../../verification/terraform/stack";
import { describeUnless, whyNoProgram } from "../../support/describe-unless";
import { Terraform } from "../../support/terraform";
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROGRAM = "terraform";

/** Locals, in an order in which each refers to earlier ones alone. */
const LOCALS = ["a", "b", "c", "d", "e", "f"];

/** References and constants that a local of a case may hold. */
const atoms = (id: number, index: number) => [
  ...["var.secret", "var.plain", '"constant"', '"var.secret"', '"$${var.secret}"'],
  ...["terraform_data.secret.input", "terraform_data.plain.input", "terraform_data.secret.id"],
  ...LOCALS.slice(0, index).flatMap((name) => [`local.c${id}_${name}`, `resource.terraform_data.c${id}_${name}.input`]),
];

/** Forms whose result is secret where a part is. */
const FORMS: readonly ((one: string, other: string) => string)[] = [
  (one) => `upper(${one})`,
  (one) => `sha256(jsonencode(${one}))`,
  (one) => `"x\${${one}}y"`,
  (one) => `"%{ if true }\${${one}}%{ endif }"`,
  (one) => `(/* } " */ ${one})`,
  (one, other) => `join("-", [${one}, ${other}])`,
  (one, other) => `(${one} == "x" ? ${one} : ${other})`,
  (one, other) => `jsonencode({ key = ${one}, other = ${other} })`,
  (one, other) => `join("", [for each in [${one}, ${other}] : lower(each)])`,
];

/** Forms that choose a part, which isn't followed: another part counts, too. */
const CHOOSING: typeof FORMS = [
  (one, other) => `{ key = ${one}, other = ${other} }.other`,
  (one, other) => `{ "\${"key"}" = ${one}, x = ${other} }["key"]`,
  (one, other) => `[for each in [${one}, ${other}] : lower(each)][1]`,
];

const expressions = (texts: readonly string[], forms: typeof FORMS): fc.Arbitrary<string> =>
  fc.letrec<{ one: string }>((tie) => ({
    one: fc.oneof(
      { maxDepth: 3 },
      fc.constantFrom(...texts),
      fc.tuple(fc.constantFrom(...forms), tie("one"), tie("one")).map(([form, one, other]) => form(one, other)),
    ),
  })).one;

/** The locals of a case, each also held by a resource. */
const localsOf = (id: number, forms: typeof FORMS): fc.Arbitrary<Readonly<Record<string, string>>> =>
  fc
    .tuple(...LOCALS.map((_, index) => expressions(atoms(id, index), forms)))
    .map((texts) => Object.fromEntries(texts.map((text, index) => [`c${id}_${LOCALS[index] ?? ""}`, `\${${text}}`])));

/** A stack of many cases, and an output for each local: whether Terraform holds it for sensitive. */
function stackOf(cases: number, forms: typeof FORMS) {
  const ids = Array.from({ length: cases }, (_, id) => id);
  const samples = ids.map((id) => fc.sample(localsOf(id, forms), { numRuns: 1, seed: 20_260_101 + id })[0] ?? {});
  const locals: Readonly<Record<string, string>> = Object.assign({}, ...samples);
  const names = Object.keys(locals);
  const held = (text: string) => ({ input: text });
  return {
    variable: { secret: { sensitive: true }, plain: {} },
    locals,
    resource: {
      terraform_data: {
        ...{ secret: held("${var.secret}"), plain: held("${var.plain}") },
        ...Object.fromEntries(names.map((name) => [name, held(`\${local.${name}}`)])),
      },
    },
    output: Object.fromEntries(names.map((name) => [name, { value: `\${issensitive(local.${name})}` }])),
  };
}

/** The locals that Terraform itself holds for sensitive. */
async function byTerraform(stack: object): Promise<readonly string[]> {
  const folder = mkdtempSync(join(tmpdir(), "sensitive-"));
  try {
    writeFileSync(join(folder, "main.tf.json"), JSON.stringify(stack));
    const terraform = new Terraform(folder, { TF_VAR_secret: "s", TF_VAR_plain: "p" });
    await terraform.init();
    await terraform.apply();
    const { stdout } = spawnSync(PROGRAM, ["output", "-json"], { cwd: folder, encoding: "utf8" });
    const outputs = JSON.parse(stdout) as Readonly<Record<string, { readonly value: boolean }>>;
    return Object.keys(outputs).filter((name) => outputs[name]?.value === true);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** The locals that the secret reaches. */
function byFlow(json: object): readonly string[] {
  const reached = reachedFrom(readStack({ name: "shop", json }), [{ address: "var.secret", members: [] }]);
  return reached
    .flatMap(({ address }) => (address.startsWith("local.") ? [address.slice("local.".length)] : []))
    .sort();
}

describeUnless([whyNoProgram(PROGRAM, "version")], "Terraform itself", () => {
  test("holds for sensitive what the secret reaches", async () => {
    const stack = stackOf(40, FORMS);
    const sensitive = await byTerraform(stack);
    expect(sensitive.length).toBeGreaterThan(40);
    expect(byFlow(stack)).toEqual([...sensitive].sort());
  });

  test("holds nothing for sensitive that the secret doesn't reach", async () => {
    const stack = stackOf(40, [...FORMS, ...CHOOSING]);
    const reached = new Set(byFlow(stack));
    expect((await byTerraform(stack)).filter((name) => !reached.has(name))).toEqual([]);
  });

  test("has no function beside the safe ones but those that read files or evaluate other texts", () => {
    const { stdout } = spawnSync(PROGRAM, ["metadata", "functions", "-json"], { encoding: "utf8" });
    const { function_signatures: all } = JSON.parse(stdout) as { readonly function_signatures: object };
    const names = Object.keys(all).filter((name) => !name.startsWith("core::"));
    expect(names.filter((name) => !SAFE_FUNCTIONS.has(name)).sort()).toEqual([
      ...["file", "filebase64", "filebase64sha256", "filebase64sha512", "filemd5", "fileset"],
      ...["filesha1", "filesha256", "filesha512", "templatefile", "templatestring"],
    ]);
    expect([...SAFE_FUNCTIONS].filter((name) => !names.includes(name))).toEqual([]);
  });
});
