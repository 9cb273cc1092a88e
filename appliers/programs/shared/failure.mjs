// @ts-check

/** The exit codes, with `--check` and without it. */
export const Exit = Object.freeze({
  /** The platform says that the desired state is in force. */
  IN_FORCE: 0,
  /** The platform says that it isn't. */
  DIFFERS: 1,
  /** Nothing can be said: bad input, no access, no answer, or an answer that can't be understood. */
  CANNOT_TELL: 2,
});

/** The reason why nothing can be said about the platform's state. Its message is one line and holds no secret. */
export class CannotTell extends Error {
  /**
   * @param {string} what what happened
   * @param {string} todo what to do about it
   */
  constructor(what, todo) {
    super(`${what}; ${todo}`);
    this.name = "CannotTell";
    this.what = what;
    this.todo = todo;
  }
}
