import type { Change } from "../../support/proof-scenes";
import {
  added,
  at,
  both,
  DEPENDABOT,
  type Edit,
  FILE,
  removed,
  replaced,
  type Row,
  set,
  undeciding,
  verdictsAfter,
  violating,
  withResource,
} from "./repository-changes";
import { sample } from "../../support/sample";

const ALERTS = "github_repository_vulnerability_alerts";
const UPDATES = "github_repository_dependabot_security_updates";
const violated = violating("SCAN-2");
const undecided = undeciding("SCAN-2");
const file = (from: string, to: string): Change => replaced(DEPENDABOT, from, to);
/** Another entry, of an ecosystem that the repository needn't have. */
const another = (ecosystem: string, members: string): Change =>
  file("updates:\n", `updates:\n  - { package-ecosystem: ${ecosystem}, directory: /x, ${members} }\n`);
const MONTHLY = "schedule: { interval: monthly }";
const entry = (line: string): Change => file("    schedule:", `    ${line}\n    schedule:`);
const WEEKLY = "interval: weekly";
const day = (text: string): string => text.replace(/ {6}(?:day|time|timezone): .*\n/g, "");

const ROWS: readonly Row[] = [
  ["alerts are gone", removed(ALERTS, "api"), violated],
  ["alerts are off", set(ALERTS, "api", "/enabled", false), violated],
  ["alerts are off in words", set(ALERTS, "api", "/enabled", "false"), violated],
  ["alerts are neither on nor off", set(ALERTS, "api", "/enabled", "yes"), undecided],
  ["security updates are off in words", set(UPDATES, "api", "/enabled", "false"), violated],
  ["whether alerts are on is unknown", set(ALERTS, "api", "/enabled", "${var.on}"), undecided],
  ["alerts are another repository's", set(ALERTS, "api", "/repository", "other"), violated],
  ["security updates are gone", removed(UPDATES, "api"), violated],
  ["security updates are off", set(UPDATES, "api", "/enabled", false), violated],
  ["security updates don't say", removed(UPDATES, "api", "/enabled"), violated],
  ["security updates may come first", removed(UPDATES, "api", "/depends_on"), violated],
  ["alerts have two owners", withResource(ALERTS, { enabled: false }), undecided],
  ["security updates have two owners", withResource(UPDATES, { enabled: false }), undecided],
  ["dependabot.yml isn't written", removed(FILE, DEPENDABOT), violated],
  ["dependabot.yml has two owners", added(".github/dependabot.yml", ""), undecided],
  ["there is a dependabot.yaml too", added(".github/dependabot.yaml", ""), undecided],
  ["it is no YAML", set(FILE, DEPENDABOT, "/content", "updates: {"), undecided],
];

const ENTRY = /  - package-ecosystem: uv\n[^]*?\n\n/;
const entries = (change: (entry: string) => string): Change =>
  at(FILE, DEPENDABOT, "/content", (text) => String(text).replace(ENTRY, change));

const VALUES: readonly Edit[] = [
  [
    "it has no entry for the manifest",
    at(FILE, DEPENDABOT, "/content", (text) => String(text).replaceAll(/\buv\b/g, "npm")),
  ],
  ["it is for another directory", file('- "/"', '- "/other"')],
  ["it has one more entry", entries((each) => `${each}${each.replaceAll(/\buv\b/g, "docker")}`)],
  [
    "it leaves out more than Terraform writes",
    file("exclude-paths:\n", 'exclude-paths:\n      - ".github/workflows/own.yml"\n'),
  ],
];

const TEXTS: readonly Edit[] = [
  ["it has one entry twice", entries((each) => `${each}${each}`)],
  ["it has a directory twice", file('- "/"', '- "/"\n      - "/"')],
  [
    "it has an option behind a line break that not everybody reads",
    file("    schedule:\n", "    schedule: #\u2028    target-branch: x\n"),
  ],
  ["it is of version 1", file("version: 2", "version: 1")],
  ["it has no entry for the manifest", file("package-ecosystem: uv", "package-ecosystem: npm")],
  ["it has no entry for the workflows", file("package-ecosystem: github-actions", "package-ecosystem: docker")],
  ["it is for directories by a pattern", file('- "/"', '- "/**"')],
  ["it is monthly", file(WEEKLY, "interval: monthly")],
  [
    "it is rarer than weekly by cron",
    at(FILE, DEPENDABOT, "/content", (text) =>
      day(String(text)).replace(WEEKLY, 'interval: cron\n      cronjob: "0 4 1,15 * *"'),
    ),
  ],
  ["it ignores a dependency", entry("ignore: [{ dependency-name: fastapi }]")],
  ["it allows nothing", entry("allow: []")],
  ["it allows some of all", entry("allow: [{ dependency-type: all, dependency-name: fastapi }]")],
  ["it allows some only", entry("allow: [{ dependency-type: development }]")],
  ["it is for another branch", entry("target-branch: dev")],
  ["it opens no pull request", file("open-pull-requests-limit: 5", "open-pull-requests-limit: 0")],
  ["it excludes the manifest", entry('exclude-paths: ["uv.lock"]')],
  ["it excludes by a pattern", entry('exclude-paths: ["**/*.lock"]')],
  ["it has a key that nobody knows", entry("paused: true")],
  ["its limit is no number", file("open-pull-requests-limit: 5", "open-pull-requests-limit: none")],
  ["it names a registry that isn't there", entry("registries: [ghost]")],
  ["it has a directory beside its directories", entry("directory: /other")],
  ["its time is none", at(FILE, DEPENDABOT, "/content", (text) => String(text).replace(/time: ".*"/, 'time: "99:99"'))],
  ["its time zone is none", file("timezone: Etc/UTC", "timezone: Mars/Base")],
  ["it waits ten years", file("default-days: 7", "default-days: 3650")],
  ["another entry is for what nobody knows", another("bogus", "schedule: { interval: daily }")],
  ["another entry is hourly", another("docker", "schedule: { interval: hourly }")],
  ["another entry has no schedule", another("docker", "labels: []")],
  ["another entry says the same twice", another("docker", `${MONTHLY}, labels: [a, a]`)],
  ["two other entries are for one directory", both(another("docker", MONTHLY), another("docker", MONTHLY))],
  [
    "two entries may be for one directory",
    file("updates:\n", "updates:\n  - { package-ecosystem: uv, directories: [/a/*], schedule: { interval: daily } }\n"),
  ],
  [
    "another entry waits for parts of versions that it hasn't",
    another("docker", `${MONTHLY}, cooldown: { semver-major-days: 30 }`),
  ],
  [
    "it has two entries for one directory",
    file("updates:\n", "updates:\n  - { package-ecosystem: uv, directory: /, schedule: { interval: daily } }\n"),
  ],
  ["nothing ignored", entry("ignore: []")],
  ["everything allowed", entry("allow: [{ dependency-type: all }]")],
  ["everything allowed, and something by its name", entry("allow: [{ dependency-name: a }, { dependency-type: all }]")],
  ["daily updates", file(WEEKLY, "interval: daily")],
  [
    "weekly updates by cron",
    at(FILE, DEPENDABOT, "/content", (text) =>
      day(String(text)).replace(WEEKLY, 'interval: cron\n      cronjob: "0 4 * * MON"'),
    ),
  ],
  [
    "one more ecosystem",
    file("updates:\n", "updates:\n  - { package-ecosystem: docker, directory: /, schedule: { interval: monthly } }\n"),
  ],
  ["other paths excluded", entry('exclude-paths: ["examples"]')],
  ["another time zone", file("timezone: Etc/UTC", "timezone: Europe/Madrid")],
  ["a higher limit", file("open-pull-requests-limit: 5", "open-pull-requests-limit: 50")],
  ["people who are told", entry("assignees: [octocat]")],
  ["one directory instead of a list of one", file('directories:\n      - "/"', "directory: /")],
  [
    "one ecosystem in two directories",
    both(
      another("docker", MONTHLY),
      file("updates:\n", `updates:\n  - { package-ecosystem: docker, directory: /y, ${MONTHLY} }\n`),
    ),
  ],
  ["labels", file("\n    cooldown:", "\n    labels: [security]\n    cooldown:")],
];

const HARMLESS: readonly Edit[] = [
  ["alerts that don't say", removed(ALERTS, "api", "/enabled")],
  ["alerts that are on in words", set(ALERTS, "api", "/enabled", "true")],
  ["alerts that say nothing", set(ALERTS, "api", "/enabled", null)],
  ["security updates that are on in words", set(UPDATES, "api", "/enabled", "true")],
  ["another day", at(FILE, DEPENDABOT, "/content", (text) => String(text).replace(/day: .*/, "day: sunday"))],
  ["another time", at(FILE, DEPENDABOT, "/content", (text) => String(text).replace(/time: ".*"/, 'time: "23:59"'))],
];

describe("Dependabot's updates", () => {
  test.each(sample(ROWS, 4))("are not held where %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(TEXTS, 5))("are unknown where the text is another: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual(undecided);
  });

  test.each(VALUES)("are not held where %s, which the policy doesn't say", (_, change) => {
    expect(verdictsAfter(change)).toEqual(violated);
  });

  test.each(sample(HARMLESS, 4))("are held all the same: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual({});
  });
});
