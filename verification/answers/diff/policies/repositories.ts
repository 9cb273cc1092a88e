import type { MergeGate, Repository } from "../../../../policy/repository";
import { type PentestCadence, withDefaults } from "../../../../policy/pentest-cadence";
import type { ScannedManifest } from "../../../../policy/scanned-manifest";
import { Severity, SNYK_DEFAULTS, type SnykOptions } from "../../../../policy/snyk-options";
import {
  type Gone,
  type Compare,
  compareMembers,
  either,
  fewIsStrict,
  listed,
  manyIsStrict,
  measured,
  stronger,
  switched,
  weaker,
} from "./compare";

export const repositories = (gone: Gone): Compare<readonly Repository[]> =>
  listed<Repository>({
    nameOf: ({ name }) => name,
    added: (at, { name }) => [{ ...stronger(at, `the repository ${name} is new`), announces: name }],
    dropped: (at, { name }) => gone(at, name),
    both: (at, before, after) =>
      compareMembers(at, before, after, {
        name: either,
        plan: either,
        visibility: either,
        codeSecurity: switched(true, false),
        manifests: manifestsOf(after.name),
        defaultBranch: either,
        snyk,
        gate: gateOf(after.name),
        pentest: pentestOf(after.name),
      }),
  });

const manifestsOf = (repository: string): Compare<readonly ScannedManifest[]> =>
  listed<ScannedManifest>({
    nameOf: ({ path }) => path,
    added: (at, { path }) => [stronger(at, `${path} of ${repository} is scanned too`)],
    dropped: (at, { path }) => [weaker(at, `${path} of ${repository} is no longer scanned`)],
    both: (at, before, after) =>
      compareMembers(at, before, after, {
        packageManager: either,
        path: either,
        pythonVersion: either,
        passUnscannable: switched(false, false),
      }),
  });

const SEVERITIES: readonly Severity[] = [Severity.CRITICAL, Severity.HIGH, Severity.MEDIUM, Severity.LOW];

const snyk = (at: string, before: SnykOptions = {}, after: SnykOptions = {}) =>
  compareMembers(at, before, after, {
    severity: measured((severity = SNYK_DEFAULTS.severity) => SEVERITIES.indexOf(severity)),
    blockWhenUnavailable: switched(true, SNYK_DEFAULTS.blockWhenUnavailable),
    monitor: switched(true, SNYK_DEFAULTS.monitor),
    organization: either,
    tokenSecret: either,
    dependabotSecret: switched(true, SNYK_DEFAULTS.dependabotSecret),
    writeToken: switched(false, SNYK_DEFAULTS.writeToken),
  });

const gateOf =
  (repository: string): Compare<MergeGate> =>
  (at, before, after) => {
    if (after === undefined) return [weaker(at, `a merge into ${repository} needs no check any more`)];
    if (before === undefined) return [stronger(at, `a merge into ${repository} needs the check`)];
    return compareMembers(at, before, after, {
      terraformApp: either,
      reviewedBy: (place, one, other) => {
        if (other === undefined) return [weaker(place, `nobody has to review what could change the gate`)];
        return one === undefined
          ? [stronger(place, `${other} has to review what could change the gate`)]
          : either(place, one, other);
      },
    });
  };

const pentestOf =
  (repository: string): Compare<PentestCadence> =>
  (at, before, after) => {
    if (after === undefined) return [weaker(at, `${repository} no longer keeps the register of penetration tests`)];
    if (before === undefined) return [stronger(at, `${repository} keeps the register of penetration tests`)];
    return compareMembers(at, withDefaults(before), withDefaults(after), {
      // Without a test yet, the first one is due a cadence later.
      adoptedOn: measured((day = "") => -Date.parse(day)),
      publicApi: manyIsStrict("the penetration test covers", "the penetration test no longer covers"),
      dashboard: manyIsStrict("the penetration test covers", "the penetration test no longer covers"),
      accreditations: fewIsStrict("firms count that hold", "firms no longer count that hold"),
      cadenceDays: measured((days = 0) => -days),
      reminderDays: measured((days = 0) => days),
    });
  };
