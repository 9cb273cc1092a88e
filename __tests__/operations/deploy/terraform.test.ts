import { readStack } from "../../../operations/deploy/stack";
import { apply, lockProviders, plan, terraformIn } from "../../../operations/deploy/terraform";
import { outputFolder } from "./support/output-folder";
import { standInPrograms } from "./support/stand-in-program";
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";

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

test("runs the engine that cdktf runs, by the variable that names it", async () => {
  const { run, lines } = standInPrograms(() => ({ code: 1 }));
  const variables = { TERRAFORM_BINARY_NAME: "tofu" };
  await plan(terraformIn(stackOf(), { run, variables, locks }));
  await lockProviders(stackOf(), { run, variables, locks });
  expect(lines().map((line) => line.split(" ").slice(0, 2).join(" "))).toEqual(["tofu init", "tofu providers"]);
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

const output = outputFolder({ terraform: {} });
const stack = readStack(output, "dev");

async function applied(answer: Parameters<typeof standInPrograms>[0]) {
  const programs = standInPrograms(answer);
  const terraform = terraformIn(stack, { run: programs.run, variables: {}, locks: "nowhere" });
  let heard = "";
  const onOutput = (text: string) => void (heard += text);
  const { code } = await apply(output, stack, { run: programs.run, variables: { A: "1" }, terraform, onOutput });
  return { code, heard, programs };
}

test("deploys the one stack as it is, without asking", async () => {
  const { code, heard, programs } = await applied((line) => ({ output: line.includes(" deploy ") ? "done" : "ready" }));
  expect([code, heard]).toEqual([0, "done"]);
  const options = "--skip-synth --skip-provider-lock --ignore-missing-stack-dependencies --auto-approve --no-color";
  expect(programs.lines()).toEqual([
    "terraform init -input=false -no-color",
    `${resolve("node_modules/.bin/cdktf")} deploy dev ${options} --output ${output}`,
  ]);
  expect(programs.calls[1]?.environment).toEqual({ A: "1", CI: "1" });
  expect(programs.calls[1]?.isShielded).toBe(true);
});

test("deploys nothing where Terraform refuses the providers", async () => {
  const { code, heard, programs } = await applied(() => ({ code: 1, output: "checksums differ" }));
  expect([code, heard]).toEqual([1, "checksums differ"]);
  expect(programs.lines()).toHaveLength(1);
});

const folder = mkdtempSync(join(tmpdir(), "provider-lock-"));
const written = join(folder, "provider-locks");
const committed = join(written, "dev.terraform.lock.hcl");
const LOCK = ".terraform.lock.hcl";
afterAll(() => {
  rmSync(folder, { recursive: true });
});

test("writes the checksums of every platform to where they are committed", async () => {
  writeFileSync(join(stack.path, LOCK), "# of another version\n");
  const programs = standInPrograms(() => {
    expect(existsSync(join(stack.path, LOCK))).toBe(false);
    writeFileSync(join(stack.path, LOCK), "# checksums\n");
    return { output: "Success!\n" };
  });
  const locked = await lockProviders(stack, { run: programs.run, variables: {}, locks: written });
  expect(existsSync(join(stack.path, LOCK))).toBe(false);
  expect(locked).toEqual({ code: 0, text: `Success!\nWritten: ${committed}\n` });
  expect(readFileSync(committed, "utf8")).toBe("# checksums\n");
  expect(readdirSync(written)).toEqual(["dev.terraform.lock.hcl"]);
  expect(programs.lines()).toEqual([
    "terraform providers lock -no-color -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_arm64",
  ]);
});

test("a failure leaves what is committed", async () => {
  const { run } = standInPrograms(() => ({ code: 1, output: "no registry" }));
  const { code, text } = await lockProviders(stack, { run, variables: {}, locks: written });
  expect(code).toBe(2);
  expect(text).toMatch(/^the checksums of the providers of dev aren't written: .*--mirror.*\nno registry$/);
  expect(readFileSync(committed, "utf8")).toBe("# checksums\n");
});

test("a mirror and other platforms are handed on", async () => {
  const programs = standInPrograms(() => ({ code: 1 }));
  const choice = { platforms: ["linux_amd64"], mirror: "/mirror" };
  await lockProviders(stack, { run: programs.run, variables: {}, locks: written, ...choice });
  expect(programs.lines()).toEqual(["terraform providers lock -no-color -fs-mirror=/mirror -platform=linux_amd64"]);
});

test("no platforms are those by default", async () => {
  const programs = standInPrograms(() => ({ code: 1 }));
  await lockProviders(stack, { run: programs.run, variables: {}, locks: written, platforms: [] });
  expect(programs.lines()[0]).toContain("-platform=linux_arm64");
});
