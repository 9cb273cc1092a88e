import { PACKAGE_MANAGERS, type ScannedManifest } from "../../../policy/scanned-manifest";
import { ACTION_PINS, RUNNER_IMAGE, TOOL_VERSIONS } from "./pins";
import type { ScanFilesInput } from "./scan-files-input";
import { fill, shippedText } from "./template";
import { cron, weeklyTime } from "./weekly-time";

const SARIF_FILE = "snyk.sarif";

/**
 * The workflow that scans every manifest on pushes to the default branch, on pull requests and weekly.
 *
 * A pull request from a fork passes unscanned, since GitHub gives it no secret
 * (https://docs.github.com/en/actions/reference/security/secure-use#using-secrets); the push that merges it is scanned. A push
 * whose message holds `[skip ci]`, or that was made with a workflow's own token, starts no run; the weekly scan covers it.
 */
export function snykWorkflow(input: ScanFilesInput): string {
  const { checkout, "setup-python": setupPython, "setup-snyk": setupSnyk } = ACTION_PINS;
  return fill(shippedText("templates/snyk.yml"), {
    branch: input.defaultBranch,
    cron: cron(weeklyTime(input.repository, "snyk")),
    runner: RUNNER_IMAGE,
    legs: input.manifests.map(leg).join(""),
    checkout,
    "setup-python": setupPython,
    "setup-snyk": setupSnyk,
    "snyk-version": TOOL_VERSIONS.snyk,
    "uv-version": TOOL_VERSIONS.uv,
    severity: input.severity,
    "block-when-unavailable": String(input.blockWhenUnavailable),
    "dependabot-secret": String(input.dependabotSecret),
    "monitor-reference": input.monitor ? monitorReference(input.defaultBranch) : '""',
    "snyk-organization": input.organization === undefined ? "" : `SNYK_CFG_ORG: "${input.organization}"\n`,
    "token-secret": input.tokenSecret,
    ...codeScanning(input.codeScanning),
  });
}

/** Only the default branch is watched: a run started by hand on another branch would replace its snapshot. */
function monitorReference(branch: string): string {
  return `\${{ github.event_name != 'pull_request' && github.ref == 'refs/heads/${branch}' && github.ref_name || '' }}`;
}

function leg({ packageManager, path, pythonVersion, passUnscannable = false }: ScannedManifest): string {
  const { needsPython } = PACKAGE_MANAGERS[packageManager];
  return fill(shippedText("templates/snyk-leg.yml"), {
    manager: packageManager,
    manifest: path,
    python: needsPython ? (pythonVersion ?? TOOL_VERSIONS.python) : "",
    unscannable: passUnscannable ? "pass" : "",
  });
}

function codeScanning(available: boolean): Readonly<Record<string, string>> {
  if (!available) return { "sarif-file": "", "code-scanning-permissions": "", "code-scanning-steps": "" };
  return {
    "sarif-file": SARIF_FILE,
    "code-scanning-permissions": shippedText("templates/snyk-code-scanning-permissions.yml"),
    "code-scanning-steps": `\n${fill(shippedText("templates/snyk-code-scanning.yml"), {
      "sarif-file": SARIF_FILE,
      "upload-sarif": ACTION_PINS["upload-sarif"],
    })}`,
  };
}
