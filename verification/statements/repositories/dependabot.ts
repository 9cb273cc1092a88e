import { PACKAGE_MANAGERS } from "../../../policy/package-manager";
import { dependabotConfig, type Entry } from "../../model/repositories/dependabot/config";
import { NotUnderstood } from "../../model/repositories/not-understood";
import { booleanOf } from "../../model/terraform/converted";
import type { Resource } from "../../model/terraform/stack";
import { type Conclusion, type Control, undecided } from "../conclusion";
import { fileAt, fileIfAny } from "./files";
import { controlOf, controlOfFile, enforced, holds, reading, settle, violated } from "./settled";
import { lacking, type Subject } from "./subject";
import type { Wrong } from "./wrong";

/**
 * Alerts are on and, after them, security updates: GitHub opens these for what alerts report.
 *
 * @see https://docs.github.com/en/code-security/dependabot/dependabot-security-updates/about-dependabot-security-updates
 */
export function updatesFollowAlerts(subject: Subject): readonly Conclusion[] {
  const alerts = the("Dependabot alerts", subject, subject.written.alerts);
  const updates = the("Dependabot security updates", subject, subject.written.securityUpdates);
  const isAfter = subject.model.isAfter(updates, alerts);
  const what = "security updates may be switched on before the alerts, which GitHub refuses";
  return [
    isEnabled(alerts, true),
    isEnabled(updates, false),
    holds(isAfter, controlOf(updates, "/depends_on"), what, `let it depend on ${alerts.address}`),
  ];
}

/** The one resource that switches something. */
function the(what: string, subject: Subject, [resource, second]: readonly Resource[]): Resource {
  const change = "switch them on, as ScanSchedule does";
  if (resource === undefined) return settle(lacking(subject, `nothing switches on the ${what}`, change));
  if (second === undefined) return resource;
  const reason = `the ${what} of ${subject.written.name} have two owners: ${resource.stack} ${resource.address} and this`;
  return settle(undecided(reason, controlOf(second)));
}

function isEnabled(resource: Resource, whereUnsaid: boolean): Conclusion {
  const by = controlOf(resource, "/enabled");
  const isOn = booleanOf(resource.attributes["enabled"] ?? whereUnsaid);
  if (isOn === undefined) return undecided("whether it is on, the apply alone knows", by);
  return holds(isOn, by, "it is switched off", "set enabled to true");
}

const PATH = ".github/dependabot.yml";
const OTHER_PATH = ".github/dependabot.yaml";

/** dependabot.yml has what every manifest and the workflows need, at least weekly. */
export function dependabotCovers(subject: Subject): Conclusion | readonly Conclusion[] {
  const file = fileAt(subject, PATH);
  const by = controlOfFile(file);
  const other = fileIfAny(subject, OTHER_PATH);
  if (other !== undefined)
    return undecided(`whether GitHub reads ${PATH} or ${OTHER_PATH} isn't known`, controlOfFile(other));
  return reading(file, () => {
    const { version, entries } = dependabotConfig(file.text);
    if (version !== 2) {
      const what = `${PATH}: version is ${String(version)}, which Dependabot doesn't read`;
      return violated(what, by, "write version: 2");
    }
    const wanted = [
      ...subject.promise.manifests.map(({ packageManager, path }) => ({
        ecosystem: PACKAGE_MANAGERS[packageManager].dependabotEcosystem,
        directory: `/${path.split("/").slice(0, -1).join("/")}`,
        path,
      })),
      { ecosystem: "github-actions", directory: "/", path: undefined },
    ];
    return wanted.map((each) => covers(entries, each, by));
  });
}

interface Wanted {
  readonly ecosystem: string;
  readonly directory: string;
  readonly path: string | undefined;
}

function covers(entries: readonly Entry[], { ecosystem, directory, path }: Wanted, by: Control): Conclusion {
  const ours = entries.filter((entry) => entry.ecosystem === ecosystem);
  const covering = ours.filter(({ directories }) => directories.includes(directory));
  const [entry, second] = covering;
  const what = path ?? "what the workflows use";
  if (entry === undefined) {
    const pattern = ours.find(({ directories }) => directories.some((each) => each.includes("*")));
    if (pattern !== undefined)
      throw new NotUnderstood(pattern.at, `whether its patterns match ${directory} isn't modelled`);
    const change = `add an entry for ${ecosystem} with the directory ${directory}`;
    return violated(`${PATH}: no entry has Dependabot update ${what}: ${ecosystem} in ${directory}`, by, change);
  }
  if (second !== undefined)
    throw new NotUnderstood(second.at, `it is for ${ecosystem} in ${directory}, as ${entry.at} is`);
  const wrong = wrongIn(entry, path);
  return wrong === undefined ? enforced([by]) : violated(`${PATH}: ${entry.at}.${wrong.what}`, by, wrong.change);
}

/**
 * What keeps an entry from security updates, or from updates every week.
 *
 * @see https://docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference
 */
function wrongIn({ at, body, isWeekly }: Entry, path: string | undefined): Wrong | undefined {
  if ("target-branch" in body)
    return { what: "target-branch takes security updates out of the entry", change: "remove it" };
  if (!isEmpty(body["ignore"]))
    return { what: "ignore leaves dependencies out, of security updates too", change: "remove it" };
  if (!allowsAll(body["allow"])) return { what: "allow leaves out what it doesn't list", change: "remove it" };
  if (Number(body["open-pull-requests-limit"] ?? 5) < 1)
    return { what: "open-pull-requests-limit stops updates", change: "allow one or more" };
  if (body["versioning-strategy"] === "lockfile-only")
    return { what: "versioning-strategy leaves out what needs a change of the manifest", change: "remove it" };
  const excluded = [body["exclude-paths"] ?? []].flat();
  const hit = excluded.find((each) => path !== undefined && mayExclude(`${at}.exclude-paths`, each, path));
  if (hit !== undefined) return { what: `exclude-paths leaves ${path ?? ""} out`, change: `remove ${String(hit)}` };
  if (isWeekly) return undefined;
  return { what: "schedule is less than weekly", change: "set its interval to weekly" };
}

const isEmpty = (list: unknown): boolean => [list ?? []].flat().length === 0;

/** What is allowed adds up, so that one rule for all is enough. Without any rule all is allowed. */
const allowsAll = (rules: unknown): boolean =>
  rules === undefined || [rules].flat().some((rule) => JSON.stringify(rule) === '{"dependency-type":"all"}');

function mayExclude(at: string, pattern: unknown, path: string): boolean {
  if (typeof pattern !== "string") throw new NotUnderstood(at, "it is no list of patterns");
  const literal = pattern.replace(/^\.?\//, "").replace(/\/$/, "");
  if (!/[*?[\]{}!\\]/.test(literal)) return path === literal || path.startsWith(`${literal}/`) || literal === "";
  throw new NotUnderstood(at, `whether ${pattern} leaves ${path} out isn't modelled`);
}
