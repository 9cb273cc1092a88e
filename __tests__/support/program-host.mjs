import Module, { syncBuiltinESMExports } from "node:module";
import timers, { setImmediate as turn } from "node:timers/promises";
import { pathToFileURL } from "node:url";

/*
 * Runs programs one after the other, each as if this process were its own, with its arguments, environment and folder.
 * A program ends when it waits for nothing more. Every program is loaded anew; starting Node for each would cost far
 * more than they do.
 *
 * A program's clock moves only by its waits, which end at once, and by its timers that fire. So no run depends on how
 * busy the machine is.
 */

let runs = 0;
let said = { stdout: "", stderr: "" };
let waits = [];
let now = 0;

const { setTimeout } = globalThis;
globalThis.setTimeout = (action, milliseconds = 0) =>
  setTimeout(() => {
    now += milliseconds;
    action();
  }, milliseconds);
timers.setTimeout = async (milliseconds) => {
  waits.push(milliseconds);
  now += milliseconds;
  await turn();
};
performance.now = () => now;
syncBuiltinESMExports();

for (const name of ["stdout", "stderr"]) {
  process[name].write = (text) => {
    said[name] += text;
    return true;
  };
}

process.on("message", async ({ program, args, env, cwd }) => {
  process.channel.unref();
  said = { stdout: "", stderr: "" };
  waits = [];
  process.exitCode = undefined;
  process.argv = [process.execPath, program, ...args];
  process.env = env;
  process.chdir(cwd);
  try {
    await load(program);
  } catch (error) {
    failed(error);
  }
});

function load(program) {
  // eslint-disable-next-line no-restricted-syntax -- the test says which
  if (program.endsWith(".mjs")) return import(`${pathToFileURL(program).href}?${(runs += 1)}`);
  // eslint-disable-next-line @typescript-eslint/no-dynamic-delete -- what was loaded for the last run
  for (const path of Object.keys(Module._cache)) delete Module._cache[path];
  const isMain = true;
  return Module._load(program, null, isMain);
}

function failed(error) {
  process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
  process.exitCode = 1;
}

process.on("uncaughtException", failed);
process.on("disconnect", () => process.exit());
process.on("beforeExit", (code) => {
  process.channel.ref();
  process.send({ ended: { code, ...said }, waits });
});
