import { jsonOf } from "../../../errors/json-text";
import { isSamePlace } from "../../edge/zone";
import { dependabotConfigIn } from "../../github/dependabot";
import { isWorkflow } from "../../github/neighbours";
import { cadenceWorkflowOf, pentestScopeIn } from "../../github/pentest";
import type { WrittenFile } from "../../github/repository";
import { snykWorkflowOf } from "../../github/snyk-workflow";
import {
  controlOfFile,
  filesOn,
  type Found,
  knownAt,
  type KnownFile,
  neededAt,
  PATHS,
  programsOf,
  type Subject,
} from "../../github/subject";
import { yamlOf } from "../../github/yaml";
import { oncePer } from "../../once-per";
import { undecided, type Unknown } from "../../result";
import { canonicalJson, isObject, type JsonObject } from "../../terraform/json";
import { both, type Pair } from "../app";
import { Area, changeOf, type Difference, Direction } from "./difference";
import { asWhole, type Fact, factDifferences, factsOf, keyOfFact } from "./fact";
import { besideFacts, pentestFacts, scanFacts } from "./scans";
import { keyOf, type Sides } from "./sides";

/** How repositories differ. One that a single side writes is one difference: what is held in it stands below. */
export function repositoryDifferences({ repositories }: Sides): readonly Difference[] {
  const names = both(repositories, (all) => new Set(all.map(({ written }) => keyOf(written))));
  const isShared = (subject: Subject): boolean =>
    names.before.has(keyOf(subject.written)) && names.after.has(keyOf(subject.written));
  const shared = both(repositories, (all) => all.filter(isShared));
  const single = both(repositories, (all) => all.filter((subject) => !isShared(subject)));
  const held = both(shared, (all) => all.flatMap(heldIn));
  return [
    ...factDifferences(withoutUnknownFiles(held, shared)),
    ...fileDifferences(shared),
    ...single.before.flatMap((subject) => wholly(subject, false)),
    ...single.after.flatMap((subject) => wholly(subject, true)),
  ];
}

const heldIn = (subject: Subject): readonly Fact[] => [...scanFacts(subject), ...pentestFacts(subject)];

/** A repository that one side alone writes. */
function wholly(subject: Subject, isNew: boolean): readonly Difference[] {
  const { environment, written } = subject;
  const { name: of, files } = written;
  const about = { area: Area.SCANS, environments: [environment] };
  const paths = files.map(({ path }) => path).sort();
  const what = `the files that are written to ${of}`;
  const whole = factsOf({ ...about, of })("files", what, { value: paths.join(", ") }, { value: "none" });
  const facts = [...heldIn(subject), whole];
  const parts = factDifferences(isNew ? { before: [], after: facts } : { before: facts, after: [] });
  return asWhole(parts, { ...about, what: `the repository ${of}`, of, isNew, words: ["written", "not written"] });
}

/**
 * The files of repositories that both sides write, where they say something else than before. Things that are told
 * elsewhere are left out. The proof covers the effects on the statements, so each file is only named.
 */
function fileDifferences(subjects: Pair<readonly Subject[]>): readonly Difference[] {
  const same = sameFilesIn(subjects);
  const facts = both(subjects, (all) => all.flatMap((subject) => fileFacts(subject, same)));
  return factDifferences(facts).map((difference) => {
    const { direction, before, after } = difference;
    const isUndecided = direction === Direction.UNDECIDED;
    const inWords = (text: string | undefined, something: string) =>
      text === "" && !isUndecided ? "nothing" : something;
    const words = { before: inWords(before, "something"), after: inWords(after, "something else") };
    return { ...difference, ...words, sentence: changeOf({ ...difference, ...words }) };
  });
}

/** The files that say the same on both sides, whatever is known of what they say. */
function sameFilesIn({ before, after }: Pair<readonly Subject[]>): ReadonlySet<string> {
  const textsIn = (all: readonly Subject[]) =>
    new Map(all.flatMap((subject) => subject.written.files.map((file) => [keyOfFile(subject, file), file.text])));
  const [earlier, later] = [textsIn(before), textsIn(after)];
  return new Set([...later].flatMap(([key, text]) => (text !== undefined && earlier.get(key) === text ? key : [])));
}

const keyOfFile = ({ written, branch: main }: Subject, { path, branch = main }: WrittenFile): string =>
  JSON.stringify([keyOf(written), branch, path]);

function fileFacts(subject: Subject, same: ReadonlySet<string>): readonly Fact[] {
  const { environment, branch, written } = subject;
  const { name: of, files } = written;
  const others = files.filter((file) => file.branch !== undefined && file.branch !== branch);
  const told = knownIn(subject);
  const fact = factsOf({ area: Area.SCANS, environments: [environment], of });
  const unknown = unknownFilesIn(subject);
  const differing = [...filesOn(subject), ...others].filter((file) => !same.has(keyOfFile(subject, file)));
  return differing.map((file) => {
    const isOther = others.includes(file);
    const parts = ["file", file.path, ...(isOther ? [file.branch ?? ""] : [])];
    const said = { value: told.get(file) ?? textIn(file), isKnown: file.text !== undefined };
    const more = { control: controlOfFile(file), unknown: isOther ? undefined : unknown.get(file.path) };
    return fact(parts, `what ${file.path} of ${of} says`, { ...said, ...more }, { value: "" });
  });
}

/** The text of a file that matters to those who run it: a comment is no part of it. */
function textIn(file: WrittenFile): string {
  const { path, text } = file;
  if (text === undefined) return "what only the apply knows";
  const said = isWorkflow(file) ? withoutName(yamlIn(text)) : path === PATHS.policy ? besideFacts(text) : undefined;
  return said === undefined ? text : canonicalJson(said);
}

/** The files that are known, with what each says beside what other facts tell. */
function knownIn(subject: Subject): ReadonlyMap<WrittenFile, string> {
  const known = <T>(
    file: Found<KnownFile<T>>,
    rest: (value: T) => unknown,
  ): readonly (readonly [WrittenFile, string])[] =>
    file.kind === "found" ? [[file.value.file, canonicalJson(rest(file.value.value))]] : [];
  const programs = PROGRAMS.map((program) => programsOf(subject, program));
  return new Map([
    ...known(snykWorkflowOf(subject), () => []),
    ...known(cadenceWorkflowOf(subject), (value) => value),
    ...known(knownAt(subject, PATHS.dependabot, dependabotConfigIn), ({ managedWorkflows }) => managedWorkflows),
    ...known(knownAt(subject, PATHS.scope, pentestScopeIn), (value) => value),
    ...programs.flatMap((each) => (each.kind === "found" ? each.value : [])).map((file) => [file, ""] as const),
  ]);
}

function withoutName(workflow: JsonObject | undefined): JsonObject | undefined {
  const { name: _, ...others } = workflow ?? {};
  return workflow && others;
}

/** A YAML file as an object, if it is one. */
function yamlIn(text: string): JsonObject | undefined {
  const { value } = yamlOf(text);
  return isObject(value) ? value : undefined;
}

/** The programs whose effects the proof covers. */
const PROGRAMS = ["snyk-scan", "pentest-check", "one-issue"] as const;

/** The files that facts are read from and whose texts aren't known, by their paths, each with the reason. */
const unknownFilesIn = oncePer((subject: Subject): ReadonlyMap<string, string> => {
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
function withoutUnknownFiles(facts: Pair<readonly Fact[]>, subjects: Pair<readonly Subject[]>): Pair<readonly Fact[]> {
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
