import { canonicalJson } from "../../../terraform/json";
import {
  controlOfFile,
  type Found,
  knownAt,
  type KnownFile,
  PATHS,
  programsOf,
  filesOn,
  type Subject,
} from "../../../github/subject";
import { dependabotConfigIn } from "../../../github/dependabot";
import { isWorkflow } from "../../../github/neighbours";
import { cadenceWorkflowOf, pentestScopeIn } from "../../../github/pentest";
import { snykWorkflowOf } from "../../../github/snyk-workflow";
import type { WrittenFile } from "../../../github/repository";
import { isObject, type JsonObject } from "../../../terraform/json";
import { Area } from "../difference";
import type { Fact } from "./fact";
import { yamlIn } from "./repositories";

/**
 * What the files of a repository say beside what other facts tell of them, so that nothing of them changes unseen. What only
 * a reader sees, such as a comment, is no part of it.
 */
export function fileFacts(subject: Subject): readonly Fact[] {
  const { name } = subject.written;
  const others = subject.written.files.filter(({ branch }) => branch !== undefined && branch !== subject.branch);
  return [...filesOn(subject), ...others].map((file): Fact => {
    const said = saidIn(subject, file);
    return {
      key: `${name.toLowerCase()} file ${file.branch ?? subject.branch} ${file.path}`,
      area: Area.SCANS,
      environments: [subject.environment],
      what: `what ${file.path} of ${name} says`,
      value: said,
      isKnown: file.text !== undefined,
      control: controlOfFile(file),
      absent: { value: "" },
      subject: { of: name, parts: [file.path] },
    };
  });
}

function saidIn(subject: Subject, file: WrittenFile): string {
  const { path, text } = file;
  if (text === undefined) return "what the apply alone knows";
  const known = knownIn(subject).find((each) => each.file === file);
  if (known !== undefined) return known.said;
  if (isWorkflow(file)) return jsonOf(yamlIn(text), withoutName) ?? text;
  if (path === PATHS.policy) return jsonOf(jsonIn(text), withoutFactsOfPentest) ?? text;
  return text;
}

interface Known {
  readonly file: WrittenFile;
  /** What it says beside what other facts tell. */
  readonly said: string;
}

/** The files that are known. */
function knownIn(subject: Subject): readonly Known[] {
  const programs = PROGRAMS.map((program) => programsOf(subject, program));
  return [
    ...known(snykWorkflowOf(subject), () => []),
    ...known(cadenceWorkflowOf(subject), (value) => value),
    ...known(knownAt(subject, PATHS.dependabot, dependabotConfigIn), ({ managedWorkflows }) => managedWorkflows),
    ...known(knownAt(subject, PATHS.scope, pentestScopeIn), (value) => value),
    ...programs.flatMap((each) => (each.kind === "found" ? each.value : [])).map((file) => ({ file, said: "" })),
  ];
}

const PROGRAMS = ["snyk-scan", "pentest-check", "one-issue"] as const;

function known<T>(found: Found<KnownFile<T>>, rest: (value: T) => unknown): readonly Known[] {
  if (found.kind !== "found") return [];
  const { file, value } = found.value;
  return [{ file, said: canonicalJson(rest(value)) }];
}

const withoutName = ({ name: _, ...others }: JsonObject): unknown => others;

function jsonOf(value: JsonObject | undefined, rest: (value: JsonObject) => unknown): string | undefined {
  return value === undefined ? undefined : canonicalJson(rest(value));
}

function withoutFactsOfPentest(policy: JsonObject): unknown {
  const {
    $comment: _,
    scope,
    adoptedOn: _on,
    cadenceDays: _days,
    reminderDays: _reminder,
    accreditations: _by,
    ...more
  } = policy;
  if (!isObject(scope)) return more;
  const { approach: _how, targets, objectives, ...rest } = scope;
  const others = [targets, objectives].map((all) => (Array.isArray(all) ? all.map(withoutNames) : all));
  return { ...more, scope: { ...rest, others } };
}

function withoutNames(each: unknown): unknown {
  if (!isObject(each)) return each;
  const { id: _, addresses: __, ...rest } = each;
  return rest;
}

function jsonIn(text: string): JsonObject | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return undefined;
  }
}
