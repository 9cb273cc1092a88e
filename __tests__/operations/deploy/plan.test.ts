import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { plan } from "../../../operations/deploy/plan";
import { readStack } from "../../../operations/deploy/stack";
import { terraformIn } from "../../../operations/deploy/terraform";
import { outputFolder } from "./support/output-folder";
import { standInPrograms } from "./support/stand-in-program";

const locks = mkdtempSync(join(tmpdir(), "locks-"));
afterAll(() => {
  rmSync(locks, { recursive: true });
});

const stackOf = () => readStack(outputFolder({ terraform: {} }), "dev");

test.each([
  [0, 0],
  [2, 1],
  [1, 2],
  [undefined, 2],
])("Terraform's %p is %d", async (terraforms, code) => {
  const programs = standInPrograms((line) => (line.includes(" plan ") ? { code: terraforms, output: "text" } : {}));
  const terraform = terraformIn(stackOf(), { run: programs.run, variables: {}, locks });
  expect(await plan(terraform)).toEqual({ code, text: "text" });
});

test("takes no lock, asks nothing, and runs in the stack's folder", async () => {
  const programs = standInPrograms(() => undefined);
  const stack = stackOf();
  await plan(terraformIn(stack, { run: programs.run, variables: { A: "1" }, locks }));
  expect(programs.lines()).toEqual([
    "terraform init -input=false -no-color",
    "terraform plan -input=false -lock=false -detailed-exitcode -no-color",
  ]);
  expect(programs.calls.every(({ folder, environment }) => folder === stack.path && environment["A"] === "1")).toBe(
    true,
  );
});

test("there is no plan where the folder can't be readied", async () => {
  const { run } = standInPrograms(() => ({ code: 1, output: "no backend" }));
  expect(await plan(terraformIn(stackOf(), { run, variables: {}, locks }))).toEqual({ code: 2, text: "no backend" });
});

test("committed checksums are laid beside the stack, and kept to", async () => {
  writeFileSync(join(locks, "dev.terraform.lock.hcl"), "# checksums\n");
  const programs = standInPrograms(() => undefined);
  const stack = stackOf();
  expect(existsSync(join(stack.path, ".terraform.lock.hcl"))).toBe(false);
  await plan(terraformIn(stack, { run: programs.run, variables: {}, locks }));
  expect(readFileSync(join(stack.path, ".terraform.lock.hcl"), "utf8")).toBe("# checksums\n");
  expect(programs.lines()[0]).toBe("terraform init -input=false -no-color -lockfile=readonly");
});
