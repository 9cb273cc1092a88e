/** Where the programs and data that the workflows use live in a repository. */
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
 * What a pull request could change to get past the gate, as patterns for a rule that asks a named team for review.
 *
 * The gate's programs are taken from the base of a pull request, so editing them there gains nothing until it is merged;
 * the workflow that calls them is taken from the pull request itself. A `.snyk` file makes Snyk ignore what it lists, from the
 * merge on.
 * Without such a rule a pull request can edit the gate that judges it.
 */
export const GATE_PATHS: readonly string[] = [".github/workflows/**", `${SECURITY_FOLDER}/**`, "**/.snyk"];

/** The name of the check that a ruleset can require: it reports on every pull request, whatever the legs did. */
export const GATE_CHECK = "snyk-gate";

/**
 * The label of Dependabot's pull requests. Dependabot ignores one that the repository doesn't have, and a label that it has
 * already can't be created, so this one is of a name that repositories don't have by themselves, as they have `dependencies`.
 */
export const DEPENDABOT_LABEL = "dependency-update";
