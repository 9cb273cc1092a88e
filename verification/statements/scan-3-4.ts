import { scansManifests } from "../github/scan";
import type { Assertions } from "./assertion";
import { NOTHING_ENDS_THE_SCAN, ofRepositories, REPOSITORY_IS_OWNED } from "./repositories";

/** SCAN-3: a scan on every push to main. */
export const SCAN_3: Assertions = [
  REPOSITORY_IS_OWNED,
  ofRepositories("A known workflow scans each manifest on every push to the default branch.", scansManifests),
  NOTHING_ENDS_THE_SCAN,
];

/** SCAN-4: a scheduled scan every week. */
export const SCAN_4: Assertions = [
  REPOSITORY_IS_OWNED,
  ofRepositories("A known workflow scans each manifest on a weekly schedule.", scansManifests),
  NOTHING_ENDS_THE_SCAN,
];
