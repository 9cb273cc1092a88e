// @ts-check
import { Clock } from "./clock.mjs";
import { CannotTell, Exit } from "./failure.mjs";
import { Remedy } from "./finding.mjs";

/** @typedef {import("./client.mjs").Client} Client */
/** @typedef {import("./finding.mjs").Finding} Finding */
/** @typedef {{ readonly exit: number, readonly findings: readonly Finding[], readonly wrote: boolean }} Result */

/**
 * What a kind of state consists of. A kind without `write` only asserts.
 *
 * @typedef {{
 *   readonly kind: string,
 *   readonly platform: import("./endpoint.mjs").Platform,
 *   readonly target: (desired: any) => string,
 *   readonly refusals?: (desired: any) => readonly string[],
 *   readonly read: (client: Client, desired: any) => Promise<any>,
 *   readonly differences: (state: any, desired: any) => readonly Finding[],
 *   readonly prompt?: (client: Client, desired: any, state: any) => Promise<void>,
 *   readonly write?: (client: Client, desired: any) => Promise<void>,
 *   readonly describe: (desired: any) => string,
 * }} Applier
 */

/**
 * Reads, writes only what differs, and reads back until the platform says that the desired state is in force.
 *
 * @param {Applier} applier
 * @param {any} desired
 * @param {{ readonly client: Client, readonly clock: Clock, readonly mayWrite: boolean }} run
 * @returns {Promise<Result>}
 */
export async function converge(applier, desired, { client, clock, mayWrite }) {
  const look = async () => {
    const state = await applier.read(client, desired);
    return { state, findings: applier.differences(state, desired) };
  };

  let seen = await look();
  for (let turn = 0; mayWrite && waitsOnly(seen.findings); turn += 1) {
    await applier.prompt?.(client, desired, seen.state);
    if (!(await clock.wait(Clock.growing(clock.timing.poll, turn)))) return differs(seen.findings, false);
    seen = await look();
  }
  if (seen.findings.length === 0) return { exit: Exit.IN_FORCE, findings: [], wrote: false };
  if (!mayWrite || applier.write === undefined || !seen.findings.every(has(Remedy.WRITE)))
    return differs(seen.findings, false);

  await applier.write(client, desired);
  return readBack(look, clock);
}

/**
 * @param {() => Promise<{ readonly findings: readonly Finding[] }>} look
 * @param {Clock} clock
 * @returns {Promise<Result>}
 */
async function readBack(look, clock) {
  try {
    let { findings } = await look();
    for (let turn = 0; findings.length > 0 && !findings.some(has(Remedy.OPERATOR)); turn += 1) {
      if (!(await clock.wait(Clock.growing(clock.timing.poll, turn)))) break;
      ({ findings } = await look());
    }
    return findings.length === 0 ? { exit: Exit.IN_FORCE, findings, wrote: true } : differs(findings, true);
  } catch (error) {
    if (!(error instanceof CannotTell)) throw error;
    throw new CannotTell(`written, but not seen in force: ${error.what}`, error.todo);
  }
}

/** Whether there is something to wait for and nothing that a person has to do first. */
const waitsOnly = (/** @type {readonly Finding[]} */ findings) =>
  findings.some(has(Remedy.WAIT)) && !findings.some(has(Remedy.OPERATOR));

const has = (/** @type {Finding["remedy"]} */ remedy) => (/** @type {Finding} */ finding) => finding.remedy === remedy;

/** @type {(findings: readonly Finding[], wrote: boolean) => Result} */
const differs = (findings, wrote) => ({ exit: Exit.DIFFERS, findings, wrote });
