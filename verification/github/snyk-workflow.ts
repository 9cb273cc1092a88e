import { isKnownVersion, pinsIn, unlessHosted } from "./known-programs";
import {
  unlessWeekly,
  WEEKLY,
  optional,
  holesIn,
  isPlain,
  isUnknown,
  rendered,
  unlessSame,
  type Unknown,
} from "./known-text";
import { knownAt, PATHS, type Subject } from "./subject";
import { oncePer } from "../once-per";

/** The workflow that scans, where it is written and known. */
export const snykWorkflowOf = oncePer((subject: Subject) => knownAt(subject, PATHS.snyk, snykWorkflowIn));

/** The name of the check that a merge needs: a job of the workflow reports it. */
export const CHECK = "snyk-gate";

/** The values of a workflow that scans: everything else in it is the same in every repository. */
export interface SnykWorkflow {
  readonly branch: string;
  readonly severity: string;
  readonly tokenSecret: string;
  /** Empty for the token's own. */
  readonly organization: string;
  readonly blockWhenUnavailable: boolean;
  readonly dependabotSecret: boolean;
  readonly monitor: boolean;
  readonly codeScanning: boolean;
  /** The machine, and the versions of the tools, each of them known. */
  readonly runner: string;
  readonly snykVersion: string;
  readonly uvVersion: string;
  readonly legs: readonly Leg[];
}

/** One manifest that is scanned. */
export interface Leg {
  readonly manager: string;
  readonly manifest: string;
  /** Empty for a manifest that needs no Python. */
  readonly python: string;
  readonly unscannable: string;
}

const FORMS = {
  branch: /^ {2}push:\n {4}branches: \["(.*)"\]$/m,
  ...WEEKLY,
  runner: /^ {4}runs-on: (.*)$/m,
  checkout: /^ {8}uses: actions\/checkout@(.+) # .*$/m,
  "setup-python": /^ {8}uses: actions\/setup-python@(.+) # .*$/m,
  "setup-snyk": /^ {8}uses: snyk\/actions\/setup@(.+) # .*$/m,
  "snyk-version": /^ {10}snyk-version: (.*)$/m,
  severity: /^ {10}SEVERITY_THRESHOLD: (.*)$/m,
  "block-when-unavailable": /^ {10}BLOCK_WHEN_UNAVAILABLE: "(.*)"$/m,
  "dependabot-secret": /^ {10}DEPENDABOT_SECRET: "(.*)"$/m,
  "uv-version": /^ {10}UV_VERSION: "(.*)"$/m,
  "token-secret": /^ {10}SNYK_TOKEN: \$\{\{ secrets\.(.*) \}\}$/m,
  organization: optional(/^ {10}SNYK_CFG_ORG: "(.+)"$/),
  "upload-sarif": optional(/^ {8}uses: github\/codeql-action\/upload-sarif@(.+) # .*$/),
} as const;

const LEG =
  /^ {10}- manager: (?<manager>.*)\n {12}manifest: "(?<manifest>.*)"\n {12}python: "(?<python>.*)"\n {12}unscannable: "(?<unscannable>.*)"$/gm;

/** The workflow that scans, if a text is one that is known. */
export function snykWorkflowIn(text: string): SnykWorkflow | Unknown {
  const found = holesIn(text, FORMS);
  if (isUnknown(found)) return found;
  const pins = pinsIn(found);
  if (isUnknown(pins)) return pins;
  const legs = [...text.matchAll(LEG)].map(({ groups }) => groups as unknown as Leg);
  const monitor = !text.includes('\n          MONITOR_REFERENCE: ""\n');
  return (
    unlessKnown(found, legs) ??
    unlessSame(render({ ...found, ...pins }, legs, monitor), text) ?? {
      ...{ branch: found.branch, severity: found.severity, tokenSecret: found["token-secret"], runner: found.runner },
      ...{ organization: found.organization, snykVersion: found["snyk-version"], uvVersion: found["uv-version"] },
      blockWhenUnavailable: found["block-when-unavailable"] === "true",
      dependabotSecret: found["dependabot-secret"] === "true",
      codeScanning: found["upload-sarif"] !== "",
      ...{ monitor, legs },
    }
  );
}

type Values = Readonly<Record<keyof typeof FORMS, string>>;

/** The known text with values of a workflow, its pins with their releases. */
function render(found: Values, legs: readonly Leg[], monitor: boolean): string {
  const { branch, organization, "upload-sarif": upload } = found;
  const isUploading = upload !== "";
  return rendered("snyk.yml", {
    ...found,
    "monitor-reference": monitor ? monitored(branch) : '""',
    "sarif-file": isUploading ? "snyk.sarif" : "",
    "snyk-organization": organization === "" ? "" : `SNYK_CFG_ORG: "${organization}"\n`,
    legs: legs.map((leg) => rendered("snyk-leg.yml", { ...leg })).join(""),
    "code-scanning-permissions": isUploading ? rendered("snyk-upload-permissions.yml", {}) : "",
    "code-scanning-steps": isUploading ? `\n${rendered("snyk-upload.yml", found)}` : "",
  });
}

/** Snyk watches the default branch, and no other run. */
const monitored = (branch: string): string =>
  `\${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/${branch}' && github.ref_name || '' }}`;

const SWITCHES = ["block-when-unavailable", "dependabot-secret"] as const;
const TOOLS = [
  ["snyk-version", "snyk"],
  ["uv-version", "uv"],
] as const;

/** The reason why a value is unknown; undefined where each is known. */
function unlessKnown(found: Values, legs: readonly Leg[]): Unknown | undefined {
  const switched = SWITCHES.find((name) => !["true", "false"].includes(found[name]));
  if (switched !== undefined) return { unknown: `its ${switched} is neither true nor false` };
  const [tool] = TOOLS.find(([name, known]) => !isKnownVersion(known, found[name])) ?? [];
  if (tool !== undefined) return { unknown: `its ${tool} ${found[tool]} isn't known here` };
  const python = legs.find((leg) => leg.python !== "" && !isKnownVersion("python", leg.python));
  if (python !== undefined) return { unknown: `its Python ${python.python} isn't known here` };
  if (!legs.every((leg) => Object.values(leg).every(isPlain))) {
    return { unknown: "a leg holds a character that no value has" };
  }
  return unlessWeekly(found) ?? unlessHosted(found.runner);
}
