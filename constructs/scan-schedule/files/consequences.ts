import type { ScanFilesInput } from "./scan-files-input";

/** What holds of the files in every repository. */
export const LIMITS: readonly string[] = [
  "A pull request from a fork passes unscanned: GitHub gives it no secret. The push that merges it is scanned.",
  "The weekly scan and the penetration test's cadence hold while GitHub runs the schedules.",
];

/** What the files can't do because of what the repository has and how it is to be scanned, one sentence each. */
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
