import { DataGithubRepository } from "@cdktf/provider-github/lib/data-github-repository";
import { Construct } from "constructs";
import type { ScanFilesInput } from "./files/scan-files-input";

/**
 * The repository as GitHub has it. The plan fails before anything is changed where it isn't the one that is meant: the
 * provider takes its owner from the variable `GITHUB_OWNER` before that of its configuration, so that every resource could end
 * up in a namesake; GitHub runs schedules on the default branch only, and none in an archived repository.
 *
 * @see https://github.com/integrations/terraform-provider-github/blob/v6.13.0/github/provider.go
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
 */
export class ExistingRepository extends Construct {
  public constructor(
    scope: Construct,
    id: string,
    { repository, defaultBranch }: Pick<ScanFilesInput, "repository" | "defaultBranch">,
  ) {
    super(scope, id);
    new DataGithubRepository(this, "Data", {
      name: nameIn(repository),
      lifecycle: {
        postcondition: [
          {
            condition: `\${lower(self.full_name) == "${repository.toLowerCase()}"}`,
            errorMessage: `GitHub has no repository ${repository} for this token and owner: unset GITHUB_OWNER and GITHUB_ORGANIZATION, and give the token access to it`,
          },
          {
            condition: `\${self.default_branch == "${defaultBranch}"}`,
            errorMessage: `${defaultBranch} is not the default branch of ${repository}, so GitHub would run no schedule: name the default branch in the environment's file`,
          },
          {
            condition: "${!self.archived}",
            errorMessage: `${repository} is archived, so GitHub would run no schedule: unarchive it, or drop it from the environment's file`,
          },
        ],
      },
    });
  }
}

/** The name of a repository without its owner, which the provider's resources take. */
export function nameIn(repository: string): string {
  return repository.split("/")[1] ?? repository;
}
