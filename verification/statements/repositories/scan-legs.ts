import { PACKAGE_MANAGERS } from "../../../policy/package-manager";
import type { ScannedManifest } from "../../../policy/scanned-manifest";
import { Severity } from "../../../policy/severity";
import { SNYK_DEFAULTS } from "../../../policy/snyk-options";
import { contextsOf, type Event, MARKS } from "../../model/repositories/events";
import { runJob, type StepRun } from "../../model/repositories/job-run";
import { NotUnderstood } from "../../model/repositories/not-understood";
import type { Conclusion } from "../conclusion";
import { callsProgram, jobCalling, type Located, programFiles } from "./files";
import { isHosted, isPermitted, legsOf, ON, pinned, starts } from "./jobs";
import { controlOfFile, enforced, reading, together, violated } from "./settled";
import type { Subject } from "./subject";

export const SCAN = "snyk-scan";

/** On an event, Snyk tests each manifest of the policy, by programs that are known, and what it finds fails the job. */
export function scansOn(subject: Subject, event: Event): Conclusion {
  const located = jobCalling(subject, SCAN);
  const { workflow, job } = located;
  return together(
    () => pinned(workflow),
    () => starts(subject, located, event),
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
  const wrong = wrongEnvironment(subject, event, scan) ?? wrongPreparation(event, manifest, before);
  return wrong === undefined
    ? enforced([by])
    : violated(`${scan.step.at} ${ON[event]}: ${wrong.what}`, by, wrong.change);
}

interface Wrong {
  readonly what: string;
  readonly change: string;
}

/** What the program reads, by name. Another variable could change what Node, Python or Snyk do. */
const VARIABLES: ReadonlySet<string> = new Set([
  ...["PROGRAMS", "BASE_TREE", "PACKAGE_MANAGER", "MANIFEST", "SEVERITY_THRESHOLD", "BLOCK_WHEN_UNAVAILABLE"],
  ...["MONITOR_REFERENCE", "SARIF_FILE", "UV_VERSION", "SNYK_CFG_ORG", "SNYK_TOKEN"],
]);

const SEVERITIES: readonly string[] = [Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL];

function wrongEnvironment({ promise, branch }: Subject, event: Event, { env, role, step }: StepRun): Wrong | undefined {
  const unknown = Object.keys(env).find((name) => !VARIABLES.has(name));
  if (unknown !== undefined)
    throw new NotUnderstood(`${step.at}.env`, `what ${unknown} does to the scan isn't modelled`);
  const options = { ...SNYK_DEFAULTS, ...promise.snyk };
  const isPullRequest = event === "pull_request";
  const base = `${MARKS.temp}/base`;
  const folder = role.kind === "program" && role.folder !== "" ? env[role.folder] : MARKS.workspace;
  const strictest = SEVERITIES.slice(0, SEVERITIES.indexOf(options.severity) + 1);
  const rules: readonly (readonly [holds: boolean, what: string, change: string])[] = [
    [
      env["SNYK_TOKEN"] === MARKS.secret(options.tokenSecret),
      `SNYK_TOKEN isn't the secret ${options.tokenSecret}`,
      `set SNYK_TOKEN to \${{ secrets.${options.tokenSecret} }}`,
    ],
    [
      strictest.includes(env["SEVERITY_THRESHOLD"] ?? ""),
      `SEVERITY_THRESHOLD is "${env["SEVERITY_THRESHOLD"] ?? ""}", and the policy fails from ${options.severity} on`,
      `set SEVERITY_THRESHOLD to ${options.severity}`,
    ],
    [
      folder === (isPullRequest ? base : MARKS.workspace),
      isPullRequest ? "the pull request brings the program that judges it" : "the program isn't that of the branch",
      "take the program from the base on a pull request, and from the checkout else",
    ],
    [
      // Without a base everything counts that is found.
      (env["BASE_TREE"] ?? "") === "" || (isPullRequest && env["BASE_TREE"] === base),
      `what BASE_TREE has too is let pass, and it is no base of a pull request`,
      "set BASE_TREE to the base on a pull request, and leave it empty else",
    ],
    [
      !options.blockWhenUnavailable || env["BLOCK_WHEN_UNAVAILABLE"] !== "false",
      "BLOCK_WHEN_UNAVAILABLE is false, and the policy blocks while Snyk can't be reached",
      'set BLOCK_WHEN_UNAVAILABLE to "true"',
    ],
    [
      isPullRequest || (env["MONITOR_REFERENCE"] ?? "") === (options.monitor ? branch : ""),
      options.monitor
        ? `Snyk doesn't go on watching ${branch}`
        : "Snyk goes on watching, which the policy doesn't want",
      options.monitor ? `set MONITOR_REFERENCE to ${branch}` : "leave MONITOR_REFERENCE empty",
    ],
    [
      env["SNYK_CFG_ORG"] === options.organization,
      "SNYK_CFG_ORG isn't the organization of the policy, whose settings say what counts",
      options.organization === undefined ? "remove SNYK_CFG_ORG" : `set SNYK_CFG_ORG to ${options.organization}`,
    ],
    [
      env["PACKAGE_MANAGER"] !== "uv" || /^\d+\.\d+\.\d+$/.test(env["UV_VERSION"] ?? ""),
      "UV_VERSION is no exact version",
      "name an exact version of uv",
    ],
  ];
  const [, what, change] = rules.find(([isHeld]) => !isHeld) ?? [];
  return what === undefined || change === undefined ? undefined : { what, change };
}

/** What a step before the scan may be told. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  "actions/checkout": ["fetch-depth", "persist-credentials"],
  "actions/setup-python": ["python-version"],
  "snyk/actions/setup": ["snyk-version"],
};

function wrongPreparation(
  event: Event,
  { packageManager, pythonVersion }: ScannedManifest,
  before: readonly StepRun[],
): Wrong | undefined {
  before.forEach(understand);
  const action = (name: string): StepRun | undefined =>
    before.find(({ role }) => role.kind === "action" && role.name === name);
  const python = action("actions/setup-python")?.with["python-version"] ?? "";
  const isBaseThere = before.some(({ role }) => role.kind === "script" && role.name === "lay-out-base");
  const depth = Number(action("actions/checkout")?.with["fetch-depth"] ?? 1);
  const { needsPython } = PACKAGE_MANAGERS[packageManager];
  const rules: readonly (readonly [holds: boolean, what: string, change: string])[] = [
    [action("actions/checkout") !== undefined, "nothing is checked out before", "check out the repository first"],
    [
      /^v\d+\.\d+\.\d+$/.test(action("snyk/actions/setup")?.with["snyk-version"] ?? ""),
      "no exact version of the Snyk CLI is installed before",
      "use snyk/actions/setup with an exact snyk-version",
    ],
    [
      !needsPython || (pythonVersion === undefined ? /^3\.\d{1,2}$/.test(python) : python === pythonVersion),
      `the dependencies are installed with Python "${python}"`,
      `use actions/setup-python with python-version ${pythonVersion ?? "3.12"}`,
    ],
    [
      event !== "pull_request" || (isBaseThere && (depth === 0 || depth > 1)),
      "the base of the pull request isn't laid out",
      "check out two commits, and lay out the base before the scan",
    ],
  ];
  const [, what, change] = rules.find(([isHeld]) => !isHeld) ?? [];
  return what === undefined || change === undefined ? undefined : { what, change };
}

/** @throws {NotUnderstood} where a step before the scan could change what is scanned, or how */
function understand({ role, step, env, with: options }: StepRun): void {
  const { name } = role.kind === "program" ? { name: role.program } : role;
  const known = role.kind === "action" ? OPTIONS[name] : name === "lay-out-base" ? [] : undefined;
  if (known === undefined) throw new NotUnderstood(step.at, `what ${name} does to the scan after it isn't modelled`);
  const unknown = [...Object.keys(env), ...Object.keys(options).filter((option) => !known.includes(option))][0];
  if (unknown !== undefined) throw new NotUnderstood(step.at, `what ${unknown} does to the scan isn't modelled`);
}
