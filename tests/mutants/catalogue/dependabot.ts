import type { StatementId } from "../../../policy/statements";
import type { JsonTree } from "../folder";
import { bodyKind, type Kind } from "../kind";
import { attributeKind, DEPENDABOT, documentKind, FILE, fileKind } from "../written-files";

const ALERTS = "github_repository_vulnerability_alerts";
const UPDATES = "github_repository_dependabot_security_updates";
const breaks: readonly StatementId[] = ["SCAN-2"];

const entries = (document: JsonTree): JsonTree[] => document["updates"] as JsonTree[];

/** Every entry in turn takes other members. */
const entry = (name: string, ...members: readonly JsonTree[]): Kind =>
  documentKind(name, DEPENDABOT, (root) =>
    entries(root).flatMap((each, index) =>
      members.map((change) => ({
        ...{ what: `${String(each["package-ecosystem"])}: ${JSON.stringify(change)}`, breaks },
        change: (copy) => {
          const { directory: _, directories: __, ...rest } = entries(copy)[index] ?? {};
          entries(copy)[index] =
            "directory" in change ? { ...rest, ...change } : { ...entries(copy)[index], ...change };
        },
      })),
    ),
  );

const switches = (name: string, type: string, ...members: readonly JsonTree[]): Kind =>
  bodyKind(name, type, () =>
    members.map((each) => ({
      ...{ what: JSON.stringify(each), breaks },
      change: (body) => void Object.assign(body, each),
    })),
  );

const schedule = (members: JsonTree): JsonTree => ({ schedule: members });

/** The name of an ecosystem's manifest. */
const MANIFESTS: Readonly<Record<string, string>> = { uv: "uv.lock", npm: "package-lock.json" };

/** Patterns that leave an entry's manifest out; none where it has no manifest. */
function patternsOf({ "package-ecosystem": ecosystem, directories, directory }: JsonTree): readonly string[] {
  const manifest = MANIFESTS[String(ecosystem)];
  const [folder] = [directories ?? directory].flat() as readonly string[];
  return manifest === undefined ? [] : [`${folder ?? ""}/${manifest}`.replace(/^\/+/, ""), "**", "/"];
}

/** Other values in the place of one, while the rest stays as it is. */
const VALUES: readonly (readonly [what: string, from: RegExp, to: string])[] = [
  ["another directory", /- "\/"/, '- "/other"'],
  ["another ecosystem", /\b(?:uv|npm)\b/g, "docker"],
  ["no entry for packages", / {2}- package-ecosystem: (?:uv|npm)\n[^]*?\n\n/, ""],
  ["another path left out", /exclude-paths:\n/, 'exclude-paths:\n      - "uv.lock"\n'],
];

export const DEPENDABOT_KINDS: readonly Kind[] = [
  fileKind("tell Dependabot something else", DEPENDABOT, () =>
    VALUES.map(([what, from, to]) => ({ what, breaks, change: (text) => text.replace(from, to) })),
  ),
  documentKind("drop an entry of dependabot.yml", DEPENDABOT, (root) =>
    entries(root).map((each, index) => ({
      ...{ what: String(each["package-ecosystem"]), breaks },
      change: (copy) => void entries(copy).splice(index, 1),
    })),
  ),
  entry(
    "update less than weekly",
    ...["monthly", "quarterly", "semiannually", "yearly"].map((interval) => schedule({ interval })),
    schedule({ interval: "cron", cronjob: "0 5 1 * *" }),
    schedule({ interval: "${var.interval}" }),
    schedule({}),
  ),
  entry("update another ecosystem", { "package-ecosystem": "docker" }, { "package-ecosystem": "pip2" }),
  entry("update another directory", { directory: "/other" }, { directory: "/**" }),
  entry("stop updates", { "open-pull-requests-limit": 0 }),
  entry("take security updates out", { "target-branch": "develop" }),
  entry(
    "ignore dependencies",
    { ignore: [{ "dependency-name": "*" }] },
    { ignore: [{ "dependency-name": "x", "update-types": ["version-update:semver-major"] }] },
  ),
  entry(
    "allow some dependencies only",
    { allow: [{ "dependency-type": "production" }] },
    { allow: [{ "dependency-type": "all", "dependency-name": "x" }] },
    { allow: [] },
  ),
  entry("use an option that nobody knows", { vendor: true }),
  entry(
    "write a value that GitHub refuses",
    { "open-pull-requests-limit": "none" },
    { "open-pull-requests-limit": 1.5 },
    { registries: ["ghost"] },
    { directories: ["/", "/"] },
    { labels: [""] },
    { cooldown: { "default-days": 3_650 } },
    { groups: { all: { patterns: [] } } },
    ...[
      { time: "99:99" },
      { timezone: "Mars/Base" },
      { day: "someday" },
      { interval: "hourly" },
      { cronjob: "0 5 * * 1" },
    ].map((members) => schedule({ interval: "weekly", ...members })),
  ),
  documentKind("name a directory in two ways", DEPENDABOT, (root) =>
    entries(root).map((each, index) => ({
      ...{ what: String(each["package-ecosystem"]), breaks },
      change: (copy) => void Object.assign(entries(copy)[index] ?? {}, { directory: "/", directories: ["/"] }),
    })),
  ),
  documentKind("add an entry that GitHub refuses", DEPENDABOT, () =>
    [
      { "package-ecosystem": "bogus", directory: "/x", schedule: { interval: "daily" } },
      { "package-ecosystem": "docker", directory: "/x", schedule: { interval: "hourly" } },
      { "package-ecosystem": "docker", directory: "/x" },
      { "package-ecosystem": "docker", schedule: { interval: "daily" } },
      { "package-ecosystem": "docker", directory: "/x", schedule: { interval: "daily" }, milestone: "one" },
    ].map((each) => ({
      ...{ what: JSON.stringify(each), breaks },
      change: (copy) => void entries(copy).push(each),
    })),
  ),
  entry("change locks only", { "versioning-strategy": "lockfile-only" }),
  documentKind("leave a manifest out", DEPENDABOT, (root) =>
    entries(root).flatMap((each, index) =>
      patternsOf(each).map((pattern) => ({
        ...{ what: pattern, breaks },
        change: (copy) => void Object.assign(entries(copy)[index] ?? {}, { "exclude-paths": [pattern] }),
      })),
    ),
  ),
  documentKind("write another version of dependabot.yml", DEPENDABOT, () => [
    { breaks, change: (copy) => void (copy["version"] = 1) },
    { breaks, change: (copy) => Reflect.deleteProperty(copy, "version") },
  ]),
  documentKind("say the same twice", DEPENDABOT, () => [
    { breaks, change: (copy) => void entries(copy).push({ ...(entries(copy)[0] ?? {}) }) },
  ]),
  fileKind("break dependabot.yml", DEPENDABOT, () => [
    { what: "no YAML", breaks, change: (text) => `${text}\n  - ]` },
    { what: "nothing", breaks, change: () => "" },
  ]),
  bodyKind("drop dependabot.yml", FILE, ({ body }) => (body["file"] === DEPENDABOT ? [{ breaks }] : [])),
  attributeKind(
    "write dependabot.yml elsewhere",
    DEPENDABOT,
    breaks,
    { branch: "other" },
    { file: "dependabot.yml" },
    { repository: "other" },
  ),
  bodyKind("write dependabot.yaml too", FILE, ({ type, body }) =>
    body["file"] === DEPENDABOT
      ? [
          {
            breaks,
            change: (copy, beside) =>
              beside({ type, name: "Other", body: { ...copy, file: ".github/dependabot.yaml" } }),
          },
        ]
      : [],
  ),
  bodyKind("drop the alerts", ALERTS, () => [{ breaks }]),
  switches(
    "switch the alerts off",
    ALERTS,
    { enabled: false },
    { enabled: "false" },
    { enabled: "${var.enabled}" },
    { repository: "other" },
    { count: 0 },
  ),
  bodyKind("give the alerts a second owner", ALERTS, ({ type }) => [
    { breaks, change: (body, beside) => beside({ type, name: "Second", body: { ...body, enabled: false } }) },
  ]),
  bodyKind("drop the security updates", UPDATES, () => [{ breaks }]),
  switches(
    "switch the security updates off",
    UPDATES,
    { enabled: false },
    { enabled: "false" },
    { enabled: null },
    { enabled: "${var.enabled}" },
    { repository: "other" },
  ),
  bodyKind("give the security updates a second owner", UPDATES, ({ type }) => [
    { breaks, change: (body, beside) => beside({ type, name: "Second", body: { ...body, enabled: false } }) },
  ]),
];
