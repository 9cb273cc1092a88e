// @ts-check
import { readFileSync } from "node:fs";

import { Client } from "./client.mjs";
import { Clock } from "./clock.mjs";
import { converge } from "./converge.mjs";
import { credentialFrom, endpointFrom } from "./endpoint.mjs";
import { CannotTell, Exit } from "./failure.mjs";
import { Remedy } from "./finding.mjs";
import { Output } from "./output.mjs";
import { problems } from "./schema.mjs";
import { timingFrom } from "./timing.mjs";

/** @typedef {import("./converge.mjs").Applier} Applier */

/** The variable that holds the desired state, target included, as JSON. It is no secret. */
const DESIRED_STATE = "DESIRED_STATE";

/**
 * Runs one applier as this process: reads arguments and environment, converges, prints, sets the exit code.
 *
 * @param {Applier} applier
 */
export async function run(applier) {
  const { argv, env: environment } = process;
  const output = new Output([environment[applier.platform.credential] ?? ""]);
  const say = (/** @type {string} */ subject, /** @type {string} */ text) => output.line(`${subject}: ${text}`) + "\n";
  let subject = applier.kind;
  try {
    const mayWrite = mayWriteFrom(argv.slice(2));
    const clock = new Clock(timingFrom(environment));
    const desired = desiredFrom(applier, environment);
    subject = `${applier.kind} ${applier.target(desired)}`;
    const base = endpointFrom(applier.platform, environment);
    const credential = credentialFrom(applier.platform, environment);
    const client = new Client(applier.platform, { base, credential, clock, output });
    const { exit, findings, wrote } = await converge(applier, desired, { client, clock, mayWrite });
    const how = wrote ? "written and read back" : "nothing written";
    for (const finding of findings) process.stderr.write(say(subject, failure(finding, wrote)));
    if (exit === Exit.IN_FORCE) process.stdout.write(say(subject, `in force: ${applier.describe(desired)} (${how})`));
    process.exitCode = exit;
  } catch (error) {
    process.stderr.write(say(subject, `can't tell: ${messageOf(error)}`));
    process.exitCode = Exit.CANNOT_TELL;
  }
}

/**
 * @param {import("./finding.mjs").Finding} finding
 * @param {boolean} wrote
 */
function failure({ what, todo, remedy }, wrote) {
  if (wrote) return `written, but not in force: ${what}; ${todo}`;
  return `${what}; ${remedy === Remedy.WRITE ? "this applier closes that: taint its resource, then deploy" : todo}`;
}

/** @param {readonly string[]} args */
function mayWriteFrom(args) {
  if (args.length === 0) return true;
  if (args.length === 1 && args[0] === "--check") return false;
  throw new CannotTell("unknown arguments", `the only argument is --check, and the state comes from ${DESIRED_STATE}`);
}

/**
 * @param {Applier} applier
 * @param {NodeJS.ProcessEnv} environment
 */
function desiredFrom({ kind, refusals }, environment) {
  const text = environment[DESIRED_STATE];
  if (!text) throw new CannotTell(`${DESIRED_STATE} isn't set`, "the resource that runs this program has to set it");
  const schema = JSON.parse(readFileSync(new URL(`../schemas/${kind}.json`, import.meta.url), "utf8"));
  const desired = parsed(text);
  const found = problems(schema, desired, DESIRED_STATE);
  const all = found.length > 0 ? found : (refusals?.(desired) ?? []);
  if (all.length > 0) throw new CannotTell(`the desired state is refused: ${all.join(", ")}`, "mend what sets it");
  return desired;
}

/** @param {string} text */
function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    throw new CannotTell(`${DESIRED_STATE} isn't JSON`, "mend what sets it");
  }
}

/**
 * Of an error that nobody foresaw only the name is shown: its message may quote anything.
 *
 * @param {unknown} error
 */
function messageOf(error) {
  if (error instanceof CannotTell) return error.message;
  return `this program failed (${error instanceof Error ? error.name : "unknown"}); report it with the version of Node.js`;
}
