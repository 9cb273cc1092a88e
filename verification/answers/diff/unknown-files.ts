import { dependabotConfigIn } from "../../github/dependabot";
import { cadenceWorkflowOf, pentestScopeIn } from "../../github/pentest";
import { snykWorkflowOf } from "../../github/snyk-workflow";
import { controlOfFile, type Found, knownAt, neededAt, PATHS, programsOf, type Subject } from "../../github/subject";
import { jsonOf } from "../../../errors/json-text";
import { isSamePlace } from "../../edge/zone";
import { oncePer } from "../../once-per";
import { undecided, type Unknown } from "../../result";
import { isObject } from "../../terraform/json";
import { both, type Pair } from "../app";
import { type Fact, keyOfFact } from "./fact";

/** The programs whose effects the proof covers. */
export const PROGRAMS = ["snyk-scan", "pentest-check", "one-issue"] as const;

/** The files that facts are read from and whose texts aren't known, by their paths, each with the reason. */
export const unknownFilesIn = oncePer((subject: Subject): ReadonlyMap<string, string> => {
  const read: readonly (readonly [path: string, found: Found<unknown>])[] = [
    [PATHS.snyk, snykWorkflowOf(subject)],
    [PATHS.cadence, cadenceWorkflowOf(subject)],
    [PATHS.dependabot, knownAt(subject, PATHS.dependabot, dependabotConfigIn)],
    [PATHS.policy, policyOf(subject)],
    [PATHS.scope, knownAt(subject, PATHS.scope, pentestScopeIn)],
    ...PROGRAMS.map((program) => programsOf(subject, program)).map((found) => [pathIn(found, subject), found] as const),
  ];
  return new Map(
    read.flatMap(([path, found]) => {
      const reasons = unknownsIn(found).map(({ reason }) => reason);
      return reasons.length === 0 ? [] : [[path, reasons.join("; ")] as const];
    }),
  );
});

const unknownsIn = (found: Found<unknown>): readonly Unknown[] =>
  found.kind !== "found" && found.verdict === "undecided" ? found.unknown : [];

/** The file of a program that isn't known. */
function pathIn(found: Found<unknown>, { written }: Subject): string {
  const [unknown] = unknownsIn(found);
  const file = written.files.find((each) => isSamePlace(controlOfFile(each), unknown?.place));
  return file?.path ?? "";
}

function policyOf(subject: Subject): Found<unknown> {
  const file = neededAt(subject, PATHS.policy);
  return file.kind !== "found" || isObject(jsonOf(file.value.value))
    ? file
    : undecided(`${PATHS.policy} is no JSON object`);
}

/** The facts of two apps without those of a file whose text one side doesn't know: the file is told as a whole. */
export function withoutUnknownFiles(
  facts: Pair<readonly Fact[]>,
  subjects: Pair<readonly Subject[]>,
): Pair<readonly Fact[]> {
  const unknown = new Set(
    [...subjects.before, ...subjects.after].flatMap((subject) =>
      [...unknownFilesIn(subject).keys()].map((path) => placeOf(subject.written.name, path)),
    ),
  );
  const isRead = ({ control, subject: { of } }: Fact): boolean => {
    const [, path = ""] = /^[^:]*:(.*)$/.exec(control?.name ?? "") ?? [];
    return unknown.has(placeOf(of, path));
  };
  const dropped = new Set([...facts.before, ...facts.after].filter(isRead).map(keyOfFact));
  return both(facts, (all) => all.filter((fact) => !dropped.has(keyOfFact(fact))));
}

const placeOf = (repository: string, path: string): string => `${repository.toLowerCase()}:${path}`;
