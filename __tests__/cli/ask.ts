import { run } from "../../cli/run";
import type { ExitCode } from "../../cli/verb";

/** The outcome of a command. */
export interface Answer {
  readonly code: ExitCode;
  readonly written: string;
  readonly told: string;
}

/** Runs a command, as a terminal of 80 columns that nobody watches. */
export async function ask(...args: readonly string[]): Promise<Answer> {
  const said = { written: "", told: "" };
  const terminal = {
    write: (text: string) => (said.written += text),
    tell: (text: string) => (said.told += text),
    isInteractive: false,
    columns: 80,
    hasColour: false,
  };
  const code = await run(args, terminal, {});
  return { code, ...said };
}
