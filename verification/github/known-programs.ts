import document from "./known-programs.json";
import { sha256 } from "../terraform/source";
import type { Holes, Unknown } from "./known-text";

/** A program of a repository that somebody has read. It is known by the hash of each of its files, in every released form. */
export type Program = "snyk-scan" | "pentest-check" | "one-issue";

/** The hash of each file, by its name. */
type Version = Readonly<Record<string, string>>;

const known: Readonly<Record<Program, { readonly files: Version; readonly released: readonly Version[] }>> =
  document.programs;

export const PROGRAMS = Object.keys(known) as readonly Program[];

/** The names of a program's files. */
export function filesOfProgram(program: Program): readonly string[] {
  return Object.keys(known[program].files);
}

/** A file of a program that is none of its known version; undefined where the program is known. */
export function unknownFileOf(program: Program, texts: ReadonlyMap<string, string>): string | undefined {
  const { files, released } = known[program];
  const open = [files, ...released].map((version) =>
    Object.entries(version).filter(([name, hash]) => hash !== sha256(texts.get(name) ?? "")),
  );
  return open.some((each) => each.length === 0) ? undefined : open[0]?.[0]?.[0];
}

/** A tool that a workflow installs by its version. */
export type Tool = "snyk" | "uv" | "python";

interface Range {
  readonly from: string;
  readonly to: string;
}

/**
 * The versions whose exit codes somebody has read. Each version of these ranges exists.
 *
 * - snyk: https://github.com/snyk/cli/blob/v1.1306.4/cliv2/internal/constants/constants.go
 * - uv: https://docs.astral.sh/uv/reference/cli/#uv-export, https://pypi.org/project/uv/#history
 * - python: https://github.com/actions/python-versions
 */
const TOOLS: Readonly<Record<Tool, Range>> = {
  snyk: { from: "v1.1306.0", to: "v1.1306.4" },
  uv: { from: "0.13.0", to: "0.13.9" },
  python: { from: "3.9", to: "3.14" },
};

export function isKnownVersion(tool: Tool, version: string): boolean {
  const { from, to } = TOOLS[tool];
  const [lowest = [], highest = [], own = []] = [from, to, version].map((each) => each.split(/\D+/).map(Number));
  const form = (text: string): string => text.replace(/(?<!\d)(?:0|[1-9]\d{0,8})(?!\d)/g, "n");
  return form(version) === form(from) && compare(lowest, own) <= 0 && compare(own, highest) <= 0;
}

function compare(one: readonly number[], other: readonly number[]): number {
  const at = one.findIndex((part, index) => part !== other[index]);
  return at < 0 ? 0 : (one[at] ?? 0) - (other[at] ?? 0);
}

/** Machines that GitHub gives to everybody: https://github.com/actions/runner-images */
const RUNNERS: readonly string[] = ["ubuntu-22.04", "ubuntu-24.04"];

/**
 * The commits of actions that somebody has read, with the release that each is of. A fork's commit answers to the name of
 * the repository too, so only a commit of this table is known.
 *
 * @see https://docs.github.com/en/actions/reference/security/secure-use#using-third-party-actions
 */
const ACTIONS = {
  checkout: { "3d3c42e5aac5ba805825da76410c181273ba90b1": "v7.0.1" },
  "setup-python": { "5fda3b95a4ea91299a34e894583c3862153e4b97": "v7.0.0" },
  "setup-snyk": { "9adf32b1121593767fc3c057af55b55db032dc04": "v1.0.0" },
  "upload-sarif": { "8aad20d150bbac5944a9f9d289da16a4b0d87c1e": "v4.36.2" },
} as const satisfies Readonly<Record<string, Readonly<Record<string, string>>>>;

export type Action = keyof typeof ACTIONS;

/** How a workflow names an action by a commit; undefined for a commit that isn't in the table. */
export function pinOf(action: Action, commit: string): string | undefined {
  const commits: Readonly<Record<string, string>> = ACTIONS[action];
  return Object.hasOwn(commits, commit) ? `${commit} # ${commits[commit] ?? ""}` : undefined;
}

export function unlessHosted(runner: string): Unknown | undefined {
  return RUNNERS.includes(runner) ? undefined : { unknown: `its runner ${runner} isn't known here` };
}

/** The actions that a workflow uses, as it names them by their commits. */
export function pinsIn(holes: Holes): Holes | Unknown {
  const used = (Object.keys(ACTIONS) as readonly Action[]).filter((action) => (holes[action] ?? "") !== "");
  const pins = used.map((action) => [action, pinOf(action, holes[action] ?? "")] as const);
  const [unknown] = pins.find(([, pin]) => pin === undefined) ?? [];
  if (unknown !== undefined) return { unknown: `its ${unknown} at ${holes[unknown] ?? ""} isn't known here` };
  return Object.fromEntries(pins.map(([action, pin = ""]) => [action, pin]));
}
