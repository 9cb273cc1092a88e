import type { ScannedManifest } from "../../../policy/scanned-manifest";
import { Severity } from "../../../policy/severity";
import { SNYK_DEFAULTS } from "../../../policy/snyk-options";
import { type Event, MARKS } from "../../model/repositories/events";
import type { StepRun } from "../../model/repositories/job-run";
import { isReleased } from "../../model/repositories/known-versions";
import { NotUnderstood } from "../../model/repositories/not-understood";
import type { Subject } from "./subject";
import { firstBroken, type Rule, type Wrong } from "./wrong";

/** What the program reads, by name. Another variable could change what Node, Python or Snyk do. */
const VARIABLES: ReadonlySet<string> = new Set([
  ...["PROGRAMS", "BASE_TREE", "PACKAGE_MANAGER", "MANIFEST", "SEVERITY_THRESHOLD", "BLOCK_WHEN_UNAVAILABLE"],
  ...[
    "MONITOR_REFERENCE",
    "SARIF_FILE",
    "UV_VERSION",
    "SNYK_CFG_ORG",
    "SNYK_TOKEN",
    "UNSCANNABLE",
    "DEPENDABOT_SECRET",
  ],
]);

const SEVERITIES: readonly string[] = [Severity.LOW, Severity.MEDIUM, Severity.HIGH, Severity.CRITICAL];

/**
 * What is wrong with what the program is told.
 *
 * @throws {NotUnderstood} where it isn't known what it makes of that
 */
export function wrongEnvironment(
  { promise, branch }: Subject,
  event: Event,
  manifest: ScannedManifest,
  scan: StepRun,
): Wrong | undefined {
  understand(scan);
  const { env, role } = scan;
  const options = { ...SNYK_DEFAULTS, ...promise.snyk };
  const isPullRequest = event === "pull_request";
  const base = `${MARKS.temp}/base`;
  const folder = role.kind === "program" && role.folder !== "" ? env[role.folder] : MARKS.workspace;
  const strictest = SEVERITIES.slice(0, SEVERITIES.indexOf(options.severity) + 1);
  const rules: readonly Rule[] = [
    [
      env["SNYK_TOKEN"] === MARKS.secret(options.tokenSecret),
      `SNYK_TOKEN isn't the secret ${options.tokenSecret}`,
      `set SNYK_TOKEN to \${{ secrets.${options.tokenSecret} }}`,
    ],
    [
      strictest.includes(env["SEVERITY_THRESHOLD"] ?? ""),
      `SEVERITY_THRESHOLD is "${env["SEVERITY_THRESHOLD"] ?? ""}", and the policy fails from ${options.severity} on`,
      `set SEVERITY_THRESHOLD to ${options.severity}`,
    ],
    [
      folder === (isPullRequest ? base : MARKS.workspace),
      isPullRequest ? "the pull request brings the program that judges it" : "the program isn't that of the branch",
      "take the program from the base on a pull request, and from the checkout else",
    ],
    [
      // Without a base everything counts that is found.
      (env["BASE_TREE"] ?? "") === "" || (isPullRequest && env["BASE_TREE"] === base),
      `what BASE_TREE has too is let pass, and it is no base of a pull request`,
      "set BASE_TREE to the base on a pull request, and leave it empty else",
    ],
    [
      !options.blockWhenUnavailable || env["BLOCK_WHEN_UNAVAILABLE"] !== "false",
      "BLOCK_WHEN_UNAVAILABLE is false, and the policy blocks while Snyk can't be reached",
      'set BLOCK_WHEN_UNAVAILABLE to "true"',
    ],
    [
      env["UNSCANNABLE"] !== "pass" || manifest.passUnscannable === true,
      `UNSCANNABLE is pass, and the policy doesn't let ${manifest.path} pass unscanned`,
      'set UNSCANNABLE to ""',
    ],
    [
      !options.dependabotSecret || env["DEPENDABOT_SECRET"] !== "false",
      "DEPENDABOT_SECRET is false, and the policy names one",
      'set DEPENDABOT_SECRET to "true"',
    ],
    [
      isPullRequest || (env["MONITOR_REFERENCE"] ?? "") === (options.monitor ? branch : ""),
      options.monitor
        ? `Snyk doesn't go on watching ${branch}`
        : "Snyk goes on watching, which the policy doesn't want",
      options.monitor ? `set MONITOR_REFERENCE to ${branch}` : "leave MONITOR_REFERENCE empty",
    ],
    [
      env["SNYK_CFG_ORG"] === options.organization,
      "SNYK_CFG_ORG isn't the organization of the policy, whose settings say what counts",
      options.organization === undefined ? "remove SNYK_CFG_ORG" : `set SNYK_CFG_ORG to ${options.organization}`,
    ],
  ];
  return firstBroken(rules);
}

/** The name of a report in the folder of the scan. The program removes the file before it scans. */
const REPORT = /^(?:[\w-][\w.-]*\.sarif)?$/;

function understand({ env, step }: StepRun): void {
  const at = `${step.at}.env`;
  const unknown = Object.keys(env).find((name) => !VARIABLES.has(name));
  if (unknown !== undefined) throw new NotUnderstood(at, `what ${unknown} does to the scan isn't modelled`);
  const { SARIF_FILE: report = "", UV_VERSION: uv = "", PACKAGE_MANAGER: manager } = env;
  if (!REPORT.test(report))
    throw new NotUnderstood(at, `whether the scan needs ${report}, its SARIF_FILE, isn't known`);
  if (manager === "uv" && !isReleased("uv", uv)) throw new NotUnderstood(at, `whether uv ${uv} is there isn't known`);
}
