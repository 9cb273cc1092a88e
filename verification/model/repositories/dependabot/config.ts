import { isObject, type JsonObject } from "../../terraform/json";
import { longestGap } from "../cron";
import { NotUnderstood, within } from "../not-understood";
import { oneOf } from "../shape";
import { closed, objectAt } from "../workflow";
import { yamlOf } from "../yaml";
import { ENTRY, LIMITED } from "./options";

/** A dependabot.yml as GitHub reads it. */
export interface DependabotConfig {
  readonly version: unknown;
  readonly entries: readonly Entry[];
}

/** What it says of the directories of an ecosystem. */
export interface Entry {
  /** Where it stands in the file, for example `updates[2]`. */
  readonly at: string;
  readonly ecosystem: string;
  /** Without a slash at their ends; patterns among them hold a `*`. */
  readonly directories: readonly string[];
  /** Whether new versions are looked for at least once in seven days. */
  readonly isWeekly: boolean;
  readonly body: JsonObject;
}

const KEYS: ReadonlySet<string> = new Set(["version", "updates", "enable-beta-ecosystems"]);

/**
 * Reads a dependabot.yml.
 *
 * @throws {NotUnderstood} also where GitHub may refuse one of its entries, and with it the whole file
 */
export function dependabotConfig(text: string): DependabotConfig {
  const root = objectAt("", yamlOf(text));
  closed("", root, KEYS);
  const { version, updates, "enable-beta-ecosystems": isBeta = false } = root;
  oneOf(true, false)("enable-beta-ecosystems", isBeta);
  if (!Array.isArray(updates)) throw new NotUnderstood("updates", "it is no list");
  const entries = updates.map((entry: unknown, index) => entryOf(`updates[${index}]`, entry));
  entries.forEach((entry, index) => isApart(entry, entries.slice(0, index)));
  return { version, entries };
}

function entryOf(at: string, value: unknown): Entry {
  ENTRY(at, value);
  const body = objectAt(at, value);
  const { "package-ecosystem": ecosystem, directory, directories = [directory] } = body;
  if ("directory" in body === "directories" in body)
    throw new NotUnderstood(at, "it has to have either directory or directories");
  isSupported(at, body);
  return {
    ...{ at, body },
    ecosystem: String(ecosystem),
    directories: [directories].flat().map((each) => String(each).replace(/(?<=.)\/$/, "")),
    isWeekly: isWeekly(`${at}.schedule`, objectAt(`${at}.schedule`, body["schedule"])),
  };
}

/** @throws {NotUnderstood} where an entry has an option that its ecosystem may not have */
function isSupported(at: string, body: JsonObject): void {
  const { "package-ecosystem": ecosystem } = body;
  const options = LIMITED.filter(({ ecosystems }) => !ecosystems.includes(String(ecosystem)));
  const unknown = options.find((option) => hasMember({ [option.within]: body[option.within] }, option.name));
  if (unknown !== undefined)
    throw new NotUnderstood(at, `whether ${String(ecosystem)} supports ${unknown.name} isn't known`);
}

/** Whether an object has a member with a value, at any depth. */
function hasMember(value: unknown, name: string): boolean {
  if (!isObject(value)) return false;
  return value[name] !== undefined || Object.values(value).some((member) => hasMember(member, name));
}

/** @throws {NotUnderstood} where a directory may be that of an earlier entry too, which GitHub refuses */
function isApart({ at, ecosystem, directories, body }: Entry, earlier: readonly Entry[]): void {
  const isPattern = (directory: string): boolean => directory.includes("*");
  const same = earlier
    .filter((each) => each.ecosystem === ecosystem && each.body["target-branch"] === body["target-branch"])
    .find((each) => {
      const both = [...each.directories, ...directories];
      return both.some(isPattern) || new Set(both).size < both.length;
    });
  if (same !== undefined)
    throw new NotUnderstood(at, `it may be for a directory of ${ecosystem} that ${same.at} is for`);
}

const WEEK = 10_080;

function isWeekly(at: string, { interval, cronjob }: JsonObject): boolean {
  if ((interval === "cron") !== (typeof cronjob === "string"))
    throw new NotUnderstood(at, "cronjob goes with the interval cron");
  if (typeof cronjob !== "string") return interval === "daily" || interval === "weekly";
  const gap = within(at, () => longestGap([cronjob]));
  return ("minutes" in gap ? gap.minutes : gap.between[1]) <= WEEK;
}
