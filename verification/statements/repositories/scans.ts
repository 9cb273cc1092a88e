import type { Propositions } from "../vocabulary";
import { undecided } from "../conclusion";
import { dependabotCovers, updatesFollowAlerts } from "./dependabot";
import { filesOn, jobCalling, pathCalled, programFiles, writtenBefore } from "./files";
import { checkJudgesScan } from "./gate-check";
import { mergeNeedsCheck } from "./gate-ruleset";
import { OWNED } from "./ownership";
import { SCAN, scansOn } from "./scan-legs";
import { tokenIsThere } from "./secrets";
import { controlOfFile, enforced, together } from "./settled";
import { inRepositories } from "./subject";
import { runsToItsEnd, startsOn, startsWeekly } from "./triggers";
import { undisturbed } from "./undisturbed";

const UNDISTURBED = inRepositories("that nothing else that is written ends the scan or reports its check", undisturbed);

/** Snyk scans the Python and Node.js dependencies. */
export const SCAN_1: Propositions = [
  OWNED,
  inRepositories("that a pull request has each manifest scanned by programs that are known", (subject) => {
    const { workflow } = jobCalling(subject, SCAN);
    return together(
      () => startsOn(workflow, "pull_request", subject.branch),
      () => scansOn(subject, "pull_request"),
      () => scansOn(subject, "push"),
    );
  }),
  inRepositories("that the scan reads a token", tokenIsThere),
  inRepositories("that a program is there before the workflow that calls it", (subject) => {
    const scan = jobCalling(subject, SCAN);
    return writtenBefore(subject, programFiles(subject, pathCalled(scan, SCAN)), scan.workflow.file);
  }),
  inRepositories("that nothing that is written has Snyk ignore what it finds", (subject) => {
    const policies = filesOn(subject).filter(({ path }) => path.split("/").at(-1) === ".snyk");
    return [
      enforced([]),
      ...policies.map((file) => undecided(`what ${file.path} has Snyk ignore isn't modelled`, controlOfFile(file))),
    ];
  }),
  inRepositories("that the check passes only where each manifest's scan did", checkJudgesScan),
  inRepositories("that a merge needs the check, but for the App that the policy names", mergeNeedsCheck),
  UNDISTURBED,
];

/** GitHub Dependabot ships critical security patches. */
export const SCAN_2: Propositions = [
  OWNED,
  inRepositories("that alerts are on, and after them security updates", updatesFollowAlerts),
  inRepositories("that Dependabot updates each manifest and the workflows, at least weekly", dependabotCovers),
];

/** A scan on every push to the default branch. */
export const SCAN_3: Propositions = [
  OWNED,
  inRepositories("that every push to the default branch has each manifest scanned to the end", (subject) => {
    const { workflow } = jobCalling(subject, SCAN);
    return together(
      () => startsOn(workflow, "push", subject.branch),
      () => runsToItsEnd(subject, workflow, "push"),
      () => scansOn(subject, "push"),
    );
  }),
  UNDISTURBED,
];

/** A scheduled scan every week. */
export const SCAN_4: Propositions = [
  OWNED,
  inRepositories("that a schedule has each manifest scanned to the end, at least once in seven days", (subject) => {
    const { workflow } = jobCalling(subject, SCAN);
    return together(
      () => startsWeekly(workflow),
      () => runsToItsEnd(subject, workflow, "schedule"),
      () => scansOn(subject, "schedule"),
    );
  }),
  UNDISTURBED,
];
