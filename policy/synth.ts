/** What the constructs and the gate both have to know of a synth. */

const BEING_PROVEN = new WeakSet<object>();

/** Runs an action while an app counts as being proven. Its constructs then warn of nothing. */
export function whileProving<T>(app: object, action: () => T): T {
  BEING_PROVEN.add(app);
  try {
    return action();
  } finally {
    BEING_PROVEN.delete(app);
  }
}

/** Whether an app is being proven, and not only synthesized. */
export function isBeingProven(app: object): boolean {
  return BEING_PROVEN.has(app);
}

/**
 * Whether cdktf's CLI runs the app. The CLI prints the annotations itself, passes standard output on, and labels standard
 * error as an error.
 *
 * @see https://github.com/hashicorp/terraform-cdk/blob/v0.21.0/packages/%40cdktf/cli-core/src/lib/synth-stack.ts
 */
export function isRunByCli(): boolean {
  return process.env["CDKTF_CONTINUE_SYNTH_ON_ERROR_ANNOTATIONS"] === "true";
}
