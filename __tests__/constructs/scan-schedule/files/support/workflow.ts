import { isMap, parse, parseDocument } from "yaml";

/** A workflow as YAML reads it, as far as the tests look at it. */
export interface Workflow {
  on: Record<string, { branches?: string[]; paths?: string[]; cron?: string }[] | Record<string, unknown> | null>;
  permissions: Record<string, string> | string;
  concurrency: { group: string; "cancel-in-progress": boolean | string };
  env?: Record<string, string>;
  jobs: Record<string, Job>;
}

export interface Job {
  name?: string;
  if?: string;
  needs?: string[];
  permissions?: Record<string, string> | string;
  "timeout-minutes"?: number;
  strategy?: { "fail-fast"?: boolean; matrix: { include: Record<string, string>[] } };
  steps: Step[];
}

export interface Step {
  name?: string;
  id?: string;
  if?: string;
  uses?: string;
  run?: string;
  env?: Record<string, string>;
  with?: Record<string, unknown>;
  "continue-on-error"?: boolean;
}

export function readWorkflow(text: string): Workflow {
  return parse(text) as Workflow;
}

export function step({ jobs }: Workflow, job: string, name: string): Step {
  const found = jobs[job]?.steps.filter((candidate) => candidate.name === name) ?? [];
  if (found.length !== 1 || found[0] === undefined)
    throw new Error(`${job} has ${String(found.length)} steps "${name}"`);
  return found[0];
}

/** The text behind each `uses`, comments included. */
export function usesLines(text: string): readonly string[] {
  if (!isMap(parseDocument(text).contents)) throw new Error("not a workflow");
  return [...text.matchAll(/^\s*(?:- )?uses: (.+)$/gm)].map(([, used]) => String(used));
}
