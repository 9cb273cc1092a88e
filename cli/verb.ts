import type { Command } from "commander";
import type { ExitCode } from "../operations/exit-code";
import type { Variables } from "../operations/platforms/platform";
import type { Terminal } from "./terminal";

export type { ExitCode };

/** The exit codes in words. A command by which they mean something narrower says so itself. */
export const EXIT_CODES =
  "Exit codes: 0 it holds or was done, 1 it doesn't hold, 2 it can't be decided, or the input is wrong.";

/** The surroundings of an action. */
export interface Surroundings {
  readonly terminal: Terminal;
  readonly environment: Variables;
  /** Called once, when the action is over. */
  readonly finish: (code: ExitCode) => void;
}

/** Adds a command to the program. An action imports the modules of its work, so that help costs nothing. */
export type Verb = (program: Command, surroundings: Surroundings) => void;
