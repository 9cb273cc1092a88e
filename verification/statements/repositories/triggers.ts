import { longestGap } from "../../model/repositories/cron";
import { contextsOf, type Event } from "../../model/repositories/events";
import { filledIn, isOn } from "../../model/repositories/expressions/template";
import { NotUnderstood, within } from "../../model/repositories/not-understood";
import { closed, objectAt, type Workflow } from "../../model/repositories/workflow";
import { type Conclusion, undecided } from "../conclusion";
import { ON } from "./jobs";
import { controlOfFile, enforced, reading, violated } from "./settled";
import type { Subject } from "./subject";

const FILTERS: ReadonlySet<string> = new Set([
  "branches",
  "branches-ignore",
  "tags",
  "tags-ignore",
  "paths",
  "paths-ignore",
]);

/** A workflow starts on every push to the default branch, or on every pull request against it. */
export function startsOn({ file, triggers }: Workflow, event: "push" | "pull_request", branch: string): Conclusion {
  const by = controlOfFile(file);
  const at = `on.${event}`;
  const change = `write ${event}: { branches: ["${branch}"] }, and no other filter`;
  const wrong = (what: string): Conclusion => violated(`${file.path}: ${what}`, by, change);
  if (!triggers.has(event)) return wrong(`it doesn't start ${ON[event]}`);
  return reading(file, () => {
    const filters = objectAt(at, triggers.get(event) ?? {});
    closed(at, filters, FILTERS);
    const [filter] = ["paths", "paths-ignore"].filter((name) => name in filters);
    if (filter !== undefined) return wrong(`${at}.${filter} lets some of them go unscanned`);
    const ignored = patternsAt(`${at}.branches-ignore`, filters["branches-ignore"]);
    if (ignored?.some((pattern) => matches(pattern, branch)) === true)
      return wrong(`${at}.branches-ignore leaves ${branch} out`);
    const branches = patternsAt(`${at}.branches`, filters["branches"]);
    if (branches?.some((pattern) => pattern.startsWith("!")) === true) {
      throw new NotUnderstood(`${at}.branches`, "patterns that take branches out aren't modelled");
    }
    const isTagsOnly =
      branches === undefined && ignored === undefined && ("tags" in filters || "tags-ignore" in filters);
    if (isTagsOnly) return wrong(`${at} is for tags only`);
    if (branches?.some((pattern) => matches(pattern, branch)) === false)
      return wrong(`${at}.branches leaves ${branch} out`);
    return enforced([by]);
  });
}

/** What starts a workflow without anything that could pass for a scan of the default branch or of a pull request. */
const EVENTS: ReadonlySet<string> = new Set(["push", "pull_request", "schedule", "workflow_dispatch"]);

/** A workflow starts on nothing else than is modelled. */
export function startsOnNothingElse({ file, triggers }: Workflow): Conclusion {
  return reading(file, () => {
    const other = [...triggers.keys()].find((event) => !EVENTS.has(event));
    if (other !== undefined) throw new NotUnderstood("on", `what ${other} starts isn't modelled`);
    return enforced([controlOfFile(file)]);
  });
}

function patternsAt(at: string, value: unknown): readonly string[] | undefined {
  if (value === undefined) return undefined;
  return [value].flat().map((pattern) => {
    if (typeof pattern !== "string") throw new NotUnderstood(at, "it is no list of patterns");
    return pattern;
  });
}

/** Whether a pattern matches a branch: itself, or everything. */
function matches(pattern: string, branch: string): boolean {
  if (pattern === branch || pattern === "**" || (pattern === "*" && !branch.includes("/"))) return true;
  if (/^[\w./-]+$/.test(pattern)) return false;
  throw new NotUnderstood("", `whether the pattern "${pattern}" matches ${branch} isn't modelled`);
}

const WEEK = 10_080;

/** A workflow starts on schedule, and never later than a week after it did before. */
export function startsWeekly({ file, triggers }: Workflow): Conclusion {
  const by = controlOfFile(file);
  const change = 'write schedule: [{ cron: "17 4 * * 1" }], or any that runs at least once in seven days';
  const wrong = (what: string): Conclusion => violated(`${file.path}: ${what}`, by, change);
  const entries = triggers.get("schedule");
  if (!Array.isArray(entries) || entries.length === 0) return wrong("it doesn't start on schedule");
  return reading(file, () => {
    const crons = entries.map((entry: unknown, index) => cronAt(`on.schedule[${index}]`, entry));
    const gap = within("on.schedule", () => longestGap(crons));
    if ("minutes" in gap)
      return gap.minutes <= WEEK
        ? enforced([by])
        : wrong(`between two runs of its schedule may lie ${days(gap.minutes)}`);
    const [shorter, longer] = gap.between;
    if (longer <= WEEK) return enforced([by]);
    if (shorter > WEEK) return wrong(`between two runs of its schedule may lie ${days(shorter)}`);
    return undecided(
      `${file.path}: on.schedule: a step over the days beside other days is read in two ways: ${days(shorter)} or ${days(longer)} between two runs`,
      by,
    );
  });
}

function cronAt(at: string, entry: unknown): string {
  const schedule = objectAt(at, entry);
  closed(at, schedule, new Set(["cron", "timezone"]));
  const { cron, timezone = "UTC" } = schedule;
  // Where clocks are put back, a week is an hour longer.
  if (!["UTC", "Etc/UTC"].includes(String(timezone))) throw new NotUnderstood(`${at}.timezone`, "only UTC is modelled");
  if (typeof cron !== "string") throw new NotUnderstood(`${at}.cron`, "it is no text");
  return cron;
}

const days = (minutes: number): string =>
  Number.isFinite(minutes) ? `${Math.round((minutes / 1_440) * 100) / 100} days` : "any time, since it never runs";

/**
 * No later run ends one of the event, and none takes its place in the queue: a group keeps one run that waits.
 *
 * @see https://docs.github.com/en/actions/how-tos/write-workflows/choose-when-workflows-run/control-workflow-concurrency
 */
export function runsToItsEnd({ promise, branch }: Subject, { file, concurrency }: Workflow, event: Event): Conclusion {
  const by = controlOfFile(file);
  if (concurrency === undefined) return enforced([by]);
  return reading(file, () => {
    const { group, ...options } =
      typeof concurrency === "string" ? { group: concurrency } : objectAt("concurrency", concurrency);
    closed("concurrency", options, new Set(["cancel-in-progress"]));
    const [first, second] = [1, 2].map((run) => contextsOf({ event, repository: promise.name, branch, run }));
    if (first === undefined || second === undefined) return enforced([]);
    const change = "give each run a group of its own, with github.run_id, and set cancel-in-progress to false";
    const groups = within("concurrency.group", () => [first, second].map((contexts) => filledIn(group, contexts)));
    if (groups[0] === groups[1]) {
      return violated(
        `${file.path}: concurrency.group: runs ${ON[event]} share a group, so that one that waits is lost when another comes`,
        by,
        change,
      );
    }
    if (
      within("concurrency.cancel-in-progress", () => isOn(options["cancel-in-progress" as keyof typeof options], first))
    ) {
      return violated(
        `${file.path}: concurrency.cancel-in-progress ends a run ${ON[event]} when another of its group comes`,
        by,
        change,
      );
    }
    return enforced([by]);
  });
}
