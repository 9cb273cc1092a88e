import { type PentestCadence, withDefaults } from "../../../../policy/pentest-cadence";
import type { MergeGate, Repository } from "../../../../policy/repository";
import type { ScannedManifest } from "../../../../policy/scanned-manifest";
import { Severity, SNYK_DEFAULTS, type SnykOptions } from "../../../../policy/snyk-options";
import {
  type Compare,
  compareMembers,
  type Comparisons,
  either,
  listed,
  measured,
  names,
  promised,
  stronger,
  switched,
  weaker,
} from "./compare";

/** The changes in the promises of a repository that both sides name. */
export function repository(at: string, before: Repository, after: Repository) {
  const { name } = after;
  return compareMembers(at, before, after, {
    name: either,
    plan: either,
    visibility: either,
    codeSecurity: switched(true, false),
    manifests: manifestsOf(name),
    defaultBranch: either,
    snyk: (place, one = {}, other = {}) => compareMembers<SnykOptions>(place, one, other, SNYK),
    gate: promised<MergeGate>(
      `a merge into ${name} needs no check any more`,
      `a merge into ${name} needs the check`,
      GATE,
    ),
    pentest: (place, one, other) =>
      promised(
        `${name} no longer keeps the register of penetration tests`,
        `${name} keeps the register of penetration tests`,
        PENTEST,
      )(place, one && withDefaults(one), other && withDefaults(other)),
  });
}

const manifestsOf = (repository_: string): Compare<readonly ScannedManifest[]> =>
  listed({
    nameOf: ({ path }) => path,
    added: (at, { path }) => [stronger(at, `${path} of ${repository_} is scanned too`)],
    dropped: (at, { path }) => [weaker(at, `${path} of ${repository_} is no longer scanned`)],
    both: (at, before, after) => compareMembers(at, before, after, MANIFEST),
  });

const MANIFEST: Comparisons<ScannedManifest> = {
  packageManager: either,
  path: either,
  pythonVersion: either,
  passUnscannable: switched(false, false),
};

const SNYK: Comparisons<SnykOptions> = {
  severity: measured((severity = SNYK_DEFAULTS.severity) => -Object.values(Severity).indexOf(severity)),
  blockWhenUnavailable: switched(true, SNYK_DEFAULTS.blockWhenUnavailable),
  monitor: switched(true, SNYK_DEFAULTS.monitor),
  organization: either,
  tokenSecret: either,
  dependabotSecret: switched(true, SNYK_DEFAULTS.dependabotSecret),
  writeToken: switched(false, SNYK_DEFAULTS.writeToken),
};

const GATE: Comparisons<MergeGate> = {
  terraformApp: either,
  reviewedBy: (at, before, after) => {
    if (after === undefined) return [weaker(at, "nobody has to review what could change the gate")];
    return before === undefined
      ? [stronger(at, `${after} has to review what could change the gate`)]
      : either(at, before, after);
  },
};

const covers = names([stronger, "the penetration test covers"], [weaker, "the penetration test no longer covers"]);

const PENTEST: Comparisons<Required<PentestCadence>> = {
  // Without a test yet, the first one is due a cadence later.
  adoptedOn: measured((day = "") => -Date.parse(day)),
  publicApi: covers,
  dashboard: covers,
  accreditations: names([weaker, "firms count that hold"], [stronger, "firms no longer count that hold"]),
  cadenceDays: measured((days = 0) => -days),
  reminderDays: measured((days = 0) => days),
};
