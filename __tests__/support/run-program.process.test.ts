import { mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runProgram } from "./run-program";

const folder = realpathSync(mkdtempSync(join(tmpdir(), "program-")));
afterAll(() => rmSync(folder, { recursive: true }));

function written(name: string, text: string): string {
  writeFileSync(join(folder, name), text);
  return join(folder, name);
}

const SAID = "JSON.stringify([process.argv.slice(2), process.env, process.cwd()])";

describe.each(["mjs", "cjs"])("a program (%s)", (kind) => {
  test("has its own arguments, environment and folder, and what it says and how it ends is told apart", async () => {
    const program = written(`says.${kind}`, `console.log(${SAID}); console.error("bad"); process.exitCode = 3;`);
    const stdout = `${JSON.stringify([["--now"], { A: "b" }, folder])}\n`;
    const run = { program, args: ["--now"], env: { A: "b" }, cwd: folder };
    expect(await runProgram(run)).toEqual({ code: 3, stdout, stderr: "bad\n" });
  });

  test("is loaded anew, and leaves its exit code to nobody", async () => {
    const text = "globalThis.process.exitCode = process.env.A === undefined ? 0 : 4;";
    const program = written(`again.${kind}`, text);
    expect((await runProgram({ program, env: { A: "b" } })).code).toBe(4);
    expect((await runProgram({ program, env: {} })).code).toBe(0);
  });

  test("ends when nothing is left to wait for", async () => {
    const program = written(`waits.${kind}`, `setTimeout(() => console.log("late"), 20);`);
    expect(await runProgram({ program, env: {} })).toEqual({ code: 0, stdout: "late\n", stderr: "" });
  });

  test.each([
    ["throws", `throw new Error("thrown");`],
    ["throws later", `setTimeout(() => { throw new Error("thrown"); });`],
    ["rejects", `void Promise.reject(new Error("thrown"));`],
  ])("fails where it %s", async (_, text) => {
    const { code, stderr } = await runProgram({ program: written(`fails.${kind}`, text), env: {} });
    expect([code, stderr]).toEqual([1, expect.stringContaining("thrown")]);
  });

  test("isn't waited for where it takes its process along", async () => {
    const program = written(`exits.${kind}`, "process.exit(0);");
    await expect(runProgram({ program, env: {} })).rejects.toThrow("ended the process that ran it");
  });
});

test("a program is its process's main one", async () => {
  const program = written("main.cjs", "console.log(require.main === module);");
  expect((await runProgram({ program, env: {} })).stdout).toBe("true\n");
});
