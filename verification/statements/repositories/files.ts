import { roleOf } from "../../model/repositories/job-run";
import { filesOf, standingOf } from "../../model/repositories/known";
import { isWorkflow, type Job, type Step, type Workflow, workflowOf } from "../../model/repositories/workflow";
import type { WrittenFile } from "../../model/repositories/written-repository";
import { NotUnderstood } from "../../model/repositories/not-understood";
import { type Conclusion, type Doubt, undecided } from "../conclusion";
import { controlOf, controlOfFile, enforced, reading, settle, violated } from "./settled";
import { lacking, type Subject } from "./subject";

/** What is written to the default branch. */
export function filesOn({ written, branch }: Subject): readonly WrittenFile[] {
  return written.files.filter((file) => file.branch === undefined || file.branch === branch);
}

/** A file of the default branch, if one is written; the question is settled where two are, or where its text isn't known. */
export function fileIfAny(subject: Subject, path: string): (WrittenFile & { readonly text: string }) | undefined {
  const [file, second] = filesOn(subject).filter((each) => each.path === path);
  if (file === undefined) return undefined;
  if (second !== undefined) {
    const reason = `${path} of ${subject.written.name} has two owners: ${file.resource.stack} ${file.resource.address} and this`;
    return settle(undecided(reason, controlOf(second.resource)));
  }
  const { text } = file;
  if (text === undefined)
    return settle(undecided(`the text of ${path} is known to the apply alone`, controlOfFile(file)));
  return { ...file, text };
}

/** A file that has to be there. */
export function fileAt(subject: Subject, path: string): WrittenFile & { readonly text: string } {
  const what = `nothing writes ${path} to the branch ${subject.branch}`;
  return fileIfAny(subject, path) ?? settle(lacking(subject, what, "write it, as ScanSchedule does"));
}

/** The files of a program, if its text is one that somebody has read. */
export function programFiles(subject: Subject, path: string): readonly WrittenFile[] {
  const folder = path.split("/").slice(0, -1).join("/");
  const beside = (file: string): string => (folder === "" ? file : `${folder}/${file}`);
  const program = path.slice(folder === "" ? 0 : folder.length + 1).replace(/\.cjs$/, "");
  const standing = standingOf(program, (file) => fileIfAny(subject, beside(file))?.text);
  if (standing.kind === "known") {
    return filesOf(program).flatMap((file) => fileIfAny(subject, beside(file)) ?? []);
  }
  const file = fileAt(subject, beside(standing.file));
  return settle(undecided(`what ${file.path} does isn't known: its hash is that of no version`, controlOfFile(file)));
}

/** Files that are written before another one, which needs them. */
export function writtenBefore({ model }: Subject, files: readonly WrittenFile[], needing: WrittenFile): Conclusion {
  const late = files.find(({ resource }) => !model.isAfter(needing.resource, resource));
  if (late === undefined) return enforced([]);
  return violated(
    `${needing.path} may be written before ${late.path}, which it needs`,
    controlOf(needing.resource, "/depends_on"),
    `let it depend on ${late.resource.address}`,
  );
}

/** Workflows that are understood, and why others aren't. */
export interface ReadWorkflows {
  readonly workflows: readonly Workflow[];
  readonly doubts: readonly Doubt[];
}

/** Every workflow of the default branch. */
export function workflowsOf(subject: Subject): ReadWorkflows {
  return read(subject, filesOn(subject));
}

/**
 * Every workflow that is written, to whatever branch: a push runs those of the branch that it is to.
 *
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#push
 */
export function workflowsOfAnyBranch(subject: Subject): ReadWorkflows {
  return read(subject, subject.written.files);
}

function read({ branch }: Subject, files: readonly WrittenFile[]): ReadWorkflows {
  const placeOf = (file: WrittenFile): string => `${file.branch ?? branch}:${file.path}`;
  const written = files.filter(isWorkflow);
  const workflows: Workflow[] = [];
  const doubts: Doubt[] = [];
  for (const place of new Set(written.map(placeOf))) {
    const [file, second] = written.filter((each) => placeOf(each) === place);
    if (file === undefined) continue;
    const doubt =
      second === undefined ? tryToRead(file) : `it has two owners: ${file.resource.stack} and ${second.resource.stack}`;
    if (typeof doubt !== "string") workflows.push(doubt);
    else doubts.push({ reason: `${file.path}: ${doubt}`, place: controlOfFile(second ?? file) });
  }
  return { workflows, doubts };
}

/** A workflow, or why it isn't understood. */
function tryToRead(file: WrittenFile): Workflow | string {
  try {
    return workflowOf(file);
  } catch (error) {
    if (error instanceof NotUnderstood) return error.message;
    throw error;
  }
}

/** A job, with the workflow that it stands in. */
export interface Located {
  readonly workflow: Workflow;
  readonly job: Job;
}

/** The one job that calls a program. */
export function jobCalling(subject: Subject, program: string): Located {
  const { workflows, doubts } = workflowsOf(subject);
  const calling = workflows.flatMap((workflow) =>
    workflow.jobs
      .filter(({ steps }) => steps.some((step) => callsProgram(step, program)))
      .map((job) => ({ workflow, job })),
  );
  const [located, second] = calling;
  if (second !== undefined) {
    return settle(
      undecided(
        `${program}.cjs is called by two jobs: ${located?.job.id} and ${second.job.id}`,
        controlOfFile(second.workflow.file),
      ),
    );
  }
  if (located !== undefined) return located;
  if (doubts.length > 0) return settle({ kind: "undecided", doubts });
  const what = `no workflow on the branch ${subject.branch} calls ${program}.cjs`;
  return settle(lacking(subject, what, "write the workflow that calls it, as ScanSchedule does"));
}

/** The path by which a job calls a program, from the root of the repository. */
export function pathCalled({ workflow, job }: Located, program: string): string {
  const step = job.steps.find((each) => callsProgram(each, program));
  const role = step === undefined ? undefined : reading(workflow.file, () => roleOf(step));
  return role?.kind === "program" ? role.path : "";
}

/** Whether a step has to do with a program. */
export function callsProgram({ body: { run } }: Step, program: string): boolean {
  return typeof run === "string" && run.includes(`${program}.cjs`);
}
