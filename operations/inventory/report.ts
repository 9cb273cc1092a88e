import { type Finding, Level } from "./finding";

/** Something that was found, and why it may be there. */
export interface Ignored extends Pick<Finding, "id" | "what"> {
  readonly reason: string;
}

/** What was found. */
export interface Report {
  /** The environments that were looked at. */
  readonly environments: readonly string[];
  readonly findings: readonly Finding[];
  /** What may be there, by the word of an environment. */
  readonly ignored: readonly Ignored[];
  /** TypeScript for the environment's file. */
  readonly paste?: string;
}

/** 0: nothing has to change. 1: something has to. 2: nobody can say. */
export function exitCodeOf({ findings }: Report): 0 | 1 | 2 {
  const levels = new Set(findings.map(({ level }) => level));
  if (levels.has(Level.FAILURE)) return 1;
  return levels.has(Level.UNDECIDED) ? 2 : 0;
}

const ORDER = [Level.FAILURE, Level.UNDECIDED, Level.NOTICE] as const;
const WIDTH = Math.max(...ORDER.map((level) => level.length));

/** The report in lines: what fails first, then what nobody can say, then what there is to know, then what may be. */
export function textOf({ environments, findings, ignored, paste }: Report): string {
  const number = (wanted: Level) => findings.filter(({ level }) => level === wanted).length;
  const ordered = ORDER.flatMap((level) => findings.filter((finding) => finding.level === level));
  return [
    environments.join(", "),
    "",
    ...ordered.flatMap(linesOf),
    ...ignored.flatMap(({ id, what, reason }) => [
      `${"ignored".padEnd(WIDTH)}  ${id}`,
      `  ${what}`,
      `  because ${reason}`,
    ]),
    ...(paste === undefined ? [] : ["", paste]),
    ...(ordered.length + ignored.length === 0 ? [] : [""]),
    [
      count(number(Level.FAILURE), "failure"),
      `${String(number(Level.UNDECIDED))} undecided`,
      count(number(Level.NOTICE), "notice"),
      `${String(ignored.length)} ignored`,
    ].join(", "),
    "",
  ].join("\n");
}

function linesOf({ id, level, what, todo, paste }: Finding): readonly string[] {
  const pasted = paste === undefined ? [] : paste.split("\n").map((line) => (line === "" ? "" : `    ${line}`));
  return [`${level.padEnd(WIDTH)}  ${id}`, `  ${what}`, `  to do: ${todo}`, ...pasted];
}

function count(number: number, noun: string): string {
  return `${String(number)} ${noun}${number === 1 ? "" : "s"}`;
}
