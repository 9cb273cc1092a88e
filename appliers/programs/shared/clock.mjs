// @ts-check
import { setTimeout as sleep } from "node:timers/promises";

/** @typedef {import("./timing.mjs").Timing} Timing */

/** No wait between two attempts is longer than this many times the first one. */
const LONGEST_WAIT = 16;

/** The time that one run may take, and the waits inside it. */
export class Clock {
  /** @param {Timing} timing */
  constructor(timing) {
    this.timing = timing;
    this.end = performance.now() + timing.deadline;
  }

  /** Milliseconds until the deadline. */
  get left() {
    return Math.max(0, this.end - performance.now());
  }

  /**
   * Waits, unless the deadline comes first.
   *
   * @param {number} milliseconds
   * @returns {Promise<boolean>} whether it waited; false at once when the deadline comes first
   */
  async wait(milliseconds) {
    if (milliseconds >= this.left) return false;
    await sleep(milliseconds);
    return true;
  }

  /**
   * The wait before attempt `attempt + 1`. It doubles each time up to a bound. It is spread, so that appliers that were
   * refused together don't come back together.
   *
   * @param {number} first
   * @param {number} attempt counted from 0
   */
  static growing(first, attempt) {
    return first * Math.min(2 ** attempt, LONGEST_WAIT) * (0.5 + Math.random() / 2);
  }
}
