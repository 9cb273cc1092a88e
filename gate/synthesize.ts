import { inspect } from "node:util";
import type { App } from "cdktf";
import { InvalidInput } from "../errors/invalid-input";
import type { Policy } from "../policy/policy";
import { clearOutput } from "./output-folder";
import { gate, NotProven } from "./gate";

import { PROCESS, type Terminal } from "./terminal";

/** The app to synthesize, with its policies. */
export interface Synthesis {
  readonly app: App;
  /** The policies that have to hold. Each has the name of a stack of the app. */
  readonly policies: readonly Policy[];
  /**
   * Warnings of the app's own, a line each. They are printed with those of the constructs.
   *
   * @default - none
   */
  readonly warnings?: readonly string[];
}

/**
 * Composes an app, synthesizes it through the gate and says how it went.
 *
 * @returns the exit code: 0 proven, 1 violated, 2 undecided or bad input
 */
export async function runToEnd(
  compose: () => Synthesis | Promise<Synthesis>,
  terminal: Terminal = PROCESS,
): Promise<0 | 1 | 2> {
  try {
    const { app, policies, warnings = [] } = await compose();
    gate(app, policies, { warnings, terminal });
    return 0;
  } catch (error) {
    if (!(error instanceof InvalidInput || error instanceof NotProven)) throw error;
    terminal.tell(error.message.trimEnd());
    return error instanceof NotProven ? error.exitCode : 2;
  }
}

/**
 * Runs an app to its end: composes it, synthesizes it through the gate, and says how it went.
 *
 * A proven app ends with 0 and the line of the gate. Bad input ends with 2. An unproven policy ends with 1 where it is
 * violated, and with 2 where it is undecided. Both print their message alone, without a stack. Any other error is a fault of
 * the program: it is printed with its stack, and ends with 2, since nothing is known.
 *
 * The output folder (`CDKTF_OUTDIR`, else `cdktf.out`) is cleared before anything is composed, so an app that fails leaves
 * nothing that could be deployed. Where Terraform would read files there that no synth wrote, the folder stays as it was, and
 * the app ends with 2.
 *
 * @param compose makes the app and its policies. Policies that are made in here have their problems printed, too.
 */
export function synthesize(compose: () => Synthesis | Promise<Synthesis>): void {
  const cleared = () => {
    clearOutput();
    return compose();
  };
  void runToEnd(cleared).then(
    (code) => {
      if (code !== 0) process.exitCode = code;
    },
    (error: unknown) => {
      PROCESS.tell(inspect(error));
      process.exitCode = 2;
    },
  );
}
