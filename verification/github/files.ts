import { enforced, type Result, undecided } from "../result";
import { type CadenceWorkflow, cadenceWorkflowIn } from "./cadence-workflow";
import { controlOf, controlOfFile, type Found, found, violated } from "./control";
import { filesOfProgram, type Program, standingOf } from "./known-programs";
import { type SnykWorkflow, snykWorkflowIn } from "./snyk-workflow";
import { filesOn, lacking, type Subject } from "./subject";
import { isUnknown, type Unknown } from "./text";
import type { WrittenFile } from "./written-repository";

/** Where the known texts and programs stand in a repository. */
const SECURITY = ".github/security";

export const PATHS = {
  snyk: ".github/workflows/snyk.yml",
  cadence: ".github/workflows/pentest-cadence.yml",
  dependabot: ".github/dependabot.yml",
  otherDependabot: ".github/dependabot.yaml",
  policy: `${SECURITY}/pentest-policy.json`,
  scope: `${SECURITY}/pentest-scope.md`,
} as const;

export interface KnownFile<T> {
  readonly file: WrittenFile;
  readonly value: T;
}

/** The text of a file of the default branch; undefined where none is written. */
export function textAt(subject: Subject, path: string): Found<KnownFile<string>> | undefined {
  const [file, second] = filesOn(subject).filter((each) => each.path === path);
  if (file === undefined) return undefined;
  if (second !== undefined) {
    const owner = `${file.resource.stack} ${file.resource.address}`;
    return undecided(
      `${path} of ${subject.written.name} has two owners: ${owner} and this`,
      controlOf(second.resource),
    );
  }
  if (file.text === undefined) return undecided(`the text of ${path} is known to the apply alone`, controlOfFile(file));
  return found({ file, value: file.text });
}

/** A file that has to be there. */
export function neededAt(subject: Subject, path: string): Found<KnownFile<string>> {
  const what = `nothing writes ${path} to the branch ${subject.branch}`;
  return textAt(subject, path) ?? lacking(subject, what, "write it, as ScanSchedule does");
}

/** A file that has to be there, and whose text has to be known. */
export function knownAt<T extends object>(
  subject: Subject,
  path: string,
  read: (text: string) => T | Unknown,
): Found<KnownFile<T>> {
  const text = neededAt(subject, path);
  if (text.kind !== "found") return text;
  const { file, value } = text.value;
  const known = read(value);
  return isUnknown(known) ? undecided(`${path}: ${known.unknown}`, controlOfFile(file)) : found({ file, value: known });
}

export const snykWorkflowOf = (subject: Subject): Found<KnownFile<SnykWorkflow>> =>
  knownAt(subject, PATHS.snyk, snykWorkflowIn);

export const cadenceWorkflowOf = (subject: Subject): Found<KnownFile<CadenceWorkflow>> =>
  knownAt(subject, PATHS.cadence, cadenceWorkflowIn);

/** The files of programs, if each is one that somebody has read. */
export function programsOf(subject: Subject, ...programs: readonly Program[]): Found<readonly WrittenFile[]> {
  const files: WrittenFile[] = [];
  for (const program of programs) {
    const texts = new Map<string, string>();
    for (const name of filesOfProgram(program)) {
      const text = neededAt(subject, `${SECURITY}/${name}`);
      if (text.kind !== "found") return text;
      texts.set(name, text.value.value);
      files.push(text.value.file);
    }
    const unknown = standingOf(program, texts);
    const file = files.find(({ path }) => path === `${SECURITY}/${unknown ?? ""}`);
    if (file !== undefined)
      return undecided(`what ${file.path} does isn't known: its hash is that of no version`, controlOfFile(file));
  }
  return found(files);
}

/** Files that are written before another one, which needs them. */
export function writtenBefore({ model }: Subject, files: readonly WrittenFile[], needing: WrittenFile): Result {
  const late = files.find(({ resource }) => !model.isAfter(needing.resource, resource));
  if (late === undefined) return enforced([]);
  return violated(
    `${needing.path} may be written before ${late.path}, which it needs`,
    controlOf(needing.resource, "/depends_on"),
    `let it depend on ${late.resource.address}`,
  );
}
