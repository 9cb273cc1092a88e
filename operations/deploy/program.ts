import { spawn } from "node:child_process";

/** The folder of the project that is deployed: a command of it is called there, from its own checkout or from the package. */
export const ROOT = process.cwd();

/** The variables of a process. */
export type Variables = Readonly<Record<string, string | undefined>>;

/** A program to run to its end. */
export interface Program {
  readonly command: readonly [string, ...(readonly string[])];
  readonly folder: string;
  readonly environment: Variables;
}

/** How a program ended. */
export interface Ended {
  /** Its exit code; undefined where it couldn't be started or was killed. */
  readonly code: number | undefined;
  /** What it said, on both of its outputs, in the order in which it came. */
  readonly output: string;
}

/** Runs a program; another one stands in for tests. */
export type RunProgram = (program: Program, onOutput?: (text: string) => void) => Promise<Ended>;

/** Runs a program by its name and arguments, without a shell. A variable that is empty counts as one that isn't set. */
export const runProgram: RunProgram = ({ command, folder, environment }, onOutput = () => undefined) => {
  const [name, ...args] = command;
  const env = Object.fromEntries(Object.entries(environment).filter(([, value]) => value !== ""));
  return new Promise((resolve) => {
    let output = "";
    const hear = (text: string): void => {
      output += text;
      onOutput(text);
    };
    const child = spawn(name, args, { cwd: folder, env, stdio: ["ignore", "pipe", "pipe"] });
    child.stdout.setEncoding("utf8").on("data", hear);
    child.stderr.setEncoding("utf8").on("data", hear);
    child.on("error", ({ message }) => {
      resolve({ code: undefined, output: `${output}${message}\n` });
    });
    child.on("close", (code) => {
      resolve({ code: code ?? undefined, output });
    });
  });
};

/** How a command of this project is run, without its arguments: with the Node.js and the loaders that run this one. */
export function ownCommand(): { readonly command: readonly [string, ...(readonly string[])]; readonly root: string } {
  const { execPath, execArgv, argv } = process;
  return { command: [execPath, ...execArgv, ...argv.slice(1, 2)], root: process.cwd() };
}
