import { literalStart } from "../../model/repositories/expressions/template";
import { NotUnderstood } from "../../model/repositories/not-understood";
import { isObject } from "../../model/terraform/json";
import type { Conclusion } from "../conclusion";
import type { Located } from "./files";
import { enforced, reading } from "./settled";

/**
 * A job, and the workflow that it stands in, is in no group that a run of another workflow may be in: a group of the
 * repository has one run at a time and one that waits, and a newer one takes the place of either.
 *
 * @see https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
export function isInNoGroupOf({ workflow: own }: Located, { workflow, job }: Located): Conclusion {
  return reading(workflow.file, () => {
    const kept = groupsOf(own.concurrency);
    const groups = [...(workflow === own ? [] : groupsOf(workflow.concurrency)), ...groupsOf(job.body["concurrency"])];
    if (!groups.some((group) => kept.some((each) => mayBeEqual(group, each)))) return enforced([]);
    throw new NotUnderstood(
      `jobs.${job.id}`,
      `its runs may be in the concurrency group of ${own.file.path}, and end those`,
    );
  });
}

/** The group that is named, if any. */
function groupsOf(concurrency: unknown): readonly string[] {
  if (concurrency === undefined) return [];
  const group = isObject(concurrency) ? concurrency["group"] : concurrency;
  if (typeof group !== "string") throw new NotUnderstood("concurrency", "its group is no text");
  return [group];
}

/** Groups are compared without regard to case. What an expression comes to is known to the run alone. */
function mayBeEqual(one: string, other: string): boolean {
  const [start, otherStart] = [startOf(one), startOf(other)];
  return (
    start === otherStart ||
    (isComputed(one) && otherStart.startsWith(start)) ||
    (isComputed(other) && start.startsWith(otherStart))
  );
}

const startOf = (group: string): string => literalStart(group).trim().toLowerCase();
const isComputed = (group: string): boolean => group.includes("${{");
