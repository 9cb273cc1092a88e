// @ts-check

/** The ways to close a difference between the platform and the desired state. */
export const Remedy = Object.freeze({
  /** One write by this program. */
  WRITE: "write",
  /** Time: the platform is still at work. */
  WAIT: "wait",
  /** A person. Nothing is written while there is such a difference. */
  OPERATOR: "operator",
});

/**
 * One difference between the platform's state and the desired one.
 *
 * @typedef {{ readonly what: string, readonly todo: string, readonly remedy: "write" | "wait" | "operator" }} Finding
 */

/**
 * A difference that this program's write closes.
 *
 * @param {string} what
 * @param {string} todo what to do when it is still there after the write
 * @returns {Finding}
 */
export const writable = (what, todo) => ({ what, todo, remedy: Remedy.WRITE });

/**
 * A difference that closes by itself.
 *
 * @param {string} what
 * @param {string} todo what to look at when it doesn't
 * @returns {Finding}
 */
export const pending = (what, todo) => ({ what, todo, remedy: Remedy.WAIT });

/**
 * A difference that a person has to close.
 *
 * @param {string} what
 * @param {string} todo
 * @returns {Finding}
 */
export const forOperator = (what, todo) => ({ what, todo, remedy: Remedy.OPERATOR });

/**
 * The findings whose condition holds.
 *
 * @param {readonly (readonly [boolean, () => Finding])[]} table
 * @returns {readonly Finding[]}
 */
export const those = (table) => table.filter(([holds]) => holds).map(([, finding]) => finding());
