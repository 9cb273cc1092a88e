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

/**
 * As Terraform: it keeps its state once it has done its work, or was interrupted, which it says first. Without its folder it
 * ends, so that a test that fails leaves nothing behind.
 */
const STATEFUL = `
  const { existsSync, writeFileSync } = require("node:fs");
  const keep = () => { writeFileSync("state", "kept"); process.exit(1); };
  const stop = () => { console.log("stopping"); setTimeout(keep, 1); };
  process.on("SIGINT", stop).on("SIGTERM", stop);
  setInterval(() => (existsSync("done") ? keep() : existsSync(process.argv[1]) || process.exit(2)), 5);
  console.log("working");`;

/** Runs it, and says what it says. */
const runner = (isShielded: boolean): string => `
  import { runProgram } from ${JSON.stringify(join(PROJECT, "operations/deploy/program.ts"))};
  const command = [process.execPath, "-e", ${JSON.stringify(STATEFUL)}, process.argv[2] ?? ""];
  const program = { command, folder: process.argv[2] ?? "", environment: {}, isShielded: ${String(isShielded)} };
  await runProgram(program, (text) => process.stdout.write(text));
  console.log("went on");`;

const HELD = "The program goes on to its end, so that it keeps its state. A second signal ends it at once.\n";

/** A process that runs the program, in a group of its own, as in a terminal; and all that it has said when it ends. */
async function run(isShielded: boolean, answer: (text: string, group: number) => void) {
  const path = join(folder, "runner.mts");
  writeFileSync(path, runner(isShielded));
  const options = { cwd: PROJECT, detached: true, stdio: "pipe" } as const;
  const child = spawn(process.execPath, ["--import", "tsx", path, folder], options);
  let said = "";
  child.stdout.setEncoding("utf8").on("data", (text: string) => {
    said += text;
    answer(text, -(child.pid ?? 0));
  });
  const [, signal] = (await once(child, "close")) as [number | null, NodeJS.Signals | null];
  return { said, signal, state: readFileSync(join(folder, "state"), "utf8") };
}

test.each([
  // A terminal interrupts every program of its group.
  ["SIGINT", (group: number) => group],
  ["SIGTERM", (group: number) => -group],
] as const)("%s ends this process once the program has ended that it runs", async (signal, to) => {
  const ended = await run(false, (text, group) => {
    if (text === "working\n") process.kill(to(group), signal);
  });
  expect(ended).toEqual({ said: "working\nstopping\n", signal, state: "kept" });
});

test.each(["SIGINT", "SIGTERM"] as const)("a program that is shielded goes on to its end after %s", async (signal) => {
  const ended = await run(true, (text, group) => {
    if (text === "working\n") process.kill(group, signal);
    if (text === HELD) writeFileSync(join(folder, "done"), "");
  });
  expect(ended).toEqual({ said: `working\n${HELD}`, signal, state: "kept" });
});

test("a second signal reaches a program that is shielded", async () => {
  const ended = await run(true, (text, group) => {
    if (text === "working\n" || text === HELD) process.kill(group, "SIGINT");
  });
  expect(ended).toEqual({ said: `working\n${HELD}stopping\n`, signal: "SIGINT", state: "kept" });
});
