import { DataGithubTeam } from "@cdktf/provider-github/lib/data-github-team";
import { RepositoryRuleset } from "@cdktf/provider-github/lib/repository-ruleset";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import { type MergeGate, nameIn } from "../../policy/repository";
import { GATE_CHECK, GATE_PATHS } from "./files/repository-paths";
import { ProviderFeature, providerHas } from "./provider-feature";

/** The App "GitHub Actions" on github.com: only its report of the check counts, not one of the same name by others. */
const GITHUB_ACTIONS_APP = 15_368;

export interface GateRulesetProps {
  /** `owner/name`. */
  readonly repository: string;
  readonly gate: MergeGate;
  readonly providerVersion: string;
  /** The file that is written last: a check that nothing reports would block every merge. */
  readonly after: ITerraformDependable;
}

/**
 * The ruleset that a pull request to the default branch has to pass. It demands the check that the Snyk workflow
 * reports and, as an option, a team's review of the files that could change it. Only the App that Terraform
 * authenticates as may bypass it.
 *
 * The check needn't be up to date with the branch: the push of a merge is scanned again.
 *
 * @see https://docs.github.com/en/repositories/configuring-branches-and-merges-in-your-repository/managing-rulesets/available-rules-for-rulesets
 */
export class GateRuleset extends Construct {
  public constructor(scope: Construct, id: string, { repository, gate, providerVersion, after }: GateRulesetProps) {
    super(scope, id);
    const ruleset = new RepositoryRuleset(this, "Ruleset", {
      name: GATE_CHECK,
      repository: nameIn(repository),
      target: "branch",
      enforcement: "active",
      bypassActors: [{ actorId: Number(gate.terraformApp), actorType: "Integration", bypassMode: "always" }],
      conditions: { refName: { include: ["~DEFAULT_BRANCH"], exclude: [] } },
      rules: {
        requiredStatusChecks: {
          requiredCheck: [{ context: GATE_CHECK, integrationId: GITHUB_ACTIONS_APP }],
          strictRequiredStatusChecksPolicy: false,
        },
      },
      dependsOn: [after],
    });
    const { reviewedBy } = gate;
    if (reviewedBy !== undefined && providerHas(providerVersion, ProviderFeature.REQUIRED_REVIEWERS)) {
      this.review(ruleset, reviewedBy);
    }
  }

  /** An approval counts for the approved commits: a later push to the pull request asks for it again. */
  private review(ruleset: RepositoryRuleset, slug: string): void {
    const team = new DataGithubTeam(this, "Team", { slug, summaryOnly: true });
    // The bindings, made for 6.9.0, don't know the reviewers.
    ruleset.addOverride("rules.pull_request", {
      required_approving_review_count: 0,
      dismiss_stale_reviews_on_push: true,
      required_reviewers: [
        { file_patterns: GATE_PATHS, minimum_approvals: 1, reviewer: { id: `\${${team.fqn}.id}`, type: "Team" } },
      ],
    });
  }
}
