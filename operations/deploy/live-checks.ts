import { InvalidInput } from "../../errors/invalid-input";
import { notListed } from "../../errors/nearest";
import type { RunProgram, Variables } from "./program";

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
 * What is asked, in this order. A probe that can't tell is reported and counts for nothing: what can be seen depends on
 * where a runner happens to stand, and an issue that nobody can close is one that nobody reads.
 */
export const LIVE_CHECKS: readonly LiveCheck[] = [
  { name: "plan", mustTell: true, args: ({ environment, folder }) => ["deployment", "plan", environment, folder] },
  {
    name: "appliers",
    mustTell: true,
    args: ({ environment, folder }) => ["deployment", "appliers", environment, folder],
  },
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

/**
 * The checks of these names, in the order of all.
 *
 * @throws {InvalidInput} where there is none of a name
 */
export function chooseChecks(names: readonly string[] | undefined): readonly LiveCheck[] {
  if (names === undefined) return LIVE_CHECKS;
  const known: readonly string[] = LIVE_CHECKS.map(({ name }) => name);
  const unknown = names.filter((name) => !known.includes(name));
  InvalidInput.throwIfAny(
    "the choice of checks",
    unknown.map((name) => notListed("--only", name, known)),
  );
  return LIVE_CHECKS.filter(({ name }) => names.includes(name));
}

/** What a check said. */
export interface Seen {
  readonly check: LiveCheck;
  readonly code: 0 | 1 | 2;
  readonly text: string;
}

export interface LiveSurroundings {
  readonly run: RunProgram;
  readonly variables: Variables;
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
    seen.push({ check, code: code === 0 || code === 1 ? code : 2, text: output.trim() });
  }
  return seen;
}

/** 1 where something differs; otherwise 2 where a check that has to tell can't. */
export function liveCode(seen: readonly Seen[]): 0 | 1 | 2 {
  if (seen.some(({ code }) => code === 1)) return 1;
  return seen.some(({ check, code }) => code === 2 && check.mustTell) ? 2 : 0;
}

const OUTCOMES = ["holds", "differs", "can't tell"] as const;

/**
 * The answers as Markdown. The first line is a heading made of fixed words and the environment's name, so that it can be the
 * title of an issue: it changes when the outcome of a check does.
 */
export function liveReport(environment: string, seen: readonly Seen[]): string {
  const troubled = seen.filter(({ check, code }) => code === 1 || (code === 2 && check.mustTell));
  const said = troubled.map(({ check, code }) => `${check.name} ${OUTCOMES[code]}`).join(", ");
  const title = `# ${environment}: ${said === "" ? "nothing differs" : said}`;
  const rows = seen.map(({ check, code }) => `| ${check.name} | ${OUTCOMES[code]} |`);
  const table = ["| check | outcome |", "| --- | --- |", ...rows].join("\n");
  const pages = seen.map(({ check, code, text }) => `## ${check.name}: ${OUTCOMES[code]}\n\n${fenced(text)}`);
  return `${[title, table, ...pages].join("\n\n")}\n`;
}

/** How much of a check is shown: an issue holds 65,536 characters. */
const LONGEST = 12_000;

/** Text that others had a part in stays text: the fence is longer than any in it. */
function fenced(text: string): string {
  const shown = text.length > LONGEST ? `${text.slice(0, LONGEST)}\n(cut: the run's log has all of it)` : text;
  const longest = Math.max(2, ...[...shown.matchAll(/`+/g)].map(([ticks]) => ticks.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}text\n${shown}\n${fence}`;
}
