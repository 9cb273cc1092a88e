import { spawn } from "node:child_process";
import { join } from "node:path";
import { type Ended, runProgram } from "./run-program";

/** The folder that ships. */
export const PROGRAMS = join(__dirname, "../../appliers/programs");

/** A process on a machine that is busy with everything else may take long to start. */
export const SLOW_MACHINE = 60_000;

/** Waits that are short enough for tests, and long enough for a busy machine. */
export const QUICK: Readonly<Record<string, string>> = {
  APPLIER_DEADLINE_MS: "20000",
  APPLIER_REQUEST_TIMEOUT_MS: "5000",
  APPLIER_ATTEMPTS: "3",
  APPLIER_BACKOFF_MS: "5",
  APPLIER_POLL_MS: "5",
};

export interface Run {
  readonly kind: string;
  /** The desired state, as a value or as text. */
  readonly desired: unknown;
  readonly environment: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Another folder than the one that ships: its programs run in a process each, as Terraform starts them. */
  readonly folder?: string;
}

/** Runs an applier as Terraform's local-exec does: by path, with the state in the environment, from another folder. */
export function runApplier({ kind, desired, environment, args = [], folder }: Run): Promise<Ended> {
  const state = typeof desired === "string" ? desired : JSON.stringify(desired);
  const env = { ...QUICK, ...environment, ...(desired === undefined ? {} : { DESIRED_STATE: state }) };
  return folder === undefined
    ? runProgram({ program: join(PROGRAMS, `${kind}.mjs`), args, env })
    : runNode([join(folder, `${kind}.mjs`), ...args], { env });
}

/** Runs Node.js with nothing of this process's environment. */
export async function runNode(
  args: readonly string[],
  { env = {}, input = "" }: { readonly env?: Readonly<Record<string, string>>; readonly input?: string } = {},
): Promise<Ended> {
  const child = spawn(process.execPath, args, { env, cwd: "/" });
  const said = { stdout: "", stderr: "" };
  child.stdout.setEncoding("utf8").on("data", (text: string) => (said.stdout += text));
  child.stderr.setEncoding("utf8").on("data", (text: string) => (said.stderr += text));
  child.stdin.end(input);
  const code = await new Promise<number | null>((resolve) => child.on("close", resolve));
  return { code, ...said };
}
