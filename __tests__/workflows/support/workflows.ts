import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { ROOT } from "./this-repository";

/** A workflow as YAML reads it, as far as the tests look at it. */
export interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  defaults?: { run: { shell: string } };
  env?: Record<string, string>;
  concurrency?: Concurrency;
  jobs: Record<string, Job>;
}

export interface Concurrency {
  group: string;
  "cancel-in-progress": boolean | string;
}

export interface Job {
  if?: string;
  needs?: string[];
  environment?: string;
  permissions?: Record<string, string>;
  concurrency?: Concurrency;
  "timeout-minutes"?: number;
  strategy?: { "fail-fast"?: boolean; "max-parallel"?: number; matrix: { include: unknown } };
  outputs?: Record<string, string>;
  env?: Record<string, string>;
  steps: Step[];
}

export interface Step {
  name: string;
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
  "continue-on-error"?: boolean;
}

const FOLDER = join(ROOT, ".github/workflows");

/** The names of the workflows of this repository. */
export const NAMES: readonly string[] = readdirSync(FOLDER).sort();

export function textOf(name: string): string {
  return readFileSync(join(FOLDER, name), "utf8");
}

/** A workflow, newly read: a test may change it. */
export function read(name: string): Workflow {
  return parse(textOf(name)) as Workflow;
}

export function jobOf({ jobs }: Workflow, name: string): Job {
  const job = jobs[name];
  if (job === undefined) throw new Error(`there is no job ${name}`);
  return job;
}

export function stepOf(job: Job, name: string): Step {
  const [step, another] = job.steps.filter((candidate) => candidate.name === name);
  if (step === undefined || another !== undefined) throw new Error(`not one step "${name}"`);
  return step;
}

export const jobsOf = ({ jobs }: Workflow): readonly Job[] => Object.values(jobs);
export const stepsOf = (workflow: Workflow): readonly Step[] => jobsOf(workflow).flatMap(({ steps }) => steps);

/** The secrets that a part of a workflow names, the run's own token apart. */
export function secretsIn(part: unknown): readonly string[] {
  const named = [...JSON.stringify(part ?? null).matchAll(/\bsecrets\b(?:\.([A-Za-z0-9_]+))?/g)];
  return [...new Set(named.map(([all, name]) => name ?? all))];
}
