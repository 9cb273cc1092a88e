import { NotUnderstood } from "../../model/repositories/not-understood";
import { isObject } from "../../model/terraform/json";
import type { Conclusion } from "../conclusion";
import { CHECKER } from "./checker";
import { jobCalling, type Located, workflowsOf } from "./files";
import { permissionsOf } from "./jobs";
import { SCAN } from "./scan-legs";
import { enforced, reading, together } from "./settled";
import type { Subject } from "./subject";

/** What a job may write and can't report a check by, change a branch, end a run or switch a workflow off. */
const HARMLESS: ReadonlySet<string> = new Set(["issues", "pull-requests", "security-events", "packages", "id-token"]);

/** No job that the stacks write can end the scan, switch it off or report its check. */
export function undisturbed(subject: Subject): readonly Conclusion[] {
  const scan = jobCalling(subject, SCAN);
  return inEveryJob(subject, (each) =>
    together(
      () => mayDoNothing(each),
      () => isInNoGroup(each, scan),
    ),
  );
}

/** No job that the stacks write can switch off the check of the register. */
export function checkStaysOn(subject: Subject): readonly Conclusion[] {
  jobCalling(subject, CHECKER);
  return inEveryJob(subject, mayDoNothing);
}

/** What holds of every job, those that scan and check among them: their other steps may do whatever the job may. */
function inEveryJob(subject: Subject, judge: (each: Located) => Conclusion): readonly Conclusion[] {
  const { workflows, doubts } = workflowsOf(subject);
  const jobs = workflows.flatMap((workflow) => workflow.jobs.map((job) => ({ workflow, job })));
  return [...(doubts.length > 0 ? [{ kind: "undecided", doubts } as const] : []), ...jobs.map(judge)];
}

function mayDoNothing({ workflow, job }: Located): Conclusion {
  const at = `jobs.${job.id}`;
  return reading(workflow.file, () => {
    if ("uses" in job.body) throw new NotUnderstood(at, "what the workflow does that it calls isn't modelled");
    const given = permissionsOf(workflow, job);
    if (given === undefined) throw new NotUnderstood(at, "the repository's settings say what it may do");
    const [name] = [...given].find(([each, level]) => level === "write" && !HARMLESS.has(each)) ?? [];
    if (name !== undefined)
      throw new NotUnderstood(at, `with ${name}: write it could report a check, or end others' runs`);
    return enforced([]);
  });
}

/** A group that is computed could become that of a scan's run, which a newer run of the group would end. */
function isInNoGroup({ workflow, job }: Located, scan: Located): Conclusion {
  return reading(workflow.file, () => {
    const groups = [...(workflow === scan.workflow ? [] : [workflow.concurrency]), job.body["concurrency"]];
    if (!groups.some(isComputed)) return enforced([]);
    throw new NotUnderstood(`jobs.${job.id}`, "its concurrency group is known to the run alone");
  });
}

function isComputed(concurrency: unknown): boolean {
  const group = isObject(concurrency) ? concurrency["group"] : concurrency;
  return group !== undefined && !(typeof group === "string" && !group.includes("${{"));
}
