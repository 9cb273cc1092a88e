import type { ContextObject, Contexts } from "./expressions/context";
import { admits, filledIn, isOn } from "./expressions/template";
import { actionOf, scriptOf } from "./known";
import { NotUnderstood, within } from "./not-understood";
import { closed, type Job, objectAt, type Step } from "./workflow";

/** What a step does, as far as it is known. */
export type Role =
  | { readonly kind: "action"; readonly name: string }
  /** A program of the repository: `folder` is where it is called from, `path` the program within. */
  | { readonly kind: "program"; readonly program: string; readonly folder: string; readonly path: string }
  | { readonly kind: "script"; readonly name: string };

/** A step that ran. */
export interface StepRun {
  readonly step: Step;
  readonly role: Role;
  readonly env: Readonly<Record<string, string>>;
  readonly with: Readonly<Record<string, string>>;
  /** Whether the job goes on as if nothing had happened where it fails. */
  readonly isForgiven: boolean;
}

/** How a step ends. */
export interface StepEnd {
  readonly outcome: "success" | "failure";
  readonly outputs?: ContextObject;
}

export interface JobRun {
  readonly steps: readonly StepRun[];
  readonly result: "success" | "failure";
}

const JOB_KEYS: ReadonlySet<string> = new Set([
  ...["name", "if", "needs", "runs-on", "timeout-minutes", "permissions", "strategy", "steps", "continue-on-error"],
]);
const STEP_KEYS: ReadonlySet<string> = new Set([
  ...["name", "id", "if", "uses", "with", "run", "env", "continue-on-error"],
]);

/**
 * Runs the steps of a job on paper.
 *
 * @param contexts of the run, without `steps`
 * @param end how a step ends; undefined ends the run before it
 * @throws {NotUnderstood} where something of a step, or of the job around it, isn't understood
 */
export function runJob(job: Job, contexts: Contexts, end: (run: StepRun) => StepEnd | undefined): JobRun {
  closed(`jobs.${job.id}`, job.body, JOB_KEYS);
  const runs: StepRun[] = [];
  const ended: Record<string, ContextObject> = {};
  let result: JobRun["result"] = "success";
  for (const step of job.steps) {
    const now: Contexts = { named: { ...contexts.named, steps: { ...ended } }, status: result };
    const { id } = step.body;
    const keep = (outcome: string, conclusion: string, outputs: ContextObject = {}): void => {
      if (typeof id === "string") ended[id.toLowerCase()] = { outcome, conclusion, outputs };
    };
    const isAdmitted = within(`${step.at}.if`, () => admits(step.body["if"], now));
    if (!isAdmitted) {
      keep("skipped", "skipped");
      continue;
    }
    const run = within(step.at, () => stepRun(step, now));
    const ending = end(run);
    if (ending === undefined) break;
    runs.push(run);
    const { outcome, outputs } = ending;
    const conclusion = run.isForgiven ? "success" : outcome;
    keep(outcome, conclusion, outputs);
    if (conclusion === "failure") result = "failure";
  }
  return { steps: runs, result };
}

function stepRun(step: Step, contexts: Contexts): StepRun {
  closed("", step.body, STEP_KEYS);
  const texts = (key: "env" | "with"): Readonly<Record<string, string>> =>
    Object.fromEntries(
      Object.entries(objectAt(key, step.body[key] ?? {})).map(([name, value]) => [
        name,
        within(`${step.at}.${key}.${name}`, () => filledIn(value, contexts)),
      ]),
    );
  return {
    step,
    role: roleOf(step),
    env: texts("env"),
    with: texts("with"),
    isForgiven: isOn(step.body["continue-on-error"], contexts),
  };
}

/** `node <path>`, and nothing else: arguments could change what a program does. */
const PROGRAM = /^node (?:"(?:\$([A-Z_]+)\/)?([\w./-]+)"|([\w./-]+))$/;

/**
 * What a step does.
 *
 * @throws {NotUnderstood} where nobody has read what it runs
 */
export function roleOf({ at, body: { uses, run } }: Step): Role {
  if (typeof uses === "string" && run === undefined) {
    const action = within(at, () => actionOf(uses));
    if (!action.isKnown) throw new NotUnderstood(at, `what ${uses} does isn't known here`);
    return { kind: "action", name: action.name };
  }
  if (typeof run !== "string" || uses !== undefined) throw new NotUnderstood(at, "it neither runs nor uses one thing");
  const [, folder = "", quoted, bare] = PROGRAM.exec(run.trim()) ?? [];
  const path = quoted ?? bare;
  const program = /([\w-]+)\.cjs$/.exec(path ?? "")?.[1];
  if (path !== undefined && program !== undefined) return { kind: "program", program, folder, path };
  const script = scriptOf(run);
  if (script === undefined) throw new NotUnderstood(at, "what this script does isn't known here");
  return { kind: "script", name: script };
}
