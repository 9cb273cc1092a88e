import { chooseNamed } from "../choose";
import { codeOfAll, codeOfProgram, type ExitCode } from "../exit-code";
import type { Runner } from "./program";

/** A question to the live platforms, asked by a command of its own. */
export interface LiveCheck {
  readonly name: "plan" | "appliers" | "probe" | "inventory";
  /** The command's arguments. */
  readonly args: (subject: LiveSubject) => readonly string[];
  /** Whether "can't tell" counts. */
  readonly mustTell: boolean;
}

export interface LiveSubject {
  readonly environment: string;
  readonly folder: string;
  /** The shared proxies in front of datastores, as `probe` takes them: `id=host`. */
  readonly proxies: readonly string[];
}

/**
 * The checks, in the order in which they are asked. A probe that can't tell is reported and counts for nothing: what can be
 * seen depends on where a runner happens to stand, and an issue that nobody can close is one that nobody reads.
 */
export const LIVE_CHECKS: readonly LiveCheck[] = [
  inTheStack("plan"),
  inTheStack("appliers"),
  {
    name: "probe",
    mustTell: false,
    args: ({ environment, folder, proxies }) => [
      "probe",
      environment,
      `--folder=${folder}`,
      ...proxies.map((proxy) => `--proxy=${proxy}`),
    ],
  },
  {
    name: "inventory",
    mustTell: true,
    args: ({ environment, folder }) => ["inventory", environment, `--folder=${folder}`],
  },
];

function inTheStack(name: "plan" | "appliers"): LiveCheck {
  return { name, mustTell: true, args: ({ environment, folder }) => ["deployment", name, environment, folder] };
}

/**
 * The checks of these names, in the order of all.
 *
 * @throws {InvalidInput} where there is none of a name
 */
export function chooseChecks(names: readonly string[] | undefined): readonly LiveCheck[] {
  if (names === undefined) return LIVE_CHECKS;
  return chooseNamed(LIVE_CHECKS, names, { subject: "the choice of checks", at: "--only" });
}

/** The answer of a check. */
export interface Seen {
  readonly check: LiveCheck;
  readonly code: ExitCode;
  readonly text: string;
}

export interface LiveSurroundings extends Runner {
  /** How a command of this project is run, without its arguments. */
  readonly command: readonly [string, ...(readonly string[])];
  readonly root: string;
}

export async function look(
  checks: readonly LiveCheck[],
  subject: LiveSubject,
  { run, variables, command, root }: LiveSurroundings,
): Promise<readonly Seen[]> {
  const seen: Seen[] = [];
  // A command that tells a runner what to hide would show it in the report.
  const environment = { ...variables, GITHUB_ACTIONS: "" };
  for (const check of checks) {
    const [program, ...before] = command;
    const asked = [program, ...before, ...check.args(subject)] as const;
    const { code, output } = await run({ command: asked, folder: root, environment });
    seen.push({ check, code: codeOfProgram(code), text: output.trim() });
  }
  return seen;
}

/** Whether the answer of a check counts: not where a check can't tell that doesn't have to. */
export const isCounted = ({ check, code }: Seen): boolean => code !== 2 || check.mustTell;

/** 1 where something differs; otherwise 2 where a check that has to tell can't. */
export const liveCode = (seen: readonly Seen[]): ExitCode => codeOfAll(seen.filter(isCounted).map(({ code }) => code));
