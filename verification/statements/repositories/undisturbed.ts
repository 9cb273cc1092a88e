import { SNYK_DEFAULTS } from "../../../policy/snyk-options";
import { NotUnderstood, within } from "../../model/repositories/not-understood";
import { secretsIn } from "../../model/repositories/used-secrets";
import type { Conclusion } from "../conclusion";
import { CHECKER } from "./checker";
import { callsProgram, jobCalling, type Located, workflowsOfAnyBranch } from "./files";
import { isInNoGroupOf } from "./groups";
import { permissionsOf } from "./jobs";
import { SCAN } from "./scan-legs";
import { enforced, reading, together } from "./settled";
import type { Subject } from "./subject";

/** What a job may write and can't report a check by, change a branch, end a run or switch a workflow off. */
const HARMLESS: ReadonlySet<string> = new Set(["issues", "pull-requests", "security-events", "packages", "id-token"]);

/** Levels of a permission that write nothing. */
const READING: ReadonlySet<string> = new Set(["read", "none"]);

/** The token that a run gets, which may do what the job's permissions say. */
const OF_THE_RUN = "GITHUB_TOKEN";

/** No job that the stacks write can end the scan, switch it off or report its check. */
export function undisturbed(subject: Subject): readonly Conclusion[] {
  const scan = jobCalling(subject, SCAN);
  const scanning = scan.job.steps.find((step) => callsProgram(step, SCAN))?.body;
  return inEveryJob(subject, (each) =>
    together(
      () => mayDoNothing(each),
      // With Snyk's token, what Snyk finds can be ignored: it is for the step that scans alone.
      () => usesNoSecretBut([OF_THE_RUN], each, scanning),
      () => isInNoGroupOf(scan, each),
    ),
  );
}

/** No job that the stacks write can end the check of the register, or switch it off. */
export function checkStaysOn(subject: Subject): readonly Conclusion[] {
  const check = jobCalling(subject, CHECKER);
  const { tokenSecret } = { ...SNYK_DEFAULTS, ...subject.promise.snyk };
  return inEveryJob(subject, (each) =>
    together(
      () => mayDoNothing(each),
      () => usesNoSecretBut([OF_THE_RUN, tokenSecret.toUpperCase()], each),
      () => isInNoGroupOf(check, each),
    ),
  );
}

/** What holds of every job, those that scan and check among them: their other steps may do whatever the job may. */
function inEveryJob(subject: Subject, judge: (each: Located) => Conclusion): readonly Conclusion[] {
  const { workflows, doubts } = workflowsOfAnyBranch(subject);
  const jobs = workflows.flatMap((workflow) => workflow.jobs.map((job) => ({ workflow, job })));
  return [...(doubts.length > 0 ? [{ kind: "undecided", doubts } as const] : []), ...jobs.map(judge)];
}

function mayDoNothing({ workflow, job }: Located): Conclusion {
  const at = `jobs.${job.id}`;
  return reading(workflow.file, () => {
    if ("uses" in job.body) throw new NotUnderstood(at, "what the workflow does that it calls isn't modelled");
    const given = permissionsOf(workflow, job);
    if (given === undefined) throw new NotUnderstood(at, "the repository's settings say what it may do");
    const [name, level] = [...given].find(([each, its]) => !READING.has(its) && !HARMLESS.has(each)) ?? [];
    if (name !== undefined)
      throw new NotUnderstood(at, `with ${name}: ${level} it could report a check, or end others' runs`);
    return enforced([]);
  });
}

/** What another secret opens is known to nobody here: it may be a token that may do more than the run's own. */
function usesNoSecretBut(known: readonly string[], { workflow, job }: Located, apart?: unknown): Conclusion {
  const at = `jobs.${job.id}`;
  const { steps: _, ...body } = job.body;
  const parts = [body, ...job.steps.map((step) => step.body)].filter((part) => part !== apart);
  return reading(workflow.file, () => {
    const secret = within(at, () => secretsIn(parts)).find((name) => !known.includes(name));
    if (secret === undefined) return enforced([]);
    throw new NotUnderstood(at, `what it could do with the secret ${secret} isn't known`);
  });
}
