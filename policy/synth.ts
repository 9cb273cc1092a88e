/** The facts about a synth that the stacks, the constructs and the gate share. */

const BEING_PROVEN = new WeakSet<object>();

/** Runs an action while an app counts as being proven. Its constructs then warn of nothing, and its tokens keep no trace. */
export function whileProving<T>(app: object, action: () => T): T {
  BEING_PROVEN.add(app);
  try {
    return withoutTokenTraces(action);
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

/**
 * Runs an action whose tokens keep no trace of where they were made. cdktf takes a trace for each token, even with the
 * app's `stackTraces` off. The traces take longer than all else of a stack. Errors keep theirs.
 */
export function withoutTokenTraces<Value>(action: () => Value): Value {
  const { captureStackTrace } = Error;
  Error.captureStackTrace = tracesOfErrors(captureStackTrace);
  try {
    return action();
  } finally {
    Error.captureStackTrace = captureStackTrace;
  }
}

/**
 * Takes the traces of errors alone. For a token, cdktf asks for the trace of a plain object, and keeps none where it
 * gets none.
 */
export function tracesOfErrors(capture: typeof Error.captureStackTrace): typeof Error.captureStackTrace {
  return (holder, below) => {
    if (holder instanceof Error) capture(holder, below);
  };
}
