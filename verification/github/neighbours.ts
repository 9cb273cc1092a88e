import { oncePer } from "../once-per";
import { isObject, type JsonObject, stringsIn } from "../terraform/json";
import type { Model } from "../terraform/model";
import { enforced, type Result, undecided } from "../result";
import { cadenceWorkflowIn } from "./pentest";
import { controlOfFile, violated, PATHS, filesOn, type Subject } from "./subject";
import { CHECK, snykWorkflowIn } from "./snyk-workflow";
import { isUnknown } from "./known-text";
import type { WrittenFile } from "./repository";
import { yamlOf } from "./yaml";

const FOLDER = /^\.github\/workflows\/[^/]+\.ya?ml$/i;

export const isWorkflow = ({ path }: WrittenFile): boolean => FOLDER.test(path);

/**
 * No workflow that the stacks write can end the known ones or switch them off. It is one of them, or its jobs have no
 * secret, and rights that are written out and let them write nothing. Those of any branch count: a push runs the
 * workflows of the branch that it is to.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#push
 */
export function nothingDisturbs(subject: Subject): readonly Result[] {
  return ofWorkflows(subject, (file, root, id, job) => {
    const reason = rightsIn(root, job);
    return reason === undefined ? enforced([]) : unknown(file, `jobs.${id}: ${reason}`);
  });
}

/** No other job that the stacks write has the name of the check. One without a name reports by its id. */
export function nothingElseReports(subject: Subject): readonly Result[] {
  return ofWorkflows(subject, (file, _, id, { name = id }) => {
    if (typeof name !== "string" || name.includes("${{"))
      return unknown(file, `jobs.${id}: only the run knows the check that it reports`);
    if ((name.trim() || id).toLowerCase() !== CHECK) return enforced([]);
    const what = `jobs.${id} of ${file.path} reports the check ${CHECK} too, whatever the scan found`;
    return violated(what, controlOfFile(file), "give it another name");
  });
}

type Judge = (file: WrittenFile, root: JsonObject, id: string, job: JsonObject) => Result;

/** Judges each job of each workflow; the known workflows are judged by their texts. */
function ofWorkflows(subject: Subject, judge: Judge): readonly Result[] {
  const placeOf = ({ branch = subject.branch, path }: WrittenFile): string => `${branch}:${path}`;
  const written = subject.written.files.filter(isWorkflow);
  return [...new Set(written.map(placeOf))].flatMap((place) => {
    const [file, second] = written.filter((each) => placeOf(each) === place);
    if (file === undefined) return [];
    if (second !== undefined) return [undecided(`${file.path} has two owners`, controlOfFile(second), "owner")];
    const read = filesOn(subject).includes(file) ? KNOWN[file.path] : undefined;
    return read === undefined || file.text === undefined
      ? ofOthers(subject, file, judge)
      : [ofOurs(file, read(file.text))];
  });
}

/** The known workflows by their paths. */
const KNOWN: Readonly<Record<string, (text: string) => object>> = {
  [PATHS.snyk]: snykWorkflowIn,
  [PATHS.cadence]: cadenceWorkflowIn,
};

function ofOurs(file: WrittenFile, read: object): Result {
  return isUnknown(read) ? unknown(file, read.unknown) : enforced([]);
}

const unknown = (file: WrittenFile, reason: string): Result =>
  undecided(`${file.path}: ${reason}`, controlOfFile(file), "text");

/** The most characters of all workflows that are read: a hundred times those of this project. */
const LONGEST_TOGETHER = 1024 * 1024;

const lengthOfWorkflows = oncePer((model: Model): number =>
  model.ofType("github_repository_file").reduce((sum, { attributes: { file, content } }) => {
    const isRead = typeof content === "string" && (typeof file !== "string" || FOLDER.test(file));
    return isRead ? sum + content.length : sum;
  }, 0),
);

const rootOf = oncePer(({ text = "" }: WrittenFile) => yamlOf(text));

function ofOthers(subject: Subject, file: WrittenFile, judge: Judge): readonly Result[] {
  if (file.text === undefined) return [unknown(file, "only the apply knows its text")];
  if (lengthOfWorkflows(subject.model) > LONGEST_TOGETHER)
    return [unknown(file, `the stacks write workflows of more than ${LONGEST_TOGETHER} characters together`)];
  const { value: root, problem } = rootOf(file);
  if (problem !== undefined) return [unknown(file, problem)];
  if (!isObject(root) || !isObject(root["jobs"])) return [unknown(file, "it has no jobs")];
  return Object.entries(root["jobs"]).map(([id, job]) =>
    isObject(job) ? judge(file, root, id, job) : unknown(file, `jobs.${id} is no object`),
  );
}

/** Why a job may do something to the known workflows. */
function rightsIn(root: JsonObject, job: JsonObject): string | undefined {
  const { permissions = root["permissions"], uses, concurrency } = job;
  if (uses !== undefined) return "what the workflow does that it calls isn't known";
  if (!isObject(permissions)) return "its permissions aren't written out";
  const written = Object.entries(permissions).find(([, level]) => level !== "read" && level !== "none");
  if (written !== undefined)
    return `with ${written[0]}: ${String(written[1])} it could report a check, or end others' runs`;
  if (usesSecret({ ...root, jobs: job })) return "what it could do with a secret isn't known";
  if ([root["concurrency"], concurrency].some(mayShareGroup))
    return "its runs may be in a group of the known workflows";
  return undefined;
}

/** Text behind an expression counts as part of it, since only an evaluator knows where an expression ends. */
function usesSecret(part: unknown): boolean {
  return stringsIn({ value: part, pointer: "" }).some(({ value }) => /\$\{\{[^]*secrets/i.test(value));
}

/** The beginnings of the known workflows' groups, and whether a run computes the rest. */
const GROUPS = [
  { start: "snyk-", isComputed: true },
  { start: "pentest-cadence", isComputed: false },
];

/**
 * A group has one run at a time and one that waits, and a newer one takes the place of either. Letter case makes no difference.
 *
 * @see https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
function mayShareGroup(concurrency: unknown): boolean {
  if (concurrency === undefined) return false;
  const group = isObject(concurrency) ? concurrency["group"] : concurrency;
  if (typeof group !== "string") return true;
  const [start = "", ...computed] = group.trim().toLowerCase().split("${{");
  return GROUPS.some(
    (known) =>
      start === known.start ||
      (known.isComputed && start.startsWith(known.start)) ||
      (computed.length > 0 && known.start.startsWith(start)),
  );
}
