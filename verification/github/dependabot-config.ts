import { isPlain, rendered, sameAs, type Unknown } from "./text";

/** What a dependabot.yml says of its own. Each entry looks for new versions once a week. */
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
  if (groups === undefined) return { unknown: "nothing in it is for actions as a known text is" };
  const entries = [...text.matchAll(PACKAGES)].map((found) => entryOf(found.groups ?? {}));
  const actions = { ...entryOf(groups), ecosystem: "github-actions", directories: ["/"] };
  const managedWorkflows = itemsIn(groups["list"]);
  const values = [...entries, actions].flatMap(({ ecosystem, directories }) => [ecosystem, ...directories]);
  if (![...values, ...managedWorkflows].every(isPlain)) return { unknown: "a value holds a character that none has" };
  if (![...entries, actions].every(({ day, time }) => DAYS.includes(day) && TIME.test(time)))
    return { unknown: "an entry has no day and time" };
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
  return sameAs(known, text) ?? { entries: [...entries, actions], managedWorkflows };
}

function entryOf({ ecosystem = "", list, day = "", time = "" }: Readonly<Record<string, string>>): Entry {
  return { ecosystem, directories: itemsIn(list), day, time };
}

const itemsIn = (list = ""): readonly string[] => [...list.matchAll(/"(.*)"$/gm)].map(([, item = ""]) => item);

const listOf = (items: readonly string[]): string => items.map((item) => `- "${item}"\n`).join("");
