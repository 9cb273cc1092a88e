import { DataGithubRepository } from "@cdktf/provider-github/lib/data-github-repository";
import { RepositoryDependabotSecurityUpdates } from "@cdktf/provider-github/lib/repository-dependabot-security-updates";
import { RepositoryFile } from "@cdktf/provider-github/lib/repository-file";
import { type ITerraformDependable, TerraformResource } from "cdktf";
import { Construct } from "constructs";
import { nameIn, type Repository } from "../../policy/repository";
import { Claim } from "../claims";
import { GATE_CHECK } from "./files/repository-paths";
import { scanFiles } from "./files/scan-files";
import { scanFilesInput, type ScanFilesInput } from "./files/scan-files-input";
import { terraformEscape } from "./files/template";
import { GateRuleset } from "./gate-ruleset";
import { ProviderFeature, providerHas } from "./provider-feature";
import { SnykSecrets } from "./snyk-secrets";

/**
 * Everything that one repository gets.
 *
 * The files come after the secrets that a workflow's first run needs. The ruleset that requires their check
 * comes last, so that a destroy lifts the requirement first.
 */
export class ScannedRepository extends Construct {
  public constructor(scope: Construct, id: string, repository: Repository, providerVersion: string) {
    super(scope, id);
    const input = scanFilesInput(repository);
    const { name, gate, snyk } = repository;
    new ExistingRepository(this, "Existing", input);
    const secrets = snyk?.writeToken === true ? new SnykSecrets(this, "Secrets", input).resources : [];
    const { last } = new RepositoryFiles(this, "Files", input, secrets);
    new DependabotSettings(this, "Dependabot", name, providerVersion);
    if (gate !== undefined) new GateRuleset(this, "Gate", { repository: name, gate, providerVersion, after: last });
  }
}

/** The files, settings and ruleset of a repository that this construct owns. */
export function claimsOf(repository: Repository): readonly Claim[] {
  const { name, gate } = repository;
  return [
    ...scanFiles(scanFilesInput(repository)).map(({ path }) => Claim.repositoryFile(name, path)),
    Claim.repositorySetting(name, "Dependabot"),
    ...(gate === undefined ? [] : [Claim.repositoryRuleset(name, GATE_CHECK)]),
  ];
}

/**
 * The repository as GitHub has it. The plan fails before anything is changed where it isn't the repository that is meant.
 *
 * The provider prefers the variable `GITHUB_OWNER` to the owner of its configuration, so every resource could end up in a
 * namesake. GitHub runs schedules on the default branch only, and none in an archived repository.
 *
 * @see https://github.com/integrations/terraform-provider-github/blob/v6.13.0/github/provider.go
 * @see https://docs.github.com/en/actions/reference/workflows-and-actions/events-that-trigger-workflows#schedule
 */
class ExistingRepository extends Construct {
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

/**
 * The files of a scan, each a commit to the default branch.
 *
 * They are written one after the other, since GitHub refuses a commit whose parent another one has taken. Their order lets
 * each workflow work from its first run on. A file that is there already is overwritten. GitHub sets the author, since it
 * signs the commits of an App.
 *
 * @see https://github.com/integrations/terraform-provider-github/issues/2909
 * @see https://github.com/integrations/terraform-provider-github/issues/1152
 */
class RepositoryFiles extends Construct {
  /** The file that is written last. */
  public readonly last: ITerraformDependable;

  /** @param after the resources that a workflow's first run needs */
  public constructor(scope: Construct, id: string, input: ScanFilesInput, after: readonly ITerraformDependable[]) {
    super(scope, id);
    const [first, ...others] = scanFiles(input).map(
      ({ path, text, commitMessage }) =>
        (before: readonly ITerraformDependable[]) =>
          new RepositoryFile(this, path.split("/").at(-1) ?? path, {
            repository: nameIn(input.repository),
            branch: input.defaultBranch,
            file: path,
            content: terraformEscape(text),
            commitMessage,
            overwriteOnCreate: true,
            dependsOn: [...before],
          }),
    );
    if (first === undefined) throw new Error("a scan without files scans nothing");
    this.last = others.reduce<ITerraformDependable>((previous, write) => write([previous]), first(after));
  }
}

/**
 * Dependabot's alerts and, after them, its security updates of every severity.
 *
 * Alerts come first: GitHub opens security updates for the vulnerabilities that they report. The provider before 6.12.0
 * has alerts only as part of the whole repository, whose other settings aren't this construct's. There they are left out,
 * and have to be on already.
 *
 * @see https://docs.github.com/en/code-security/dependabot/dependabot-security-updates/configuring-dependabot-security-updates
 */
class DependabotSettings extends Construct {
  public constructor(scope: Construct, id: string, repository: string, providerVersion: string) {
    super(scope, id);
    const alerts = providerHas(providerVersion, ProviderFeature.VULNERABILITY_ALERTS) ? [this.alerts(repository)] : [];
    new RepositoryDependabotSecurityUpdates(this, "SecurityUpdates", {
      repository: nameIn(repository),
      enabled: true,
      ...(alerts.length === 0 ? {} : { dependsOn: alerts }),
    });
  }

  /** The bindings, made for 6.9.0, don't know the resource. */
  private alerts(repository: string): TerraformResource {
    const alerts = new TerraformResource(this, "Alerts", {
      terraformResourceType: "github_repository_vulnerability_alerts",
      terraformGeneratorMetadata: { providerName: "github" },
    });
    alerts.addOverride("repository", nameIn(repository));
    alerts.addOverride("enabled", true);
    return alerts;
  }
}
