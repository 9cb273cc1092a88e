import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROJECT = join(__dirname, "../../..");
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "program-"));
});
afterEach(() => {
  rmSync(folder, { recursive: true });
});

/** As Terraform: it says that it was interrupted, and then keeps the state of what it did. */
const STATEFUL = `
  const end = () => {
    console.log("stopping");
    setTimeout(() => { require("node:fs").writeFileSync("state", "kept"); process.exit(1); }, 1);
  };
  process.on("SIGINT", end).on("SIGTERM", end);
  setInterval(() => undefined, 1_000_000);
  console.log("working");`;

/** Runs it and says what it says. */
const RUNNER = `
  import { runProgram } from ${JSON.stringify(join(PROJECT, "operations/deploy/program.ts"))};
  const command = [process.execPath, "-e", ${JSON.stringify(STATEFUL)}];
  await runProgram({ command, folder: process.argv[2] ?? "", environment: {} }, (text) => process.stdout.write(text));
  console.log("went on");`;

test.each([
  // A terminal interrupts every program of its group.
  ["SIGINT", -1],
  ["SIGTERM", 1],
] as const)("%s ends this process once the program has ended that it runs", async (signal, group) => {
  writeFileSync(join(folder, "runner.mts"), RUNNER);
  const options = { cwd: PROJECT, detached: true, stdio: "pipe" } as const;
  const child = spawn(process.execPath, ["--import", "tsx", join(folder, "runner.mts"), folder], options);
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    if (text === "working\n") process.kill(group * (child.pid ?? 0), signal);
  });
  expect(await once(child, "close")).toEqual([null, signal]);
  expect(said).toBe("working\nstopping\n");
  expect(readFileSync(join(folder, "state"), "utf8")).toBe("kept");
});
