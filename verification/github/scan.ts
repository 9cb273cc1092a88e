import { hasCodeScanning } from "../../policy/github-plan";
import { PACKAGE_MANAGERS, type ScannedManifest } from "../../policy/scanned-manifest";
import { SNYK_DEFAULTS } from "../../policy/snyk-options";
import { Strength } from "../../policy/statements";
import { enforced, proven, type Result, undecided } from "../result";
import { mayBeSame, relationOf, SECRET_NAME } from "../terraform/identity";
import type { Resource } from "../terraform/stack";
import { Opaque } from "../terraform/value";
import { isWorkflow } from "./neighbours";
import { type Leg, type SnykWorkflow, snykWorkflowOf } from "./snyk-workflow";
import {
  controlOf,
  controlOfFile,
  filesOn,
  holds,
  ifFound,
  isForPeople,
  lacking,
  onlyOne,
  PATHS,
  PROGRAM_PATHS,
  programsOf,
  type Subject,
  violated,
  writtenBefore,
} from "./subject";
import { oncePer } from "../once-per";

/** Snyk tests each manifest of the policy, by a known workflow and known programs, and a finding fails the job. */
export const scansManifests = oncePer((subject: Subject): readonly Result[] =>
  ifFound(snykWorkflowOf(subject), ({ file, value }) => [
    ...says(subject, value).map(([name, got, wanted]) =>
      holds(
        got === wanted,
        controlOfFile(file),
        `${file.path}: its ${name} is ${told(got)}`,
        `write ${told(wanted)}, as the environment's policy says`,
      ),
    ),
    ...legsOf(subject, value).map((wrong) => violated(`${file.path}: ${wrong}`, controlOfFile(file), LEGS)),
    ...ifFound(programsOf(subject, "snyk-scan"), () => [enforced([controlOfFile(file)])]),
  ]),
);

/**
 * The words by which a commit's message keeps GitHub from running workflows for its push.
 *
 * @see https://docs.github.com/en/actions/how-tos/manage-workflow-runs/skip-workflow-runs
 */
const SKIPS = /\[(?:skip ci|ci skip|no ci|skip actions|actions skip)\]|^skip-checks: *true/im;

/** No commit that the stacks make keeps the scan from running. */
export function commitsAreScanned(subject: Subject): readonly Result[] {
  return filesOn(subject).map(({ path, resource }) => {
    const { commit_message: message = null } = resource.attributes;
    const by = controlOf(resource, "/commit_message");
    if (message === null) return enforced();
    if (typeof message !== "string") return undecided(`only the apply knows the message that writes ${path}`, by);
    const [words] = SKIPS.exec(message) ?? [];
    if (words === undefined) return enforced();
    return violated(`the push that writes ${path} says "${words}", so no scan runs for it`, by, `leave "${words}" out`);
  });
}

const told = (value: string | boolean): string => (value === "" ? "nothing" : String(value));
const LEGS = "let its legs be the manifests of the environment's policy";

/** Each value of the workflow, beside that of the policy. */
function says({ promise, branch }: Subject, found: SnykWorkflow) {
  const options = { ...SNYK_DEFAULTS, organization: "", ...promise.snyk };
  return [
    ["branch", found.branch, branch],
    ["severity", found.severity, options.severity],
    ["secret", found.tokenSecret, options.tokenSecret],
    ["organization", found.organization, options.organization],
    ["blocking while Snyk is down", found.blockWhenUnavailable, options.blockWhenUnavailable],
    ["secret for Dependabot", found.dependabotSecret, options.dependabotSecret],
    ["watching between scans", found.monitor, options.monitor],
    ["report for code scanning", found.codeScanning, hasCodeScanning(promise)],
  ] as const;
}

/** How the manifests that are scanned differ from those of the policy, as sets. */
function legsOf({ promise: { manifests } }: Subject, { legs }: SnykWorkflow): readonly string[] {
  return [
    ...manifests
      .filter((manifest) => !legs.some((leg) => isLegOf(leg, manifest)))
      .map(({ path, packageManager }) => `no leg scans ${path} with ${packageManager} as the policy says`),
    ...legs
      .filter((leg) => !manifests.some((manifest) => isLegOf(leg, manifest)))
      .map(({ manifest, manager }) => `a leg scans ${manifest} with ${manager}, which isn't what the policy says`),
  ];
}

function isLegOf(leg: Leg, { path, packageManager, pythonVersion, passUnscannable = false }: ScannedManifest): boolean {
  const { needsPython } = PACKAGE_MANAGERS[packageManager];
  const isPython = pythonVersion === undefined ? (leg.python !== "") === needsPython : leg.python === pythonVersion;
  return (
    leg.manifest === path &&
    leg.manager === packageManager &&
    isPython &&
    leg.unscannable === (passUnscannable ? "pass" : "")
  );
}

/** A manifest that the policy lets pass unscanned is scanned by word alone. */
export function scansAll({ promise }: Subject): readonly Result[] {
  const { manifests, name } = promise;
  const passing = manifests.filter(({ passUnscannable = false }) => passUnscannable);
  return [
    enforced([]),
    ...passing.map(({ path }) =>
      proven(Strength.DECLARED, [], {
        notes: [
          `${path} of ${name} passes unscanned where only running its code would tell what it depends on, as the policy says`,
        ],
      }),
    ),
  ];
}

/** The files that other assertions judge: the known texts and programs, the register, and workflows. */
const JUDGED: ReadonlySet<string> = new Set([...Object.values(PATHS), ...PROGRAM_PATHS]);

/**
 * Snyk scans a written manifest or lock file in place of the people's own. A file that an installer or Git reads may
 * change what Snyk scans, and a `.snyk` what it ignores.
 *
 * @see https://docs.snyk.io/manage-risk/policies/the-.snyk-file
 */
export function othersAreUnread(subject: Subject): readonly Result[] {
  const others = filesOn(subject).filter(
    (file) => !JUDGED.has(file.path) && !isWorkflow(file) && !isForPeople(file.path),
  );
  return [
    enforced(),
    ...others.map((file) =>
      undecided(`a scan may read ${file.path}, or judge what it says`, controlOfFile(file), "text"),
    ),
  ];
}

/** The programs are there before the workflow that calls them. */
export function programsComeFirst(subject: Subject): readonly Result[] {
  return ifFound(snykWorkflowOf(subject), ({ file }) =>
    ifFound(programsOf(subject, "snyk-scan"), (files) => [writtenBefore(subject, files, file)]),
  );
}

/** Where the policy has Terraform write the token, it is in the secrets that the scan reads, before the first scan. */
export function tokenIsThere(subject: Subject): readonly Result[] {
  const { promise, written } = subject;
  const { writeToken, tokenSecret, dependabotSecret } = { ...SNYK_DEFAULTS, ...promise.snyk };
  const kinds = [
    ["Actions", written.actionsSecrets] as const,
    ...(dependabotSecret ? [["Dependabot", written.dependabotSecrets] as const] : []),
  ];
  if (!writeToken) {
    const by = `somebody sets the secret ${tokenSecret} of ${promise.name} by hand`;
    return [
      enforced([], { assumptions: [`${by}: a scan without it fails`] }),
      ...kinds
        .flatMap(([, secrets]) => secrets.filter(ofName(tokenSecret)))
        .map((secret) =>
          undecided(`it may take the place of the token: ${by}, as the policy says`, controlOf(secret), "owner"),
        ),
    ];
  }
  return kinds.flatMap(([kind, secrets]) => {
    const what = `the ${kind} secret ${tokenSecret}`;
    const secret = onlyOne(what, secrets.filter(ofName(tokenSecret)));
    const change = "write it, as ScanSchedule does";
    return ifFound(secret ?? lacking(subject, `nothing writes ${what}`, change), (each) =>
      holdsToken(subject, what, each),
    );
  });
}

const ofName =
  (name: string) =>
  ({ attributes: { secret_name: secret } }: Resource): boolean =>
    mayBeSame(SECRET_NAME, secret, name);

function holdsToken(subject: Subject, what: string, resource: Resource): readonly Result[] {
  const { secret_name: named, plaintext_value: value } = resource.attributes;
  const { tokenSecret } = { ...SNYK_DEFAULTS, ...subject.promise.snyk };
  if (relationOf(SECRET_NAME, named, tokenSecret) === "unknown") {
    return [undecided(`only the apply knows whether this is ${what}`, controlOf(resource, "/secret_name"), "identity")];
  }
  if (!(value instanceof Opaque) || !/^\$\{var\.\w+\}$/.test(value.text)) {
    const wrong = "its value is no variable of the process that runs Terraform";
    return [violated(wrong, controlOf(resource, "/plaintext_value"), "take it from a sensitive variable")];
  }
  const written = { path: what, branch: undefined, text: undefined, resource };
  return ifFound(snykWorkflowOf(subject), ({ file }) => [writtenBefore(subject, [written], file)]);
}
