import { dependabotCovers, updatesFollowAlerts } from "../github/dependabot";
import type { Assertions } from "./assertion";
import { ofRepositories, REPOSITORY_IS_OWNED } from "./repositories";

/** SCAN-2: GitHub Dependabot ships critical security patches. */
export const SCAN_2: Assertions = [
  REPOSITORY_IS_OWNED,
  ofRepositories("Dependabot alerts are on, and security updates after them.", updatesFollowAlerts),
  ofRepositories("Dependabot updates each manifest and the workflows every week.", dependabotCovers),
];
