/** A place of a workflow where expressions may stand, and what they see there. */
export interface Place {
  readonly contexts: ReadonlySet<string>;
  /** Functions beside those that may be called everywhere, in lower case. */
  readonly functions: ReadonlySet<string>;
}

const RUN = ["github", "inputs", "vars"];
const JOB = [...RUN, "needs"];
const LEG = [...JOB, "strategy", "matrix"];
const MACHINE = [...LEG, "steps", "job", "runner", "env"];
const STATUS = ["always", "cancelled", "failure", "success"];

const place = (contexts: readonly string[], functions: readonly string[] = []): Place => ({
  contexts: new Set(contexts),
  functions: new Set(functions),
});

/** @see https://docs.github.com/en/actions/reference/workflows-and-actions/contexts#context-availability */
export const PLACES = {
  nowhere: place([]),
  run: place(RUN),
  job: place(JOB),
  jobCondition: place(JOB, STATUS),
  leg: place(LEG),
  jobEnvironment: place([...LEG, "secrets"]),
  jobOutputs: place([...MACHINE, "secrets"]),
  step: place([...MACHINE, "secrets"], ["hashfiles"]),
  stepCondition: place(MACHINE, [...STATUS, "hashfiles"]),
} as const;

/** What may be called everywhere. */
export const EVERYWHERE: ReadonlySet<string> = new Set([
  ...["contains", "endswith", "format", "fromjson", "join", "startswith", "tojson"],
]);
