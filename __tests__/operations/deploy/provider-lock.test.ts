import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { lockProviders } from "../../../operations/deploy/provider-lock";
import { readStack } from "../../../operations/deploy/stack";
import { outputFolder } from "./support/output-folder";
import { standInPrograms } from "./support/stand-in-program";

const folder = mkdtempSync(join(tmpdir(), "provider-lock-"));
const locks = join(folder, "provider-locks");
const committed = join(locks, "dev.terraform.lock.hcl");
const LOCK = ".terraform.lock.hcl";
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const stack = readStack(outputFolder({ terraform: {} }), "dev");

test("writes the checksums of every platform to where they are committed", async () => {
  writeFileSync(join(stack.path, LOCK), "# of another version\n");
  const programs = standInPrograms(() => {
    expect(existsSync(join(stack.path, LOCK))).toBe(false);
    writeFileSync(join(stack.path, LOCK), "# checksums\n");
    return { output: "Success!\n" };
  });
  const locked = await lockProviders(stack, { run: programs.run, variables: {}, locks });
  expect(locked).toEqual({ code: 0, text: `Success!\nWritten: ${committed}\n` });
  expect(readFileSync(committed, "utf8")).toBe("# checksums\n");
  expect(readdirSync(locks)).toEqual(["dev.terraform.lock.hcl"]);
  expect(programs.lines()).toEqual([
    "terraform providers lock -platform=linux_amd64 -platform=linux_arm64 -platform=darwin_arm64",
  ]);
});

test("a failure leaves what is committed", async () => {
  const { run } = standInPrograms(() => ({ code: 1, output: "no registry" }));
  expect(await lockProviders(stack, { run, variables: {}, locks })).toEqual({ code: 2, text: "no registry" });
  expect(readFileSync(committed, "utf8")).toBe("# checksums\n");
});

test("a mirror and other platforms are handed on", async () => {
  const programs = standInPrograms(() => ({ code: 1 }));
  const choice = { platforms: ["linux_amd64"], mirror: "/mirror" };
  await lockProviders(stack, { run: programs.run, variables: {}, locks, ...choice });
  expect(programs.lines()).toEqual(["terraform providers lock -fs-mirror=/mirror -platform=linux_amd64"]);
});
