import type { PentestCadence } from "../../../policy/pentest-cadence";
import { dependabotConfig } from "./dependabot-config";
import { pentestPolicy, pentestScope, pentestWorkflow } from "./pentest-files";
import { PATHS } from "./repository-paths";
import type { ScanFilesInput } from "./scan-files-input";
import { snykWorkflow } from "./snyk-workflow";
import { shippedText } from "./template";

/** One file to write into a repository. */
export interface ScanFile {
  /** Its path, relative to the root of the repository. */
  readonly path: string;
  /** Its text, as it has to be in the repository: not escaped for Terraform. */
  readonly text: string;
  /** The message of the commit that writes it. */
  readonly commitMessage: string;
}

/**
 * Every file of one repository, in the order to write them. A workflow comes after the files that it uses, so that it works
 * from its first run on. The Snyk workflow comes last, so that the commits before it start no scan.
 *
 * The register of penetration tests is not among them: people write it, and an apply must not be able to erase it.
 */
export function scanFiles(input: ScanFilesInput): readonly ScanFile[] {
  return [
    file(PATHS.oneIssue, shippedText("programs/one-issue.cjs")),
    ...(input.pentest === undefined ? [] : pentestFiles(input, input.pentest)),
    file(PATHS.dependabot, dependabotConfig(input)),
    file(PATHS.snykRequirements, shippedText("programs/snyk-requirements.cjs")),
    file(PATHS.snykVerdict, shippedText("programs/snyk-verdict.cjs")),
    file(PATHS.snykScan, shippedText("programs/snyk-scan.cjs")),
    file(PATHS.snykWorkflow, snykWorkflow(input)),
  ];
}

function pentestFiles(input: ScanFilesInput, pentest: PentestCadence): readonly ScanFile[] {
  return [
    file(PATHS.pentestRules, shippedText("programs/pentest-rules.cjs")),
    file(PATHS.pentestCheck, shippedText("programs/pentest-check.cjs")),
    file(PATHS.pentestRegisterSchema, shippedText("templates/pentest-register.schema.json")),
    file(PATHS.pentestPolicy, pentestPolicy(pentest)),
    file(PATHS.pentestScope, pentestScope(pentest)),
    file(PATHS.pentestWorkflow, pentestWorkflow(input)),
  ];
}

function file(path: string, text: string): ScanFile {
  return { path, text, commitMessage: `ci: write ${path}` };
}
