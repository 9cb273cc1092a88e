import type { Repository } from "../../policy/repository";
import { ProviderFeature, SINCE, providerHas } from "./provider-feature";

/** What a statement lacks in a repository because it can't be had or wasn't asked for: each with its statement. */
export function declarations({ name, gate, manifests }: Repository, providerVersion: string): readonly string[] {
  const has = (feature: ProviderFeature): boolean => providerHas(providerVersion, feature);
  const told: readonly (readonly [boolean, string])[] = [
    ...manifests.map(({ path, passUnscannable = false }): readonly [boolean, string] => [
      passUnscannable,
      `SCAN-1: ${path} of ${name} is merged unscanned where only running its code would tell what it depends on`,
    ]),
    [gate === undefined, `SCAN-1: ${name} requires no check, so that pull requests are merged whatever Snyk finds`],
    [
      gate !== undefined && gate.reviewedBy === undefined,
      `SCAN-1: a pull request to ${name} can edit the gate that judges it; name a team in gate.reviewedBy`,
    ],
    [
      gate?.reviewedBy !== undefined && !has(ProviderFeature.REQUIRED_REVIEWERS),
      `SCAN-1: a pull request to ${name} can edit the gate that judges it; ${
        gate?.reviewedBy ?? "a team"
      } reviews with version ${SINCE[ProviderFeature.REQUIRED_REVIEWERS]} of the GitHub provider or newer`,
    ],
    [
      !has(ProviderFeature.VULNERABILITY_ALERTS),
      `SCAN-2: the Dependabot alerts of ${name} are only declared; switch them on by hand, or use version ${
        SINCE[ProviderFeature.VULNERABILITY_ALERTS]
      } of the GitHub provider or newer`,
    ],
  ];
  return told.filter(([holds]) => holds).map(([, sentence]) => sentence);
}
