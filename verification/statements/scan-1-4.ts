import { dependabotCovers, updatesFollowAlerts } from "../github/dependabot";
import { mergeNeedsCheck } from "../github/gate-ruleset";
import { nothingElseReports, nothingDisturbs } from "../github/neighbours";
import {
  commitsAreScanned,
  othersAreUnread,
  programsComeFirst,
  scansAll,
  scansManifests,
  tokenIsThere,
} from "../github/scan";
import type { Subject } from "../github/subject";
import { enforced, type Result } from "../result";
import type { Assertions } from "./assertion";
import { ownedUnderOneName, OWNED, ofRepositories } from "./repositories";

const REPOSITORY_IS_OWNED = ofRepositories(OWNED, ownedUnderOneName);

const NOTHING_ENDS_THE_SCAN = ofRepositories("No other workflow that the stacks write ends the scan.", nothingDisturbs);

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

const scansPushes = (subject: Subject): readonly Result[] => [
  ...scansManifests(subject),
  ...commitsAreScanned(subject),
];

/** SCAN-2: GitHub Dependabot ships critical security patches. */
export const SCAN_2: Assertions = [
  REPOSITORY_IS_OWNED,
  ofRepositories("Dependabot alerts are on, and security updates after them.", updatesFollowAlerts),
  ofRepositories("Dependabot updates each manifest and the workflows every week.", dependabotCovers),
];

/** SCAN-3: a scan on every push to main. */
export const SCAN_3: Assertions = [
  REPOSITORY_IS_OWNED,
  ofRepositories("A known workflow scans each manifest on every push to the default branch.", scansPushes),
  NOTHING_ENDS_THE_SCAN,
];

/** SCAN-4: a scheduled scan every week. */
export const SCAN_4: Assertions = [
  REPOSITORY_IS_OWNED,
  ofRepositories("A known workflow scans each manifest on a weekly schedule.", scansManifests),
  NOTHING_ENDS_THE_SCAN,
];
