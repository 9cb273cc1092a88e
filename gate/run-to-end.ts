import type { Synthesis } from "./synthesis";
import { PROCESS, type Terminal } from "./terminal";

/**
 * Composes an app, synthesizes it through the gate and says how it went. What is heavy is loaded in here, and not before.
 *
 * @returns the exit code: 0 proven, 1 violated, 2 undecided or bad input
 */
export async function runToEnd(
  compose: () => Synthesis | Promise<Synthesis>,
  terminal: Terminal = PROCESS,
): Promise<0 | 1 | 2> {
  const { InvalidInput } = await import("../errors/invalid-input");
  const { gate } = await import("./gate");
  const { NotProven } = await import("./not-proven");
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
