import { dependabotCovers, updatesFollowAlerts } from "../../github/dependabot";
import { controlOfFile, filesOn } from "../../github/subject";
import { mergeNeedsCheck } from "../../github/gate-ruleset";
import { nothingDisturbs, nothingElseReports } from "../../github/neighbours";
import { repositoryIsOwned } from "../../github/ownership";
import { programsComeFirst, scansAll, scansManifests, tokenIsThere } from "../../github/scan";
import { enforced, undecided } from "../../result";
import type { Propositions } from "../vocabulary";
import { inRepositories } from "./subjects";

const OWNED = inRepositories(
  "that a stack owns the repository, and that it is the one that is meant",
  repositoryIsOwned,
);

const UNDISTURBED = inRepositories("that nothing else that is written ends the scan", nothingDisturbs);

const FORKS =
  "a pull request from a fork passes unscanned, since GitHub gives it no secret: the push that merges it is scanned";

/** Snyk scans the Python and Node.js dependencies. */
export const SCAN_1: Propositions = [
  OWNED,
  inRepositories(
    "that a pull request has each manifest scanned by a workflow and programs that are known",
    (subject) => [...scansManifests(subject), enforced([], { notes: [FORKS] })],
  ),
  inRepositories("that no manifest passes unscanned", scansAll),
  inRepositories("that the scan reads a token", tokenIsThere),
  inRepositories("that a program is there before the workflow that calls it", programsComeFirst),
  inRepositories("that nothing that is written has Snyk ignore what it finds", (subject) => {
    const policies = filesOn(subject).filter(({ path }) => path.split("/").at(-1) === ".snyk");
    return [
      enforced([]),
      ...policies.map((file) => undecided(`what ${file.path} has Snyk ignore isn't modelled`, controlOfFile(file))),
    ];
  }),
  inRepositories("that nothing else that is written reports the check", nothingElseReports),
  inRepositories("that a merge needs the check, but for the App that the policy names", mergeNeedsCheck),
  UNDISTURBED,
];

/** GitHub Dependabot ships critical security patches. */
export const SCAN_2: Propositions = [
  OWNED,
  inRepositories("that alerts are on, and after them security updates", updatesFollowAlerts),
  inRepositories("that Dependabot updates each manifest and the workflows, weekly", dependabotCovers),
];

/** A scan on every push to the default branch. */
export const SCAN_3: Propositions = [
  OWNED,
  inRepositories(
    "that every push to the default branch has each manifest scanned by a workflow that is known",
    scansManifests,
  ),
  UNDISTURBED,
];

/** A scheduled scan every week. */
export const SCAN_4: Propositions = [
  OWNED,
  inRepositories("that a schedule has each manifest scanned every week by a workflow that is known", scansManifests),
  UNDISTURBED,
];
