import type { Command } from "commander";
import type { Terminal } from "./terminal";

/**
 * How a command ends.
 *
 * 0: it holds, or it was done. 1: it doesn't hold. 2: it can't be decided, or the input is wrong.
 */
export type ExitCode = 0 | 1 | 2;

/** The same for help. A command that means something narrower says so itself. */
export const EXIT_CODES =
  "Exit codes: 0 it holds or was done, 1 it doesn't hold, 2 it can't be decided, or the input is wrong.";

/** The surroundings of an action. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly environment: Readonly<Record<string, string | undefined>>;
  /** Called once, when the action is over. */
  readonly finish: (code: ExitCode) => void;
}

/** Adds a command to the program. An action imports the modules of its work, so that help costs nothing. */
export type Verb = (program: Command, surroundings: Surroundings) => void;
