import { ScanFilesInput } from "./scan-files-input";

/** What the files can't do in this repository, one sentence each, for a report to declare. */
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
    [input.monitor === false, "Advisories published between two scans are not reported until the next one."],
    [
      true,
      "A pull request from a fork passes unscanned: GitHub gives it no secret. The push that merges it is scanned.",
    ],
    [true, "The weekly scan and the penetration test's cadence hold while GitHub runs the schedules."],
  ];
  return told.filter(([holds]) => holds).map(([, sentence]) => sentence);
}
