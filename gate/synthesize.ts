import { clearOutput } from "./clear-output";
import { runToEnd } from "./run-to-end";
import type { Synthesis } from "./synthesis";

/**
 * Runs an app to its end: composes it, synthesizes it through the gate, and says how it went.
 *
 * A proven app ends with 0 and the line of the gate. Bad input ends with 2. An unproven policy ends with 1 where it is
 * violated, and with 2 where it is undecided. Both print their message alone, without a stack. Any other error is a fault of
 * the program, and ends as Node.js ends it.
 *
 * The output folder (`CDKTF_OUTDIR`, else `cdktf.out`) is cleared before anything is composed, so an app that fails leaves
 * nothing that could be deployed.
 *
 * @param compose makes the app and its policies. Policies that are made in here have their problems printed, too.
 */
export function synthesize(compose: () => Synthesis | Promise<Synthesis>): void {
  clearOutput(process.env["CDKTF_OUTDIR"] ?? "cdktf.out");
  void runToEnd(compose).then((code) => {
    if (code !== 0) process.exitCode = code;
  });
}
