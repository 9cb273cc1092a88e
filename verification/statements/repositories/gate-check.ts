import { contextsOf, type Event } from "../../model/repositories/events";
import { admits, isOn, literalStart } from "../../model/repositories/expressions/template";
import { runJob, type StepRun } from "../../model/repositories/job-run";
import { NotUnderstood, within } from "../../model/repositories/not-understood";
import type { Job } from "../../model/repositories/workflow";
import { type Conclusion, undecided } from "../conclusion";
import { jobCalling, type Located, workflowsOfAnyBranch } from "./files";
import { ENOUGH, hasTime, isHosted, ON } from "./jobs";
import { SCAN } from "./scan-legs";
import { controlOfFile, enforced, reading, together, violated } from "./settled";
import type { Subject } from "./subject";

/** The name of the check that a merge needs. */
export const CHECK = "snyk-gate";

/** One job reports the check, waits for the scan, and fails unless every leg of it passed. */
export function checkJudgesScan(subject: Subject): readonly Conclusion[] {
  const scan = jobCalling(subject, SCAN);
  const { workflows, doubts } = workflowsOfAnyBranch(subject);
  const reporters = workflows.flatMap((workflow) =>
    workflow.jobs.filter(mayReportCheck).map((job) => ({ workflow, job })),
  );
  const gate = reporters.find(({ workflow, job }) => workflow === scan.workflow && job.name === CHECK);
  if (gate === undefined) {
    const change = `add a job of the name ${CHECK} that needs ${scan.job.id}, with if: \${{ always() }}`;
    return [
      violated(`no job of the scan's workflow reports the check ${CHECK}`, controlOfFile(scan.workflow.file), change),
    ];
  }
  return [
    ...(doubts.length > 0 ? [{ kind: "undecided", doubts } as const] : []),
    together(
      () => isHosted(gate),
      () => hasTime(gate, ENOUGH.judgement),
      () => judges(subject, gate, scan.job),
      () => reporters.filter(({ job }) => job !== gate.job).map(isAnother),
    ),
  ];
}

const mayReportCheck = ({ name }: Job): boolean =>
  name.includes("${{")
    ? CHECK.startsWith(literalStart(name).trim().toLowerCase())
    : name.trim().toLowerCase() === CHECK;

const EVENTS: readonly Event[] = ["push", "schedule", "pull_request", "pull_request from a fork"];
const RESULTS = ["success", "failure", "cancelled", "skipped"] as const;
type Result = (typeof RESULTS)[number];

function judges(subject: Subject, { workflow, job }: Located, scan: Job): readonly Conclusion[] {
  const by = controlOfFile(workflow.file);
  const at = `jobs.${job.id}`;
  return reading(workflow.file, () => {
    if ("strategy" in job.body) throw new NotUnderstood(`${at}.strategy`, "it changes the name of the check");
    if (![job.body["needs"]].flat().includes(scan.id)) {
      return [violated(`${at}.needs: the check doesn't wait for the scan`, by, `name ${scan.id} there`)];
    }
    return EVENTS.flatMap((event) =>
      RESULTS.map((result) => judgement(subject, { workflow, job }, scan, event, result)),
    );
  });
}

/** How the check ends where the scan ended so. A check that is skipped counts as passed. */
function judgement(
  { promise, branch }: Subject,
  { workflow, job }: Located,
  scan: Job,
  event: Event,
  result: Result,
): Conclusion {
  const by = controlOfFile(workflow.file);
  const at = `jobs.${job.id}`;
  const needs = { [scan.id.toLowerCase()]: { result, outputs: {} } };
  const contexts = contextsOf({ event, repository: promise.name, branch, needs });
  const where = `${ON[event]} where the scan ends with ${result}`;
  if (within(`${at}.continue-on-error`, () => isOn(job.body["continue-on-error"], contexts))) {
    return violated(`${at}.continue-on-error lets the check pass whatever the scan found`, by, "remove it");
  }
  if (!within(`${at}.if`, () => admits(job.body["if"], { ...contexts, status: result }))) {
    return violated(`${at}.if: the check is skipped ${where}, which counts as passed`, by, "write if: ${{ always() }}");
  }
  const run = runJob(job, contexts, (step) => ({ outcome: isPassed(step) ? "success" : "failure" }));
  const isFork = event === "pull_request from a fork";
  // A pull request from a fork gets no secret, so that nothing can scan it; the push that merges it is scanned.
  const allowed = result === "success" ? (isFork ? BOTH : PASS) : isFork && result === "skipped" ? BOTH : FAIL;
  if (allowed.includes(run.result)) return enforced([by], isFork && result === "skipped" ? { notes: [FORKS] } : {});
  return violated(
    `jobs.${job.id}: the check ends with ${run.result} ${where}`,
    by,
    "let it pass only where every leg passed",
  );
}

const PASS: readonly string[] = ["success"];
const FAIL: readonly string[] = ["failure"];
const BOTH: readonly string[] = [...PASS, ...FAIL];
const FORKS =
  "a pull request from a fork passes unscanned, since GitHub gives it no secret: the push that merges it is scanned";

/** What the script that is known makes of what it is told. */
function isPassed({ role, env: { RESULT = "", FORK = "", ...more }, step }: StepRun): boolean {
  const [unknown] = Object.keys(more);
  if (unknown !== undefined)
    throw new NotUnderstood(`${step.at}.env`, `what ${unknown} does to the check isn't modelled`);
  if (role.kind === "script" && role.name === "judge-legs")
    return ["success/false", "skipped/true"].includes(`${RESULT}/${FORK}`);
  throw new NotUnderstood(step.at, "what it does to the check isn't modelled");
}

/** Another job doesn't report the check in the scan's place. */
function isAnother({ workflow: { file }, job: { id, name } }: Located): Conclusion {
  const by = controlOfFile(file);
  if (name.includes("${{")) {
    return undecided(`${file.path}: jobs.${id}.name: it may report the check ${CHECK} too`, by);
  }
  return violated(
    `jobs.${id} of ${file.path} reports the check ${CHECK} too, whatever the scan found`,
    by,
    "give it another name",
  );
}
