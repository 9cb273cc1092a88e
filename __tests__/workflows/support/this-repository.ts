import { join } from "node:path";
import { type ScanFile, scanFiles } from "../../../constructs/scan-schedule/files/scan-files";
import { scanFilesInput } from "../../../constructs/scan-schedule/files/scan-files-input";
import { production } from "../../../environments/production";
import { GithubPlan } from "../../../policy/github-plan";
import { Repository } from "../../../policy/repository";
import { ScannedManifest } from "../../../policy/scanned-manifest";

export const ROOT = join(__dirname, "../../..");

const pentest = production.repositories?.find(({ pentest: cadence }) => cadence !== undefined)?.pentest;

/** The repository that holds this project, as an environment would name it. */
const THIS_REPOSITORY = Repository.of("example/security-infrastructure", {
  plan: GithubPlan.TEAM,
  manifests: [ScannedManifest.npm("package-lock.json")],
  ...(pentest === undefined ? {} : { pentest }),
});

/** The files that ScanSchedule writes into this repository, which uses what it gives others. */
export const OWN_SCAN_FILES: readonly ScanFile[] = scanFiles(scanFilesInput(THIS_REPOSITORY));
