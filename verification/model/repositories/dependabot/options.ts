import { listOf, mapOf, matching, objectOf, oneOf, type Shape, such, text, wholeNumber } from "../shape";
import { TIME_ZONES } from "./time-zones";

/*
 * What the entries of a dependabot.yml may say:
 * https://docs.github.com/en/code-security/dependabot/working-with-dependabot/dependabot-options-reference.
 * GitHub refuses the whole file for one value that is wrong, and then updates nothing.
 *
 * Left out, so that they are not understood: private registries, which need secrets and can take the place of the public
 * ones; reviewers, which GitHub doesn't read any more; what only some repositories have yet.
 */

const ECOSYSTEMS = [
  ...["bun", "bundler", "cargo", "composer", "devcontainers", "docker", "docker-compose", "dotnet-sdk", "elm"],
  ...["github-actions", "gitsubmodule", "gomod", "gradle", "helm", "maven", "mix", "npm", "nuget", "pip", "pub"],
  ...["swift", "terraform", "uv"],
];

/** From the root of the repository, without a way back. */
const directory = (characters: string): Shape => {
  const segment = String.raw`(?!\.{1,2}(?:/|$))[${characters}]+`;
  return matching(new RegExp(`^/(?:${segment}(?:/${segment})*/?)?$`));
};

const DAYS = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];

const SCHEDULE = {
  interval: oneOf("daily", "weekly", "monthly", "quarterly", "semiannually", "yearly", "cron"),
  day: oneOf(...DAYS),
  time: matching(/^(?:[01]\d|2[0-3]):[0-5]\d$/),
  timezone: oneOf(...TIME_ZONES),
  cronjob: text(),
};

const texts = (least = 0, most?: number): Shape => listOf(text(), least, most);

const isTexts = (value: unknown): boolean =>
  Array.isArray(value) && value.length > 0 && value.every((each) => typeof each === "string" && each !== "");

const IGNORED = {
  "dependency-name": text(),
  versions: such((value) => value !== "" && (typeof value === "string" || isTexts(value))),
  "update-types": listOf(
    oneOf("version-update:semver-major", "version-update:semver-minor", "version-update:semver-patch"),
    1,
  ),
};

const ALLOWED = {
  "dependency-name": text(),
  "dependency-type": oneOf("direct", "indirect", "all", "production", "development"),
};

const GROUP = {
  "applies-to": oneOf("version-updates", "security-updates"),
  "dependency-type": oneOf("development", "production"),
  patterns: texts(1),
  "exclude-patterns": texts(1),
  "update-types": listOf(oneOf("major", "minor", "patch"), 1),
};

/** At most this many days, and this many dependencies, wait for a version to age. */
const AGE = wholeNumber(1, 90);
const AGING = texts(0, 100);

const COOLDOWN = {
  "default-days": AGE,
  "semver-major-days": AGE,
  "semver-minor-days": AGE,
  "semver-patch-days": AGE,
  include: AGING,
  exclude: AGING,
};

export const ENTRY: Shape = objectOf(
  {
    "package-ecosystem": oneOf(...ECOSYSTEMS),
    directory: directory(String.raw`\w@.-`),
    // Only this one reads patterns.
    directories: listOf(directory(String.raw`\w@.*-`), 1),
    schedule: objectOf(SCHEDULE, ["interval"]),
    "open-pull-requests-limit": wholeNumber(0),
    "target-branch": text(),
    ignore: listOf(objectOf(IGNORED)),
    allow: listOf(objectOf(ALLOWED)),
    "exclude-paths": texts(),
    groups: mapOf(/^[a-z](?:[a-z|_-]*[a-z])?$/i, objectOf(GROUP)),
    cooldown: objectOf(COOLDOWN),
    labels: texts(),
    assignees: texts(1),
    milestone: wholeNumber(1),
    "commit-message": objectOf({ prefix: text(50), "prefix-development": text(50), include: oneOf("scope") }),
    "pull-request-branch-name": objectOf({ separator: oneOf("-", "_", "/") }),
    "rebase-strategy": oneOf("auto", "disabled"),
    "versioning-strategy": oneOf("auto", "increase", "increase-if-necessary", "lockfile-only"),
  },
  ["package-ecosystem", "schedule"],
);

/** Those that tell what is for development from the rest. */
const WITH_DEVELOPMENT = ["bundler", "composer", "mix", "maven", "npm", "pip"];
/** Those of which it is known that their versions are told apart by their parts. */
const WITH_PARTS = ["npm", "pip", "uv"];

/** An option that GitHub refuses for other ecosystems. */
export interface LimitedOption {
  /** The member of the entry that holds it. */
  readonly within: string;
  readonly name: string;
  readonly ecosystems: readonly string[];
}

export const LIMITED: readonly LimitedOption[] = [
  { within: "cooldown", name: "semver-major-days", ecosystems: WITH_PARTS },
  { within: "cooldown", name: "semver-minor-days", ecosystems: WITH_PARTS },
  { within: "cooldown", name: "semver-patch-days", ecosystems: WITH_PARTS },
  { within: "groups", name: "dependency-type", ecosystems: WITH_DEVELOPMENT },
  { within: "commit-message", name: "prefix-development", ecosystems: WITH_DEVELOPMENT },
  { within: "versioning-strategy", name: "versioning-strategy", ecosystems: ["npm", "pip"] },
];
