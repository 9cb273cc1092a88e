import { dependabotConfig } from "./dependabot-config";
import { pentestPolicy, pentestScope, pentestWorkflow } from "./pentest-files";
import { PATHS } from "./repository-paths";
import { ScanFilesInput, completeInput } from "./scan-files-input";
import { snykWorkflow } from "./snyk-workflow";
import { shippedText } from "./template";

/** One file to write into a repository. */
export interface RepositoryFile {
  /** Where it goes, relative to the root of the repository. */
  readonly path: string;
  /** Its text, as it has to be in the repository: not escaped for Terraform. */
  readonly text: string;
  /** The message of the commit that writes it. */
  readonly commitMessage: string;
}

/**
 * Every file of one repository, in the order to write them: what a workflow uses comes before the workflow, so that each
 * works from its first run on, and the Snyk workflow comes last, so that the commits before it start no scan.
 *
 * The register of penetration tests is not among them: people write it, and an apply must not be able to erase it.
 *
 * @throws InvalidInput with every problem of the input
 */
export function scanFiles(input: ScanFilesInput): readonly RepositoryFile[] {
  const complete = completeInput(input);
  const file = (path: string, text: string): RepositoryFile => ({ path, text, commitMessage: `ci: write ${path}` });
  return [
    file(PATHS.oneIssue, shippedText("programs/one-issue.cjs")),
    file(PATHS.pentestRules, shippedText("programs/pentest-rules.cjs")),
    file(PATHS.pentestCheck, shippedText("programs/pentest-check.cjs")),
    file(PATHS.pentestRegisterSchema, shippedText("templates/pentest-register.schema.json")),
    file(PATHS.pentestPolicy, pentestPolicy(complete)),
    file(PATHS.pentestScope, pentestScope(complete)),
    file(PATHS.pentestWorkflow, pentestWorkflow(complete)),
    file(PATHS.dependabot, dependabotConfig(complete)),
    file(PATHS.snykVerdict, shippedText("programs/snyk-verdict.cjs")),
    file(PATHS.snykScan, shippedText("programs/snyk-scan.cjs")),
    file(PATHS.snykWorkflow, snykWorkflow(complete)),
  ];
}
