/** A feature that only newer versions of the GitHub provider have. */
export enum ProviderFeature {
  /** A team's review of some paths, in a repository's ruleset. */
  REQUIRED_REVIEWERS = "required reviewers",
  /** Dependabot's alerts as a resource of their own. */
  VULNERABILITY_ALERTS = "vulnerability alerts",
}

/**
 * The first version that has each feature.
 *
 * Source: https://github.com/integrations/terraform-provider-github, `github/resource_github_repository_ruleset.go` at v6.11.0
 * and `github/resource_github_repository_vulnerability_alerts.go` at v6.12.0.
 */
export const SINCE: Readonly<Record<ProviderFeature, string>> = {
  [ProviderFeature.REQUIRED_REVIEWERS]: "6.11.0",
  [ProviderFeature.VULNERABILITY_ALERTS]: "6.12.0",
};

/** Whether an exact version of the provider has a feature. */
export function providerHas(version: string, feature: ProviderFeature): boolean {
  const [own, since] = [numbersIn(version), numbersIn(SINCE[feature])];
  const at = since.findIndex((number, index) => number !== own[index]);
  return at === -1 || (own[at] ?? 0) > (since[at] ?? 0);
}

const numbersIn = (version: string): readonly number[] => version.split(".").map(Number);
