import type { Repository } from "../../policy/repository";
import type { ScanFilesInput } from "./files/scan-files-input";
import { ProviderFeature, providerHas, SINCE } from "./provider-feature";

/** The limits of the scans that every repository has. */
export const SCAN_LIMITS: readonly string[] = [
  "A pull request from a fork passes unscanned: GitHub gives it no secret. The push that merges it is scanned.",
  "The weekly scan and the penetration test's cadence hold while GitHub runs the schedules.",
];

/** The parts of SCAN-1 and SCAN-2 that a repository only declares: it can't have them, or doesn't ask for them. */
export function declarations({ name, gate, manifests }: Repository, providerVersion: string): readonly string[] {
  const lacks = (feature: ProviderFeature): boolean => !providerHas(providerVersion, feature);
  const editable = `SCAN-1: a pull request to ${name} can edit the gate that judges it`;
  const team = gate?.reviewedBy;
  return [
    ...manifests
      .filter(({ passUnscannable = false }) => passUnscannable)
      .map(
        ({ path }) =>
          `SCAN-1: ${path} of ${name} is merged unscanned where only running its code would tell what it depends on`,
      ),
    ...(gate === undefined
      ? [`SCAN-1: ${name} requires no check, so that pull requests are merged whatever Snyk finds`]
      : []),
    ...(gate !== undefined && team === undefined ? [`${editable}; name a team in gate.reviewedBy`] : []),
    ...(team !== undefined && lacks(ProviderFeature.REQUIRED_REVIEWERS)
      ? [`${editable}; ${team} reviews with ${versionFor(ProviderFeature.REQUIRED_REVIEWERS)}`]
      : []),
    ...(lacks(ProviderFeature.VULNERABILITY_ALERTS)
      ? [
          `SCAN-2: the Dependabot alerts of ${name} are only declared; switch them on by hand, or use ${versionFor(
            ProviderFeature.VULNERABILITY_ALERTS,
          )}`,
        ]
      : []),
  ];
}

/** The consequences of a repository's own features and scan options for its scans, one sentence each. */
export function consequences(input: ScanFilesInput): readonly string[] {
  const told: readonly (readonly [boolean, string])[] = [
    [!input.codeScanning, "Findings are in the log and summary of each run only: the repository has no code scanning."],
    [
      !input.dependabotSecret,
      "Dependabot's pull requests are not scanned before they are merged: there is no Dependabot secret.",
    ],
    [
      !input.blockWhenUnavailable,
      "A pull request passes unscanned while Snyk can't be reached; the push that merges it does not.",
    ],
    [!input.monitor, "Advisories published between two scans are not reported until the next one."],
  ];
  return told.filter(([holds]) => holds).map(([, sentence]) => sentence);
}

function versionFor(feature: ProviderFeature): string {
  return `version ${SINCE[feature]} of the GitHub provider or newer`;
}
