import { spawn } from "node:child_process";
import { join } from "node:path";
import { type Ended, runTimed, type Run } from "./run-program";

/** The folder that ships. */
export const PROGRAMS = join(__dirname, "../../appliers/programs");

/** A request's time is the one that passes for real: long enough for a busy machine. */
export const QUICK: Readonly<Record<string, string>> = {
  APPLIER_DEADLINE_MS: "60000",
  APPLIER_REQUEST_TIMEOUT_MS: "60000",
  APPLIER_ATTEMPTS: "3",
  APPLIER_BACKOFF_MS: "5",
  APPLIER_POLL_MS: "5",
};

export interface AppliedKind {
  readonly kind: string;
  /** The desired state, as a value or as text. */
  readonly desired: unknown;
  readonly environment: Readonly<Record<string, string>>;
  readonly args?: readonly string[];
  /** Another folder than the one that ships: its programs run in a process each, as Terraform starts them. */
  readonly folder?: string;
}

/** Runs an applier as Terraform's local-exec does: by path, with the state in the environment, from another folder. */
export async function runApplier(applied: AppliedKind): Promise<Ended> {
  const { kind, args = [], folder } = applied;
  if (folder !== undefined) return runNode([join(folder, `${kind}.mjs`), ...args], { env: environmentOf(applied) });
  return (await runTimedApplier(applied)).ended;
}

/** Runs one that ships, and says how long it waited between its requests. */
export function runTimedApplier(applied: AppliedKind): Promise<Run> {
  const { kind, args = [] } = applied;
  return runTimed({ program: join(PROGRAMS, `${kind}.mjs`), args, env: environmentOf(applied) });
}

function environmentOf({ desired, environment }: AppliedKind): Readonly<Record<string, string>> {
  const state = typeof desired === "string" ? desired : JSON.stringify(desired);
  return { ...QUICK, ...environment, ...(desired === undefined ? {} : { DESIRED_STATE: state }) };
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
