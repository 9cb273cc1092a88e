import { PACKAGE_MANAGERS } from "../../policy/scanned-manifest";
import { booleanOf } from "../terraform/converted";
import type { Resource } from "../terraform/stack";
import { type Control, enforced, type Result, undecided } from "../result";
import { controlOf, controlOfFile, type Found, found, holds, ifFound, violated } from "./control";
import { type DependabotConfig, dependabotConfigIn } from "./dependabot-config";
import { knownAt, PATHS, textAt } from "./files";
import { filesOn, lacking, type Subject } from "./subject";

/**
 * Alerts are on and, after them, security updates: GitHub opens these for what alerts report.
 *
 * @see https://docs.github.com/en/code-security/dependabot/dependabot-security-updates/about-dependabot-security-updates
 */
export function updatesFollowAlerts(subject: Subject): readonly Result[] {
  return ifFound(the("Dependabot alerts", subject, subject.written.alerts), (alerts) =>
    ifFound(the("Dependabot security updates", subject, subject.written.securityUpdates), (updates) => {
      const isAfter = subject.model.isAfter(updates, alerts);
      const what = "security updates may be switched on before the alerts, which GitHub refuses";
      return [
        switchIsOn(alerts, true),
        switchIsOn(updates, false),
        holds(isAfter, controlOf(updates, "/depends_on"), what, `let it depend on ${alerts.address}`),
      ];
    }),
  );
}

/** The one resource that switches something. */
function the(what: string, subject: Subject, [resource, second]: readonly Resource[]): Found<Resource> {
  const change = "switch them on, as ScanSchedule does";
  if (resource === undefined) return lacking(subject, `nothing switches on the ${what}`, change);
  if (second === undefined) return found(resource);
  const reason = `the ${what} of ${subject.written.name} have two owners: ${resource.stack} ${resource.address} and this`;
  return undecided(reason, controlOf(second));
}

function switchIsOn(resource: Resource, whereUnsaid: boolean): Result {
  const by = controlOf(resource, "/enabled");
  const isOn = booleanOf(resource.attributes["enabled"] ?? whereUnsaid);
  if (isOn === undefined) return undecided("whether it is on, the apply alone knows", by);
  return holds(isOn, by, "it is switched off", "set enabled to true");
}

/** dependabot.yml is one that is known, and has Dependabot update each manifest and the workflows. */
export function dependabotCovers(subject: Subject): readonly Result[] {
  const other = textAt(subject, PATHS.otherDependabot);
  if (other !== undefined) {
    const [file] = filesOn(subject).filter(({ path }) => path === PATHS.otherDependabot);
    const reason = `whether GitHub reads ${PATHS.dependabot} or ${PATHS.otherDependabot} isn't known`;
    return [undecided(reason, file && controlOfFile(file))];
  }
  return ifFound(knownAt(subject, PATHS.dependabot, dependabotConfigIn), ({ file, value }) =>
    covers(subject, value, controlOfFile(file)),
  );
}

/** What is updated and what the policy names are the same set. */
function covers({ promise }: Subject, { entries, managedWorkflows }: DependabotConfig, by: Control): readonly Result[] {
  const updated = new Set(
    entries.flatMap(({ ecosystem, directories }) => directories.map((each) => `${ecosystem} in ${each}`)),
  );
  const wanted = new Set([
    ...promise.manifests.map(({ packageManager, path }) => {
      const { dependabotEcosystem } = PACKAGE_MANAGERS[packageManager];
      return `${dependabotEcosystem} in /${path.split("/").slice(0, -1).join("/")}`;
    }),
    "github-actions in /",
  ]);
  const workflows = [PATHS.snyk, ...(promise.pentest === undefined ? [] : [PATHS.cadence])];
  const isAmong = managedWorkflows.every((path) => workflows.some((each) => each === path));
  return [
    enforced([by]),
    ...difference(wanted, updated).map((each) =>
      violated(`${PATHS.dependabot}: no entry has Dependabot update ${each}`, by, "add it, as ScanSchedule does"),
    ),
    ...difference(updated, wanted).map((each) =>
      violated(`${PATHS.dependabot}: it updates ${each}, which the policy doesn't name`, by, "leave it out"),
    ),
    holds(
      isAmong,
      by,
      `${PATHS.dependabot}: exclude-paths leaves out more than Terraform writes`,
      `exclude ${workflows.join(", ")}`,
    ),
  ];
}

const difference = (one: ReadonlySet<string>, other: ReadonlySet<string>): readonly string[] =>
  [...one].filter((each) => !other.has(each));
