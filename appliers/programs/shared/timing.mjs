// @ts-check
import { CannotTell } from "./failure.mjs";

/**
 * How long one run takes. Milliseconds, except `attempts`.
 *
 * @typedef {{
 *   readonly deadline: number,
 *   readonly requestTimeout: number,
 *   readonly attempts: number,
 *   readonly backoff: number,
 *   readonly poll: number,
 * }} Timing
 */

/** @type {Readonly<Record<keyof Timing, { readonly variable: string, readonly byDefault: number, readonly most: number }>>} */
const TABLE = {
  deadline: { variable: "APPLIER_DEADLINE_MS", byDefault: 300_000, most: 3_600_000 },
  requestTimeout: { variable: "APPLIER_REQUEST_TIMEOUT_MS", byDefault: 15_000, most: 300_000 },
  attempts: { variable: "APPLIER_ATTEMPTS", byDefault: 8, most: 100 },
  backoff: { variable: "APPLIER_BACKOFF_MS", byDefault: 500, most: 60_000 },
  poll: { variable: "APPLIER_POLL_MS", byDefault: 1_000, most: 60_000 },
};

/**
 * The timing that the environment asks for.
 *
 * @param {NodeJS.ProcessEnv} environment
 * @returns {Timing}
 * @throws {CannotTell} for a value that isn't a whole number in its bounds
 */
export function timingFrom(environment) {
  const entries = Object.entries(TABLE).map(([name, { variable, byDefault, most }]) => {
    const text = environment[variable] || String(byDefault);
    const value = /^\d{1,9}$/.test(text) ? Number(text) : 0;
    if (value < 1 || value > most) {
      throw new CannotTell(
        `${variable} isn't a whole number from 1 to ${most}`,
        `mend it, or leave it out for ${byDefault}`,
      );
    }
    return [name, value];
  });
  return Object.fromEntries(entries);
}
