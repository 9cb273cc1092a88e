/** Where a command writes to. */
export interface Terminal {
  /** The answer: the same for the same input. */
  readonly write: (text: string) => void;
  /** What is said about the work: progress, warnings, errors. */
  readonly tell: (text: string) => void;
  /** Whether a person watches the answer come. */
  readonly isInteractive: boolean;
  /** How many characters a line has. */
  readonly columns: number;
  /** Whether the answer may be coloured. */
  readonly hasColour: boolean;
}

/**
 * The terminal of a process. Colour only on a TTY, and never where NO_COLOR is set.
 *
 * @see https://no-color.org
 */
export function terminalOf({ stdout, stderr, env }: NodeJS.Process): Terminal {
  const isInteractive = stdout.isTTY;
  return {
    write: (text) => stdout.write(text),
    tell: (text) => stderr.write(text),
    isInteractive,
    columns: isInteractive ? stdout.columns : 80,
    hasColour: isInteractive && (env["NO_COLOR"] ?? "") === "",
  };
}

/** Says what takes its time, to a person who waits for it. */
export function announce({ isInteractive, tell }: Terminal, work: string): void {
  if (isInteractive) tell(`${work} ...\n`);
}
