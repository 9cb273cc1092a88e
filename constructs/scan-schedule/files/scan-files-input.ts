import { hasCodeScanning } from "../../../policy/github-plan";
import type { Repository } from "../../../policy/repository";
import { SNYK_DEFAULTS, type SnykOptions } from "../../../policy/snyk-options";

/** The input of the files of one repository: its policy, checked before, with every default in place. */
export interface ScanFilesInput
  extends
    Pick<Repository, "manifests" | "pentest">,
    Required<Pick<Repository, "defaultBranch">>,
    Required<Omit<SnykOptions, "organization" | "writeToken">>,
    Pick<SnykOptions, "organization"> {
  /** The repository as `owner/name`. Its hash spreads the weekly times. */
  readonly repository: string;
  /** Whether the repository has code scanning. Without it the findings are in each run's log and summary only. */
  readonly codeScanning: boolean;
}

/** The branch of a repository that names none. */
const DEFAULT_BRANCH = "main";

export function scanFilesInput(repository: Repository): ScanFilesInput {
  const { name, manifests, pentest, defaultBranch = DEFAULT_BRANCH, snyk } = repository;
  const { writeToken: _, ...scan } = { ...SNYK_DEFAULTS, ...snyk };
  return {
    ...scan,
    repository: name,
    defaultBranch,
    manifests,
    codeScanning: hasCodeScanning(repository),
    ...(pentest === undefined ? {} : { pentest }),
  };
}
