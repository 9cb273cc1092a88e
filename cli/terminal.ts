/** Where a command writes to. */
export interface Terminal {
  /** The answer: the same for the same input. */
  readonly write: (text: string) => void;
  /** News about the work: progress, warnings, errors. */
  readonly tell: (text: string) => void;
  /** Whether a person watches the answer come. */
  readonly isInteractive: boolean;
  /** How many characters a line of the answer has. */
  readonly columns: number;
  /** Whether the answer may be coloured. */
  readonly hasColour: boolean;
}

/** The terminal of a process. */
export function terminalOf({ stdout, stderr, env }: Pick<NodeJS.Process, "stdout" | "stderr" | "env">): Terminal {
  const isInteractive = stdout.isTTY;
  return {
    write: (text) => stdout.write(text),
    tell: (text) => stderr.write(text),
    isInteractive,
    columns: isInteractive ? Math.min(stdout.columns, WIDEST) : 80,
    hasColour: wantsColour(env) ?? isInteractive,
  };
}

/** Longer lines are hard to follow. */
const WIDEST = 100;

/** The values of FORCE_COLOR that ask for colour. Any other one asks for none. */
const COLOURED = ["", "1", "true", "2", "3"];

/**
 * Whether the variables of a process ask for colour or against it, if they do. FORCE_COLOR beats NO_COLOR, as in Node.js.
 *
 * @see https://nodejs.org/api/cli.html#force_color1-2-3
 * @see https://no-color.org
 */
function wantsColour({ FORCE_COLOR: force, NO_COLOR: none = "" }: NodeJS.ProcessEnv): boolean | undefined {
  if (force !== undefined) return COLOURED.includes(force);
  return none === "" ? undefined : false;
}

/** Says what takes its time, to a person who waits for it. */
export function announce({ isInteractive, tell }: Terminal, work: string): void {
  if (isInteractive) tell(`${work} ...\n`);
}

/** Says how far work of many parts is, to a person who waits for it. */
export function progress({ isInteractive, tell }: Terminal): {
  readonly onProgress?: (done: number, all: number) => void;
} {
  if (!isInteractive) return {};
  return {
    onProgress: (done, all) => {
      tell(`\r${String(done)} of ${String(all)}${done === all ? "\n" : ""}`);
    },
  };
}

/** Texts, each on a line of its own. */
export const inLines = (texts: readonly string[]): string => texts.map((text) => `${text}\n`).join("");
