/** The folder of a repository that holds the programs and data of its workflows. */
const SECURITY_FOLDER = ".github/security";

/** The paths that are written into a repository. */
export const PATHS = {
  snykWorkflow: ".github/workflows/snyk.yml",
  pentestWorkflow: ".github/workflows/pentest-cadence.yml",
  dependabot: ".github/dependabot.yml",
  snykScan: `${SECURITY_FOLDER}/snyk-scan.cjs`,
  snykRequirements: `${SECURITY_FOLDER}/snyk-requirements.cjs`,
  snykVerdict: `${SECURITY_FOLDER}/snyk-verdict.cjs`,
  oneIssue: `${SECURITY_FOLDER}/one-issue.cjs`,
  pentestCheck: `${SECURITY_FOLDER}/pentest-check.cjs`,
  pentestRules: `${SECURITY_FOLDER}/pentest-rules.cjs`,
  pentestPolicy: `${SECURITY_FOLDER}/pentest-policy.json`,
  pentestScope: `${SECURITY_FOLDER}/pentest-scope.md`,
  pentestRegisterSchema: `${SECURITY_FOLDER}/pentest-register.schema.json`,
} as const;

/**
 * The files that a pull request could change to get past the gate, as patterns for a rule that asks a named team for review.
 * Without such a rule a pull request can edit the gate that judges it.
 *
 * GitHub takes the workflow from the pull request itself, and the workflow takes its programs from the base. So an edit of a
 * program works from the merge on. A `.snyk` file makes Snyk ignore the findings that it lists, also from the merge on.
 */
export const GATE_PATHS: readonly string[] = [".github/workflows/**", `${SECURITY_FOLDER}/**`, "**/.snyk"];

/** The name of the check that a ruleset can require. It reports on every pull request, also where a leg failed. */
export const GATE_CHECK = "snyk-gate";
