/** Where a synth says how it went. */
export interface Terminal {
  /** Writes a line of the result. */
  readonly write: (line: string) => void;
  /** Writes a line for a person, beside the result. */
  readonly tell: (line: string) => void;
}

export const PROCESS: Terminal = {
  write: (line) => process.stdout.write(`${line}\n`),
  tell: (line) => process.stderr.write(`${line}\n`),
};
