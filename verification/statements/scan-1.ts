import { mergeNeedsCheck } from "../github/gate-ruleset";
import { nothingElseReports } from "../github/neighbours";
import { othersAreUnread, programsComeFirst, scansAll, scansManifests, tokenIsThere } from "../github/scan";
import type { Subject } from "../github/subject";
import { enforced, type Result } from "../result";
import type { Assertions } from "./assertion";
import { NOTHING_ENDS_THE_SCAN, ofRepositories, REPOSITORY_IS_OWNED } from "./repositories";

/** SCAN-1: Snyk scans the Python and Node.js dependencies. */
export const SCAN_1: Assertions = [
  REPOSITORY_IS_OWNED,
  ofRepositories("A known workflow with known programs scans each manifest in every pull request.", scansPullRequests),
  ofRepositories("No manifest passes unscanned.", scansAll),
  ofRepositories("The scan reads its token.", tokenIsThere),
  ofRepositories("Each program is written before the workflow that calls it.", programsComeFirst),
  ofRepositories("No scan reads any other file that the stacks write.", othersAreUnread),
  ofRepositories("No other workflow that the stacks write reports the check snyk-gate.", nothingElseReports),
  ofRepositories(
    "A merge needs the check snyk-gate, and only the App that the policy names may bypass it.",
    mergeNeedsCheck,
  ),
  NOTHING_ENDS_THE_SCAN,
];

const FORKS =
  "a pull request from a fork passes unscanned, since GitHub gives it no secret: the push that merges it is scanned";

function scansPullRequests(subject: Subject): readonly Result[] {
  return [...scansManifests(subject), enforced([], { notes: [FORKS] })];
}
