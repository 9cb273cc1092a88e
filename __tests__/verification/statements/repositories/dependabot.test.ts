import type { Change } from "../../../support/proof-scenes";
import {
  added,
  at,
  DEPENDABOT,
  FILE,
  removed,
  replaced,
  set,
  undeciding,
  type Verdicts,
  verdictsAfter,
  violating,
  withResource,
} from "./judged";
import { sample } from "../../../support/sample";

type Row = readonly [what: string, change: Change, verdicts: Verdicts];

const ALERTS = "github_repository_vulnerability_alerts";
const UPDATES = "github_repository_dependabot_security_updates";
const violated = violating("SCAN-2");
const undecided = undeciding("SCAN-2");
const file = (from: string, to: string): Change => replaced(DEPENDABOT, from, to);
const entry = (line: string): Change => file("    schedule:", `    ${line}\n    schedule:`);
const WEEKLY = "interval: weekly";
const day = (text: string): string => text.replace(/ {6}(?:day|time|timezone): .*\n/g, "");

const ROWS: readonly Row[] = [
  ["alerts are gone", removed(ALERTS, "api"), violated],
  ["alerts are off", set(ALERTS, "api", "/enabled", false), violated],
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
  ["it is of version 1", file("version: 2", "version: 1"), violated],
  ["it has no entry for the manifest", file("package-ecosystem: uv", "package-ecosystem: npm"), violated],
  [
    "it has no entry for the workflows",
    file("package-ecosystem: github-actions", "package-ecosystem: docker"),
    violated,
  ],
  ["it is for another directory", file('- "/"', '- "/other"'), violated],
  ["it is for directories by a pattern", file('- "/"', '- "/**"'), undecided],
  ["it is monthly", file(WEEKLY, "interval: monthly"), violated],
  [
    "it is rarer than weekly by cron",
    at(FILE, DEPENDABOT, "/content", (text) =>
      day(String(text)).replace(WEEKLY, 'interval: cron\n      cronjob: "0 4 1,15 * *"'),
    ),
    violated,
  ],
  ["it ignores a dependency", entry("ignore: [{ dependency-name: fastapi }]"), violated],
  ["it allows some only", entry("allow: [{ dependency-type: development }]"), violated],
  ["it is for another branch", entry("target-branch: dev"), violated],
  ["it opens no pull request", file("open-pull-requests-limit: 5", "open-pull-requests-limit: 0"), violated],
  ["it excludes the manifest", entry('exclude-paths: ["uv.lock"]'), violated],
  ["it excludes by a pattern", entry('exclude-paths: ["**/*.lock"]'), undecided],
  ["it has a key that nobody knows", entry("paused: true"), undecided],
  [
    "it has two entries for one directory",
    file("updates:\n", "updates:\n  - { package-ecosystem: uv, directory: /, schedule: { interval: daily } }\n"),
    undecided,
  ],
];

const HARMLESS: readonly (readonly [what: string, change: Change])[] = [
  ["alerts that don't say", removed(ALERTS, "api", "/enabled")],
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
  ["more labels", file("labels: [", "labels: [security, ")],
];

describe("Dependabot's updates", () => {
  test.each(sample(ROWS, 4))("are not held where %s", (_, change, verdicts) => {
    expect(verdictsAfter(change)).toEqual(verdicts);
  });

  test.each(sample(HARMLESS, 4))("are held all the same: %s", (_, change) => {
    expect(verdictsAfter(change)).toEqual({});
  });
});
