import { contextsOf, type Event } from "../../model/repositories/events";
import { admits, isOn } from "../../model/repositories/expressions/template";
import { actionOf } from "../../model/repositories/known";
import { NotUnderstood, within } from "../../model/repositories/not-understood";
import { closed, type Job, type Workflow } from "../../model/repositories/workflow";
import { isObject } from "../../model/terraform/json";
import type { Conclusion, Control } from "../conclusion";
import { type Located } from "./files";
import { controlOfFile, enforced, reading, violated } from "./settled";
import type { Subject } from "./subject";

/** How an event is called in a sentence. */
export const ON: Readonly<Record<Event, string>> = {
  push: "on a push",
  schedule: "on schedule",
  pull_request: "on a pull request",
  "pull_request from a fork": "on a pull request from a fork",
};

/** The shortest time, in minutes, in which a job is known to end: one that scans, and one that only judges. */
export const ENOUGH = { scan: 10, judgement: 5 } as const;

/** A job isn't ended before it is done. */
export function hasTime({ workflow: { file }, job: { id, body } }: Located, enough: number): Conclusion {
  return reading(file, () => {
    const { "timeout-minutes": minutes = 360 } = body;
    if (typeof minutes === "number" && minutes >= enough) return enforced([controlOfFile(file)]);
    throw new NotUnderstood(`jobs.${id}.timeout-minutes`, `whether ${String(minutes)} minutes are enough isn't known`);
  });
}

/** A job starts on an event, on a machine of GitHub's, and its failure counts. */
export function starts({ promise, branch }: Subject, { workflow, job }: Located, event: Event): Conclusion {
  const by = controlOfFile(workflow.file);
  const at = `jobs.${job.id}`;
  const contexts = contextsOf({ event, repository: promise.name, branch });
  return reading(workflow.file, () => {
    const { if: condition, needs } = job.body;
    if (within(`${at}.continue-on-error`, () => isOn(job.body["continue-on-error"], contexts))) {
      return violated(`${at}.continue-on-error lets the job pass whatever happens in it`, by, "remove it");
    }
    if (needs !== undefined) {
      return violated(`${at}.needs: the job is skipped where another one fails`, by, "let it start by itself");
    }
    if (!within(`${at}.if`, () => admits(condition, contexts))) {
      return violated(`${at}.if: the job is skipped ${ON[event]}`, by, "let its condition admit it");
    }
    return enforced([by]);
  });
}

/** A job runs on a machine that GitHub gives to everybody. */
export function isHosted({ workflow, job }: Located): Conclusion {
  return reading(workflow.file, () => {
    const { "runs-on": image } = job.body;
    if (typeof image !== "string" || !/^ubuntu-(?:latest|\d\d\.\d\d)$/.test(image)) {
      throw new NotUnderstood(`jobs.${job.id}.runs-on`, `what runs on ${String(image)} isn't known`);
    }
    return enforced([controlOfFile(workflow.file)]);
  });
}

/** Every action that a workflow uses is named by a commit: a tag can be moved to another one. */
export function pinned({ file, jobs }: Workflow): Conclusion {
  return reading(file, () => {
    const steps = jobs.flatMap((job) => job.steps);
    const moving = steps.find(
      ({ at, body: { uses } }) => typeof uses === "string" && !within(at, () => actionOf(uses)).isPinned,
    );
    if (moving === undefined) return enforced([controlOfFile(file)]);
    const what = `${moving.at}: ${String(moving.body["uses"])} is what others make of it, now and later`;
    return violated(what, controlOfFile(file), "name the action by its commit, 40 hexadecimal digits");
  });
}

/** What a job may do with the repository, by the name of the permission; undefined where the repository's settings decide. */
export function permissionsOf(
  { permissions: all }: Workflow,
  { id, body: { permissions = all } }: Job,
): ReadonlyMap<string, string> | undefined {
  if (permissions === undefined) return undefined;
  if (!isObject(permissions))
    throw new NotUnderstood(`jobs.${id}.permissions`, `${String(permissions)} isn't understood`);
  return new Map(Object.entries(permissions).map(([name, level]) => [name, String(level)]));
}

/** Whether a job can do what it needs. */
export function isPermitted(
  { workflow, job }: Located,
  needed: Readonly<Record<string, readonly string[]>>,
): Conclusion {
  const by: Control = controlOfFile(workflow.file);
  return reading(workflow.file, () => {
    const given = permissionsOf(workflow, job);
    if (given === undefined) throw new NotUnderstood(`jobs.${job.id}.permissions`, "the repository's settings decide");
    const [lacking] =
      Object.entries(needed).find(([name, levels]) => !levels.includes(given.get(name) ?? "none")) ?? [];
    if (lacking === undefined) return enforced([by]);
    const change = `give it ${lacking}: ${needed[lacking]?.[0] ?? ""}`;
    return violated(`jobs.${job.id}.permissions lacks ${lacking}, without which the job fails`, by, change);
  });
}

/** The legs of a job's matrix, each with its values; one without any where there is no matrix. */
export function legsOf({ id, body: { strategy } }: Job): readonly Readonly<Record<string, string>>[] {
  if (strategy === undefined) return [{}];
  const at = `jobs.${id}.strategy`;
  if (!isObject(strategy)) throw new NotUnderstood(at, "it is no object");
  closed(at, strategy, new Set(["fail-fast", "max-parallel", "matrix"]));
  const { matrix } = strategy;
  if (!isObject(matrix)) throw new NotUnderstood(`${at}.matrix`, "it is known to the run alone");
  closed(`${at}.matrix`, matrix, new Set(["include"]));
  const { include } = matrix;
  if (!Array.isArray(include)) throw new NotUnderstood(`${at}.matrix.include`, "it is no list");
  return include.map((leg: unknown, index) => {
    const here = `${at}.matrix.include[${index}]`;
    if (!isObject(leg)) throw new NotUnderstood(here, "it is no object");
    return Object.fromEntries(
      Object.entries(leg).map(([name, value]) => {
        if (typeof value !== "string" || value.includes("${{"))
          throw new NotUnderstood(here, `${name} is no plain text`);
        return [name.toLowerCase(), value];
      }),
    );
  });
}
