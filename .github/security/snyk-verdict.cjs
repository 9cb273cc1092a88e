// Managed by Terraform (ScanSchedule): the next apply overwrites what is changed here.
"use strict";

/*
 * Judges a scan for the gate. Pure: no file, no process, no clock.
 *
 * The result of scanning one tree is one of
 *   { state: "scanned", findings }      Snyk answered 0 or 1 and its report could be read
 *   { state: "unavailable", reason }    Snyk answered neither this question nor another one: an outage
 *   { state: "refused", reason }        Snyk does not take the token, or there is none
 *   { state: "unscannable", reason }    its packages can't be told without running code of the tree
 *   { state: "absent", reason }         the manifest is not there
 *   { state: "unsupported", reason }    exit code 3: no project that Snyk supports
 *   { state: "broken", reason }         anything else
 */

const SEVERITIES = ["low", "medium", "high", "critical"];

/** The findings of a report of `snyk test --json`, one per vulnerability and package; undefined if it is no such report. */
function findingsOf(report) {
  const projects = Array.isArray(report) ? report : [report];
  if (projects.length === 0 || !projects.every((project) => Array.isArray(project?.vulnerabilities))) return undefined;
  const byKey = new Map();
  for (const { id, packageName, version, severity, title } of projects.flatMap((project) => project.vulnerabilities)) {
    if (typeof id !== "string") return undefined;
    const finding = { key: `${id} ${packageName}`, id, packageName, version, severity, title };
    const known = byKey.get(finding.key);
    if (known === undefined || rank(severity) > rank(known.severity)) byKey.set(finding.key, finding);
  }
  return [...byKey.values()];
}

/** A severity as a number. One that is not known counts as the worst. */
function rank(severity) {
  const index = SEVERITIES.indexOf(severity);
  return index < 0 ? SEVERITIES.length - 1 : index;
}

/** The findings at or above the threshold. */
function atOrAbove(threshold, findings) {
  if (!SEVERITIES.includes(threshold))
    throw new Error(`the severity threshold is "${threshold}"; allowed: ${SEVERITIES.join(", ")}`);
  return findings.filter((finding) => rank(finding.severity) >= rank(threshold));
}

/**
 * Decides whether one manifest passes.
 *
 * Outside pull requests every finding at or above the threshold fails, and so does a scan that could not be done. On a
 * pull request only findings that are new to the base fail. An advisory published overnight must not block the very
 * update that mends it. A base without the manifest, or whose manifest Snyk can't scan, has no findings.
 *
 * Only an outage is let pass by option. A pull request can't cause one; it can cause any other failure.
 */
function judge(head, base, { pullRequest, threshold, blockWhenUnavailable, passUnscannable }) {
  const passed = (level, message) => ({ passed: true, level, message, blocking: [] });
  const failed = (message, blocking = []) => ({ passed: false, level: "error", message, blocking });
  const unavailable = (reason) =>
    pullRequest && !blockWhenUnavailable
      ? passed("warning", `scan unavailable, not blocking this pull request: ${reason}`)
      : failed(`scan unavailable: ${reason}`);

  if (head.state === "unavailable") return unavailable(head.reason);
  if (head.state === "unscannable" && passUnscannable)
    return passed("warning", `not scanned, which the environment allows for this manifest: ${head.reason}`);
  if (head.state !== "scanned") return failed(head.reason);
  const serious = atOrAbove(threshold, head.findings);
  if (serious.length === 0) return passed("notice", `no vulnerability of severity ${threshold} or higher`);
  if (!pullRequest) return failed(`${serious.length} of severity ${threshold} or higher`, serious);
  if (base === undefined) throw new Error("a pull request with findings is judged against its base");
  if (base.state === "unavailable") return unavailable(`the base could not be scanned for comparison: ${base.reason}`);
  const known = new Set(base.state === "scanned" ? base.findings.map(({ key }) => key) : []);
  const fresh = serious.filter(({ key }) => !known.has(key));
  if (fresh.length === 0)
    return passed("notice", `${serious.length} of severity ${threshold} or higher, all of them in the base`);
  const against = base.state === "scanned" ? "" : `; the base counts as having none: ${base.reason}`;
  return failed(`${fresh.length} of severity ${threshold} or higher that the base does not have${against}`, fresh);
}

module.exports = { findingsOf, judge };
