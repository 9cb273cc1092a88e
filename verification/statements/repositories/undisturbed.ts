import { NotUnderstood } from "../../model/repositories/not-understood";
import { isObject } from "../../model/terraform/json";
import type { Conclusion } from "../conclusion";
import { jobCalling, type Located, workflowsOf } from "./files";
import { permissionsOf } from "./jobs";
import { SCAN } from "./scan-legs";
import { enforced, reading } from "./settled";
import type { Subject } from "./subject";

/** What a job may write and can't report a check by, change a branch, end a run or switch a workflow off. */
const HARMLESS: ReadonlySet<string> = new Set(["issues", "pull-requests", "security-events", "packages", "id-token"]);

/** No other job that the stacks write can end the scan, switch it off or report its check. */
export function undisturbed(subject: Subject): readonly Conclusion[] {
  const scan = jobCalling(subject, SCAN);
  const { workflows, doubts } = workflowsOf(subject);
  const others = workflows.flatMap((workflow) =>
    workflow.jobs
      .filter((job) => job !== scan.job)
      .map((job) => ({ workflow, job, isNeighbour: workflow === scan.workflow })),
  );
  return [...(doubts.length > 0 ? [{ kind: "undecided", doubts } as const] : []), ...others.map(disturbsNothing)];
}

function disturbsNothing({ workflow, job, isNeighbour }: Located & { readonly isNeighbour: boolean }): Conclusion {
  const at = `jobs.${job.id}`;
  return reading(workflow.file, () => {
    if ("uses" in job.body) throw new NotUnderstood(at, "what the workflow does that it calls isn't modelled");
    // A group that is computed could become that of a scan's run, which a newer run of the group would end.
    const groups = [...(isNeighbour ? [] : [workflow.concurrency]), job.body["concurrency"]];
    if (groups.some(isComputed)) throw new NotUnderstood(at, "its concurrency group is known to the run alone");
    const given = permissionsOf(workflow, job);
    if (given === undefined) throw new NotUnderstood(at, "the repository's settings say what it may do");
    const [name] = [...given].find(([each, level]) => level === "write" && !HARMLESS.has(each)) ?? [];
    if (name !== undefined)
      throw new NotUnderstood(at, `with ${name}: write it could report the check, or end the scan`);
    return enforced([]);
  });
}

function isComputed(concurrency: unknown): boolean {
  const group = isObject(concurrency) ? concurrency["group"] : concurrency;
  return group !== undefined && !(typeof group === "string" && !group.includes("${{"));
}
