import type { Repository } from "../../policy/repository";
import { type Control, enforced, type Result, undecided, undecidedBy, violated as violatedBy } from "../result";
import type { Model } from "../terraform/model";
import type { Resource } from "../terraform/stack";
import { filesOfProgram, type Program, PROGRAMS, unknownFileOf } from "./known-programs";
import { isUnknown, type Unknown } from "./known-text";
import { type WrittenFile, type WrittenRepository, writtenRepository } from "./repository";

/** A repository that an environment's policy names, with the resources that the stacks give it. */
export interface Subject {
  /** The environment that names it. */
  readonly environment: string;
  readonly promise: Repository;
  /** The default branch, as the policy names it. */
  readonly branch: string;
  readonly written: WrittenRepository;
  readonly model: Model;
}

export function subjectOf(model: Model, environment: string, promise: Repository): Subject {
  const { name, defaultBranch: branch = "main" } = promise;
  return { environment, promise, branch, written: writtenRepository(model, name), model };
}

/** The files that are written to the default branch. */
export function filesOn({ written, branch }: Subject): readonly WrittenFile[] {
  return written.files.filter((file) => file.branch === undefined || file.branch === branch);
}

/** Something is missing. That is certain only where every resource that may be part of the repository is known. */
export function lacking({ written: { name, unknowns } }: Subject, what: string, change: string): Result {
  if (unknowns.length > 0) return undecidedBy(unknowns);
  return violated(`${name}: ${what}`, undefined, change);
}

/** A file by its repository and path, where its text stands. */
export function controlOfFile({ path, resource }: WrittenFile): Control {
  return placed(`${String(resource.attributes["repository"])}:${path}`, resource, `${resource.pointer}/content`);
}

export function controlOf(resource: Resource, member = ""): Control {
  return placed(resource.address, resource, `${resource.pointer}${member}`);
}

function placed(name: string, { stack, path }: Resource, pointer: string): Control {
  return { name, stack, pointer, ...(path === undefined ? {} : { path }) };
}

export function violated(what: string, by: Control | undefined, change: string): Result {
  return violatedBy({ wrong: what, by, change });
}

/** Proven by a control where a condition holds, violated where it doesn't. */
export function holds(condition: boolean, by: Control, what: string, change: string): Result {
  return condition ? enforced([by]) : violated(what, by, change);
}

/** A thing that is looked for; or the result where it isn't there in its known form. */
export type Found<T> = { readonly kind: "found"; readonly value: T } | (Result & { readonly kind?: never });

export const found = <T>(value: T): Found<T> => ({ kind: "found", value });

/** Asks about a thing that is looked for, where it is found. */
export function ifFound<T>(thing: Found<T>, ask: (value: T) => readonly Result[]): readonly Result[] {
  return thing.kind === "found" ? ask(thing.value) : [thing];
}

/** The only one of its kind, where there is one. The state of a thing with two owners is unknown: they take turns. */
export function onlyOne(what: string, [first, second]: readonly Resource[]): Found<Resource> | undefined {
  if (first === undefined) return undefined;
  if (second === undefined) return found(first);
  return undecided(`two resources own ${what}: ${first.stack} ${first.address} and this`, controlOf(second), "owner");
}

/** Where the known texts and programs stand in a repository. */
export const SECURITY = ".github/security";

export const PATHS = {
  snyk: ".github/workflows/snyk.yml",
  cadence: ".github/workflows/pentest-cadence.yml",
  dependabot: ".github/dependabot.yml",
  otherDependabot: ".github/dependabot.yaml",
  policy: `${SECURITY}/pentest-policy.json`,
  scope: `${SECURITY}/pentest-scope.md`,
} as const;

/** The paths of the known programs' files, and of the file that Terraform writes beside them. */
export const PROGRAM_PATHS: readonly string[] = [
  ...PROGRAMS.flatMap(filesOfProgram).map((name) => `${SECURITY}/${name}`),
  `${SECURITY}/pentest-register.schema.json`,
];

/** Whether a file is for people: no workflow, scan, installation or check reads it. */
export const isForPeople = (path: string): boolean => FOR_PEOPLE.some((form) => form.test(path));

const FOR_PEOPLE: readonly RegExp[] = [
  // A folder that has a file's name takes the place of the file.
  /^(?:(?:\.github|[\w-]+)\/)*(?:[\w.-]+\.md|LICENSE|NOTICE|\.editorconfig)$/,
  /^docs\/(?:[\w.-]+\/)*[\w-]+\.(?:png|svg)$/,
  /^\.github\/(?:FUNDING\.yml$|(?:ISSUE|DISCUSSION)_TEMPLATE\/)/,
];

export interface KnownFile<T> {
  readonly file: WrittenFile;
  readonly value: T;
}

/** The text of a file of the default branch; undefined where none is written. */
export function textAt(subject: Subject, path: string): Found<KnownFile<string>> | undefined {
  const written = filesOn(subject).filter((each) => each.path === path);
  const [file] = written;
  const owner = onlyOne(
    `${path} of ${subject.written.name}`,
    written.map(({ resource }) => resource),
  );
  if (file === undefined) return undefined;
  if (owner?.kind !== "found") return owner;
  if (file.text === undefined)
    return undecided(`only the apply knows the text of ${path}`, controlOfFile(file), "text");
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
  return isUnknown(known)
    ? undecided(`${path}: ${known.unknown}`, controlOfFile(file), "text")
    : found({ file, value: known });
}

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
    const unknown = unknownFileOf(program, texts);
    const file = files.find(({ path }) => path === `${SECURITY}/${unknown ?? ""}`);
    if (file !== undefined)
      return undecided(
        `what ${file.path} does isn't known: its hash is that of no version`,
        controlOfFile(file),
        "text",
      );
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
