import type { StatementId } from "../../policy/statements";
import { Area, type Difference, isOfPolicy } from "../answers/diff/difference";
import type { FailedSynth } from "../answers/diff/failed-synth";
import type { StatementResult } from "../statements/results";
import type { Place } from "../terraform/stack";

/** The file that an environment is written in. */
export interface SourceFile {
  /** Its path in the repository. */
  readonly path: string;
  readonly text: string;
}

/** The files of environments by the names of these. The JSON is made of them, and is seldom kept itself. */
export type Sources = ReadonlyMap<string, SourceFile>;

/** A noun of an environment: the file that says it, and the line where that can be told. */
export interface SourceLine {
  readonly path: string;
  readonly line?: number | undefined;
}

/** Where an environment says a result's noun, or a difference's. */
export interface Noun {
  readonly environment: string | undefined;
  /** Values and members of the environment, the one that tells most first. */
  readonly words: readonly string[];
}

/** The place of a noun; undefined where nothing is known of the environment's file. */
export function sourceOf({ environment, words }: Noun, sources: Sources | undefined): SourceLine | undefined {
  const file = environment === undefined ? undefined : sources?.get(environment);
  if (file === undefined) return undefined;
  const lines = file.text.split("\n");
  const found = words.map((word) => lines.findIndex((line) => says(line, word))).find((index) => index !== -1);
  return { path: file.path, line: found === undefined ? undefined : found + 1 };
}

/** A place as people write it. */
export const spotOf = ({ path, line }: SourceLine): string => (line === undefined ? path : `${path}:${line}`);

/** Whether a line writes a word as a value in quotes, or as the name of a member. */
function says(line: string, word: string): boolean {
  const text = line.trimStart();
  if (/^(?:\/\/|\*|\/\*)/.test(text)) return false;
  return (
    [`"${word}"`, `'${word}'`, `\`${word}\``].some((quoted) => line.includes(quoted)) ||
    [`${word}:`, `${word},`, `${word}(`].some((member) => text.startsWith(member))
  );
}

/** The members of an environment that a statement speaks of. */
const OF_STATEMENT: Readonly<Record<StatementId, readonly string[]>> = {
  "PORTS-1": ["edge", "hosts"],
  "PORTS-2": ["edge", "hosts"],
  "PORTS-3": ["datastores"],
  "PORTS-4": ["datastores"],
  "HOOK-1": ["webhooks"],
  "WEB-1": ["ingress", "hosts"],
  "DB-1": ["datastores", "egress"],
  "WORK-1": ["workers"],
  "WORK-2": ["workerEgress", "workers"],
  "PEN-1": ["pentest", "repositories"],
  "PEN-2": ["pentest", "repositories"],
  "SCAN-1": ["repositories"],
  "SCAN-2": ["repositories"],
  "SCAN-3": ["repositories"],
  "SCAN-4": ["repositories"],
};

/** Where an environment says what a result is about: a rule of others by its name, else a member. */
export function nounOfResult({ environment, statement, controls }: StatementResult): Noun {
  return { environment, words: [...controls.map(({ name }) => name), ...OF_STATEMENT[statement], "name"] };
}

/** Where an environment says what a thing of its stack is for: by the names in its construct's path, else nowhere. */
export function nounAt({ stack, path = "" }: Place): Noun {
  return { environment: stack, words: [...path.split("/").slice(1).reverse(), "name"] };
}

/** The members of an environment that differences are about. */
const OF_AREA: Partial<Readonly<Record<Area, readonly string[]>>> = {
  [Area.REQUESTS]: ["otherRules", "hosts"],
  [Area.RECORDS]: ["hosts"],
  [Area.SETTINGS]: ["zone"],
  [Area.DATABASE]: ["datastores"],
  [Area.KEY_VALUE]: ["datastores"],
  [Area.WEB_SERVICE]: ["hosts"],
  [Area.WORKER]: ["workers"],
  [Area.EGRESS]: ["workerEgress", "egress"],
  [Area.SCANS]: ["repositories"],
  [Area.PENTEST]: ["pentest", "repositories"],
};

export function nounOfDifference(difference: Difference): Noun {
  const { environments, area, subject, by, statement } = difference;
  const { of, parts } = subject;
  const [environment] = environments;
  const within = isOfPolicy(difference) ? wordsIn(of.slice((environment ?? "").length + 1)) : [...parts, of];
  const controls = [by.after, by.before].flatMap((control) => control?.name ?? []);
  const members = statement === undefined ? (OF_AREA[area] ?? []) : OF_STATEMENT[statement];
  return { environment, words: [...within, ...controls, ...members, "name"] };
}

/** Where an environment says what its synth refused. */
export function nounsOfFailure({ problems }: FailedSynth): readonly Noun[] {
  return problems.map(({ at, got }) => {
    const [environment = ""] = /^[\w-]+/.exec(at) ?? [];
    const value = /^"(.*)"$/.exec(got)?.[1];
    return { environment, words: [...(value === undefined ? [] : [value]), ...wordsIn(at.slice(environment.length))] };
  });
}

/** The values and members of a key path, the last first: of `webhooks[/x].path`, `path`, `/x` and `webhooks`. */
function wordsIn(path: string): readonly string[] {
  const words = [...path.matchAll(/\[("?)(.*?)\1\]|([\w-]+)/g)].map(
    ([, , bracketed, member]) => bracketed ?? member ?? "",
  );
  return words.filter((word) => !/^\d*$/.test(word)).reverse();
}
