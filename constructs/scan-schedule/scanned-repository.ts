import { IssueLabel } from "@cdktf/provider-github/lib/issue-label";
import { Construct } from "constructs";
import type { Repository } from "../../policy/repository";
import { Claim } from "../claims";
import { DependabotSettings } from "./dependabot-settings";
import { ExistingRepository, nameIn } from "./existing-repository";
import { DEPENDABOT_LABEL, GATE_CHECK } from "./files/repository-paths";
import { scanFiles } from "./files/scan-files";
import { scanFilesInput } from "./files/scan-files-input";
import { GateRuleset } from "./gate-ruleset";
import { RepositoryFiles } from "./repository-files";
import { SnykSecrets } from "./snyk-secrets";

/**
 * Everything that one repository gets. What the first run of a workflow needs comes before the files, and the ruleset that
 * requires their check after them, so that a destroy lifts the requirement first.
 */
export class ScannedRepository extends Construct {
  public constructor(scope: Construct, id: string, repository: Repository, providerVersion: string) {
    super(scope, id);
    const input = scanFilesInput(repository);
    const { name, gate, snyk } = repository;
    new ExistingRepository(this, "Existing", input);
    const label = new IssueLabel(this, "Label", {
      repository: nameIn(name),
      name: DEPENDABOT_LABEL,
      color: "0366d6",
      description: "Dependabot updates a dependency",
    });
    const secrets = snyk?.writeToken === true ? new SnykSecrets(this, "Secrets", input).resources : [];
    const { last } = new RepositoryFiles(this, "Files", input, [label, ...secrets]);
    new DependabotSettings(this, "Dependabot", name, providerVersion);
    if (gate !== undefined) new GateRuleset(this, "Gate", { repository: name, gate, providerVersion, after: last });
  }
}

/** What a repository has once and this construct owns. */
export function claimsOf(repository: Repository): readonly Claim[] {
  const { name, gate } = repository;
  return [
    ...scanFiles(scanFilesInput(repository)).map(({ path }) => Claim.repositoryFile(name, path)),
    Claim.repositorySetting(name, "Dependabot"),
    ...(gate === undefined ? [] : [Claim.repositoryRuleset(name, GATE_CHECK)]),
  ];
}
