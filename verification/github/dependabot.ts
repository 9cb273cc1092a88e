import { PACKAGE_MANAGERS } from "../../policy/scanned-manifest";
import { type Control, enforced, type Result, undecided } from "../result";
import type { Resource } from "../terraform/stack";
import { booleanOf } from "../terraform/value";
import { isPlain, rendered, unlessSame, type Unknown } from "./known-text";
import {
  controlOf,
  controlOfFile,
  filesOn,
  type Found,
  holds,
  ifFound,
  knownAt,
  lacking,
  onlyOne,
  PATHS,
  type Subject,
  textAt,
  violated,
} from "./subject";

/** The values of a dependabot.yml. Each entry looks for new versions once a week. */
export interface DependabotConfig {
  readonly entries: readonly Entry[];
  /** The workflows that the entry for actions leaves to Terraform. */
  readonly managedWorkflows: readonly string[];
}

export interface Entry {
  readonly ecosystem: string;
  readonly directories: readonly string[];
  readonly day: string;
  readonly time: string;
}

const LIST = String.raw`(?:\n {6}- ".*")+`;
const SCHEDULE = String.raw`\n {4}schedule:\n {6}interval: weekly\n {6}day: (?<day>.*)\n {6}time: "(?<time>.*)"$`;
const PACKAGES = new RegExp(
  String.raw`^ {2}- package-ecosystem: (?<ecosystem>.*)\n {4}directories:(?<list>${LIST})${SCHEDULE}`,
  "gm",
);
const ACTIONS = new RegExp(
  String.raw`^ {2}- package-ecosystem: github-actions\n {4}directory: \/\n(?: {4}#.*\n)? {4}exclude-paths:(?<list>${LIST})${SCHEDULE}`,
  "m",
);

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
const TIME = /^(?:[01]\d|2[0-3]):[0-5]\d$/;

/** The configuration of Dependabot, if a text is one that is known. */
export function dependabotConfigIn(text: string): DependabotConfig | Unknown {
  const { groups } = ACTIONS.exec(text) ?? {};
  if (groups === undefined) return { unknown: "it has no entry for actions as a known text has" };
  const entries = [...text.matchAll(PACKAGES)].map((found) => entryOf(found.groups ?? {}));
  const actions = { ...entryOf(groups), ecosystem: "github-actions", directories: ["/"] };
  const managedWorkflows = itemsIn(groups["list"]);
  const values = [...entries, actions].flatMap(({ ecosystem, directories }) => [ecosystem, ...directories]);
  if (![...values, ...managedWorkflows].every(isPlain)) return { unknown: "a value holds a character that none has" };
  if (![...entries, actions].every(({ day, time }) => DAYS.includes(day) && TIME.test(time)))
    return { unknown: "an entry has no day and time" };
  const updated = [...entries, actions].flatMap(updatedBy);
  const twice = updated.find((each, index) => updated.indexOf(each) !== index);
  // GitHub refuses the whole file: each ecosystem and directory has one entry.
  if (twice !== undefined) return { unknown: `it updates ${twice} twice` };
  const updates = [
    ...entries.map(({ directories, ecosystem, day, time }) =>
      rendered("dependabot-packages.yml", { ecosystem, day, time, directories: listOf(directories) }),
    ),
    rendered("dependabot-actions.yml", {
      ...{ day: actions.day, time: actions.time },
      "managed-workflows": listOf(managedWorkflows),
    }),
  ];
  const known = rendered("dependabot.yml", { updates: updates.join("\n") });
  return unlessSame(known, text) ?? { entries: [...entries, actions], managedWorkflows };
}

function entryOf({ ecosystem = "", list, day = "", time = "" }: Readonly<Record<string, string>>): Entry {
  return { ecosystem, directories: itemsIn(list), day, time };
}

const itemsIn = (list = ""): readonly string[] => [...list.matchAll(/"(.*)"$/gm)].map(([, item = ""]) => item);

const listOf = (items: readonly string[]): string => items.map((item) => `- "${item}"\n`).join("");

/**
 * Alerts are on and, after them, security updates: GitHub opens these for the vulnerabilities that alerts report.
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
function the(what: string, subject: Subject, resources: readonly Resource[]): Found<Resource> {
  const only = onlyOne(`the ${what} of ${subject.written.name}`, resources);
  return only ?? lacking(subject, `nothing switches on the ${what}`, "switch them on, as ScanSchedule does");
}

function switchIsOn(resource: Resource, whereUnsaid: boolean): Result {
  const by = controlOf(resource, "/enabled");
  const isOn = booleanOf(resource.attributes["enabled"] ?? whereUnsaid);
  if (isOn === undefined) return undecided("only the apply knows whether it is on", by);
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

/** The ecosystem and directory of each update of an entry. */
function updatedBy({ ecosystem, directories }: Entry): readonly string[] {
  return directories.map((each) => `${ecosystem} in ${each}`);
}

/** The updates and the manifests of the policy are the same set. */
function covers({ promise }: Subject, { entries, managedWorkflows }: DependabotConfig, by: Control): readonly Result[] {
  const updated = new Set(entries.flatMap(updatedBy));
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
