import type { ScannedManifest } from "../../../policy/scanned-manifest";
import { contextsOf, type Event } from "../../model/repositories/events";
import { runJob, type StepRun } from "../../model/repositories/job-run";
import type { Conclusion } from "../conclusion";
import { isAccepted } from "./accepted";
import { callsProgram, jobCalling, type Located, programFiles } from "./files";
import { ENOUGH, hasTime, isHosted, isPermitted, legsOf, ON, pinned, starts } from "./jobs";
import { wrongEnvironment } from "./scan-environment";
import { wrongPreparation } from "./scan-preparation";
import { controlOfFile, enforced, reading, together, violated } from "./settled";
import type { Subject } from "./subject";

export const SCAN = "snyk-scan";

/** On an event, Snyk tests each manifest of the policy, by programs that are known, and what it finds fails the job. */
export function scansOn(subject: Subject, event: Event): Conclusion {
  const located = jobCalling(subject, SCAN);
  const { workflow, job } = located;
  return together(
    () => isAccepted(workflow),
    () => pinned(workflow),
    () => starts(subject, located, event),
    () => hasTime(located, ENOUGH.scan),
    () => isHosted(located),
    () => isPermitted(located, { contents: ["read", "write"] }),
    () => finishes(located),
    () =>
      reading(workflow.file, () => {
        const legs = legsOf(job).map((matrix) => legOn(subject, located, event, matrix));
        return subject.promise.manifests.map((manifest) => scansManifest(subject, located, event, legs, manifest));
      }),
  );
}

/** A leg that fails takes no other one with it. */
function finishes({ workflow: { file }, job: { id, body } }: Located): Conclusion {
  const { strategy } = body as { readonly strategy?: { readonly "fail-fast"?: unknown } };
  if (strategy === undefined || strategy["fail-fast"] === false) return enforced([controlOfFile(file)]);
  const what = `jobs.${id}.strategy.fail-fast: a manifest that fails ends the scan of the others`;
  return violated(what, controlOfFile(file), "set it to false");
}

/** A leg of the scan as it runs: what comes before the scan, and the scan. */
interface Leg {
  readonly before: readonly StepRun[];
  /** Undefined where it isn't reached. */
  readonly scan: StepRun | undefined;
}

function legOn(
  { promise, branch }: Subject,
  { job }: Located,
  event: Event,
  matrix: Readonly<Record<string, string>>,
): Leg {
  let scan: StepRun | undefined;
  // What comes after the scan can't undo that it failed.
  const last = job.steps.findIndex((step) => callsProgram(step, SCAN));
  const upToScan = { ...job, steps: job.steps.slice(0, last + 1) };
  const contexts = contextsOf({ event, repository: promise.name, branch, matrix });
  const { steps } = runJob(upToScan, contexts, (run) => {
    if (run.role.kind === "program" && run.role.program === SCAN) scan = run;
    return scan === undefined ? { outcome: "success" } : undefined;
  });
  return { before: steps, scan };
}

function scansManifest(
  subject: Subject,
  { workflow: { file }, job }: Located,
  event: Event,
  legs: readonly Leg[],
  manifest: ScannedManifest,
): Conclusion {
  const by = controlOfFile(file);
  const { path, packageManager } = manifest;
  if (legs.every(({ scan }) => scan === undefined)) {
    return violated(`jobs.${job.id}: the step that scans is skipped ${ON[event]}`, by, "run it whatever the event");
  }
  const leg = legs.find(({ scan }) => scan?.env["MANIFEST"] === path && scan.env["PACKAGE_MANAGER"] === packageManager);
  if (leg?.scan === undefined) {
    const change = `add { manager: ${packageManager}, manifest: ${path} } to jobs.${job.id}.strategy.matrix.include`;
    return violated(`no leg of jobs.${job.id} scans ${path} with ${packageManager} ${ON[event]}`, by, change);
  }
  const { scan, before } = leg;
  if (scan.isForgiven) {
    return violated(
      `${scan.step.at}.continue-on-error lets the scan of ${path} pass whatever Snyk finds`,
      by,
      "remove it",
    );
  }
  programFiles(subject, scan.role.kind === "program" ? scan.role.path : "");
  const wrong = wrongEnvironment(subject, event, manifest, scan) ?? wrongPreparation(event, manifest, before);
  return wrong === undefined
    ? enforced([by])
    : violated(`${scan.step.at} ${ON[event]}: ${wrong.what}`, by, wrong.change);
}
