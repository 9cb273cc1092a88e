import { isKnownVersion, pinsIn, type Tool, unlessHosted } from "./known-programs";
import {
  unlessWeekly,
  WEEKLY,
  type Holes,
  holesIn,
  isPlain,
  isUnknown,
  rendered,
  sameAs,
  type Unknown,
} from "./known-text";
import { type Found, knownAt, type KnownFile, PATHS, type Subject } from "./subject";

/** The workflow that scans, where it is written and known. */
export const snykWorkflowOf = (subject: Subject): Found<KnownFile<SnykWorkflow>> =>
  knownAt(subject, PATHS.snyk, snykWorkflowIn);

/** The name of the check that a merge needs: a job of the workflow reports it. */
export const CHECK = "snyk-gate";

/** What a workflow that scans says of its own: everything else in it is the same in every repository. */
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
  checkout: /^ {8}uses: actions\/checkout@(.*) # .*$/m,
  "setup-python": /^ {8}uses: actions\/setup-python@(.*) # .*$/m,
  "setup-snyk": /^ {8}uses: snyk\/actions\/setup@(.*) # .*$/m,
  "snyk-version": /^ {10}snyk-version: (.*)$/m,
  severity: /^ {10}SEVERITY_THRESHOLD: (.*)$/m,
  "block-when-unavailable": /^ {10}BLOCK_WHEN_UNAVAILABLE: "(.*)"$/m,
  "dependabot-secret": /^ {10}DEPENDABOT_SECRET: "(.*)"$/m,
  "uv-version": /^ {10}UV_VERSION: "(.*)"$/m,
  "token-secret": /^ {10}SNYK_TOKEN: \$\{\{ secrets\.(.*) \}\}$/m,
} as const;

/** What some workflows have and others haven't. */
const ORGANIZATION = { organization: /^ {10}SNYK_CFG_ORG: "(.+)"$/m };
const UPLOAD = { "upload-sarif": /^ {8}uses: github\/codeql-action\/upload-sarif@(.*) # .*$/m };

const LEG =
  /^ {10}- manager: (?<manager>.*)\n {12}manifest: "(?<manifest>.*)"\n {12}python: "(?<python>.*)"\n {12}unscannable: "(?<unscannable>.*)"$/gm;

/** The workflow that scans, if a text is one that is known. */
export function snykWorkflowIn(text: string): SnykWorkflow | Unknown {
  const monitor = !text.includes('\n          MONITOR_REFERENCE: ""\n');
  const forms = {
    ...FORMS,
    ...(ORGANIZATION.organization.test(text) ? ORGANIZATION : {}),
    ...(UPLOAD["upload-sarif"].test(text) ? UPLOAD : {}),
  };
  const found = holesIn(text, forms);
  if (isUnknown(found)) return found;
  const legs = [...text.matchAll(LEG)].map(({ groups }) => groups as unknown as Leg);
  const known = render(found, legs, monitor);
  if (isUnknown(known)) return known;
  return (
    sameAs(known.text, text) ?? {
      ...{ branch: found["branch"] ?? "", severity: found["severity"] ?? "", tokenSecret: found["token-secret"] ?? "" },
      ...{
        runner: found["runner"] ?? "",
        snykVersion: found["snyk-version"] ?? "",
        uvVersion: found["uv-version"] ?? "",
      },
      organization: found["organization"] ?? "",
      blockWhenUnavailable: found["block-when-unavailable"] === "true",
      dependabotSecret: found["dependabot-secret"] === "true",
      codeScanning: "upload-sarif" in found,
      ...{ monitor, legs },
    }
  );
}

const SWITCHES = ["block-when-unavailable", "dependabot-secret"] as const;
const TOOLS: Readonly<Record<string, Tool>> = { "snyk-version": "snyk", "uv-version": "uv" };

function render(found: Holes, legs: readonly Leg[], monitor: boolean): Unknown | { readonly text: string } {
  const wrong = wrongIn(found, legs);
  if (wrong !== undefined) return wrong;
  const pins = pinsIn(found);
  if (isUnknown(pins)) return pins;
  const { organization } = found;
  const isUploading = "upload-sarif" in found;
  const text = rendered("snyk.yml", {
    ...found,
    ...pins,
    "monitor-reference": monitor ? monitored(found["branch"] ?? "") : '""',
    "sarif-file": isUploading ? "snyk.sarif" : "",
    "snyk-organization": organization === undefined ? "" : `SNYK_CFG_ORG: "${organization}"\n`,
    legs: legs.map((leg) => rendered("snyk-leg.yml", { ...leg })).join(""),
    "code-scanning-permissions": isUploading ? rendered("snyk-upload-permissions.yml", {}) : "",
    "code-scanning-steps": isUploading ? `\n${rendered("snyk-upload.yml", pins)}` : "",
  });
  return { text };
}

/** Snyk watches what the default branch has, and no other run. */
const monitored = (branch: string): string =>
  `\${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/${branch}' && github.ref_name || '' }}`;

function wrongIn(found: Holes, legs: readonly Leg[]): Unknown | undefined {
  const switched = SWITCHES.find((name) => !["true", "false"].includes(found[name] ?? ""));
  if (switched !== undefined) return { unknown: `its ${switched} is neither true nor false` };
  const [tool] = Object.keys(TOOLS).filter((name) => !isKnownVersion(TOOLS[name] ?? "snyk", found[name] ?? ""));
  if (tool !== undefined) return { unknown: `what ${found[tool] ?? ""}, its ${tool}, does isn't known here` };
  const python = legs.find((leg) => leg.python !== "" && !isKnownVersion("python", leg.python));
  if (python !== undefined) return { unknown: `whether Python ${python.python} is there isn't known here` };
  if (!legs.every((leg) => Object.values(leg).every(isPlain)))
    return { unknown: "a leg holds a character that no value has" };
  return unlessWeekly(found) ?? unlessHosted(found["runner"] ?? "");
}
