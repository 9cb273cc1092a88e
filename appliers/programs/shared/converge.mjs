// @ts-check
import { Clock } from "./clock.mjs";
import { CannotTell, Exit } from "./failure.mjs";
import { Remedy } from "./finding.mjs";

/** @typedef {import("./client.mjs").Client} Client */
/** @typedef {import("./finding.mjs").Finding} Finding */
/** @typedef {{ readonly state: any, readonly findings: readonly Finding[] }} Sight */
/** @typedef {{ readonly exit: number, readonly findings: readonly Finding[], readonly wrote: boolean }} Result */

/**
 * A kind of state. One without `write` only asserts.
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
  const prompt = async (/** @type {Sight} */ { state }) => applier.prompt?.(client, desired, state);

  const first = await look();
  const { findings } = mayWrite ? await watch(look, clock, { seen: first, goesOn: waitsOnly, before: prompt }) : first;
  if (findings.length === 0) return { exit: Exit.IN_FORCE, findings, wrote: false };
  const isWritable = mayWrite && applier.write !== undefined && findings.every(has(Remedy.WRITE));
  if (!isWritable) return { exit: Exit.DIFFERS, findings, wrote: false };

  await applier.write?.(client, desired);
  return readBack(look, clock);
}

/**
 * @param {() => Promise<Sight>} look
 * @param {Clock} clock
 * @returns {Promise<Result>}
 */
async function readBack(look, clock) {
  try {
    const { findings } = await watch(look, clock, { seen: await look(), goesOn: mayStillPass });
    return { exit: findings.length === 0 ? Exit.IN_FORCE : Exit.DIFFERS, findings, wrote: true };
  } catch (error) {
    if (!(error instanceof CannotTell)) throw error;
    throw new CannotTell(`written, but not seen in force: ${error.what}`, error.todo);
  }
}

/**
 * Looks again and again, with growing pauses, while that can change something. At the deadline the last sight counts.
 *
 * @param {() => Promise<Sight>} look
 * @param {Clock} clock
 * @param {{
 *   readonly seen: Sight,
 *   readonly goesOn: (findings: readonly Finding[]) => boolean,
 *   readonly before?: (seen: Sight) => Promise<void>,
 * }} plan
 * @returns {Promise<Sight>}
 */
async function watch(look, clock, { seen, goesOn, before }) {
  let last = seen;
  for (let turn = 0; goesOn(last.findings); turn += 1) {
    await before?.(last);
    if (!(await clock.wait(Clock.growing(clock.timing.poll, turn)))) return last;
    try {
      last = await look();
    } catch (error) {
      // A look that the deadline itself has cut short says nothing against the one before it.
      if (clock.left > 0) throw error;
      return last;
    }
  }
  return last;
}

const mayStillPass = (/** @type {readonly Finding[]} */ findings) =>
  findings.length > 0 && !findings.some(has(Remedy.OPERATOR));

/** Whether there is something to wait for and nothing that a person has to do first. */
const waitsOnly = (/** @type {readonly Finding[]} */ findings) =>
  findings.some(has(Remedy.WAIT)) && !findings.some(has(Remedy.OPERATOR));

const has = (/** @type {Finding["remedy"]} */ remedy) => (/** @type {Finding} */ finding) => finding.remedy === remedy;
