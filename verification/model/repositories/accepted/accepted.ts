import { NotUnderstood } from "../not-understood";
import type { Job, Workflow } from "../workflow";
import { areTwice } from "./shape";
import { WORKFLOW } from "./workflow-shape";

/**
 * Whether GitHub takes a workflow: it runs nothing of one that it doesn't.
 *
 * @throws {NotUnderstood} where it doesn't, or where nobody here knows
 */
export function accept({ body, jobs }: Workflow): void {
  WORKFLOW(body, "");
  jobs.forEach(namesStepsOnce);
  startInOrder(jobs);
}

function namesStepsOnce({ id, steps }: Job): void {
  const ids = steps.flatMap(({ body }) => (typeof body["id"] === "string" ? [body["id"]] : []));
  if (areTwice(ids)) throw new NotUnderstood(`jobs.${id}.steps`, "two steps have the same id");
}

/** Jobs wait for jobs that are there, and never for each other. */
function startInOrder(jobs: readonly Job[]): void {
  const waiting = new Map(jobs.map(({ id, body }) => [id.toLowerCase(), [body["needs"] ?? []].flat().map(String)]));
  while (waiting.size > 0) {
    const ready = [...waiting].find(([, needs]) => needs.every((need) => isDone(need)));
    if (ready === undefined) throw new NotUnderstood("jobs", "one waits for a job that isn't there, or for itself");
    waiting.delete(ready[0]);
  }

  function isDone(need: string): boolean {
    return jobs.some(({ id }) => id.toLowerCase() === need.toLowerCase()) && !waiting.has(need.toLowerCase());
  }
}
