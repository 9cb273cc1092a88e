import Ajv from "ajv";
import addFormats from "ajv-formats";
import { parse } from "yaml";
import { PackageManager } from "../../../../policy/scanned-manifest";
import type { ScanFilesInput } from "../../../../constructs/scan-schedule/files/scan-files-input";
import schema from "../../../fixtures/dependabot/dependabot-2.0.json";
import { INPUT, textOf } from "./support/input";

interface Update {
  "package-ecosystem": string;
  directory?: string;
  directories?: string[];
  "exclude-paths"?: string[];
  "target-branch"?: string;
  schedule: { interval: string; day: string; time: string; timezone: string };
  cooldown: Record<string, number>;
  groups: Record<string, { "applies-to": string; patterns: string[]; "update-types"?: string[] }>;
}
interface Config {
  version: number;
  updates: Update[];
}

const config = (changes: Partial<ScanFilesInput> = {}): Config =>
  parse(textOf(".github/dependabot.yml", changes)) as Config;
const places = ({ directory, directories }: Update): readonly string[] => directories ?? [directory ?? ""];

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
const fitsSchema = ajv.compile(schema);

interface Fact {
  readonly title: string;
  readonly holds: (config: Config) => boolean;
  readonly broken: (first: Update, config: Config) => void;
}

const FACTS: readonly Fact[] = [
  {
    title: "Dependabot's published schema accepts it",
    holds: (all) => fitsSchema(all),
    broken: (first) => (first.schedule.interval = "weeekly"),
  },
  {
    title: "every update is weekly or more often",
    holds: ({ updates }) => updates.every(({ schedule }) => ["daily", "weekly"].includes(schedule.interval)),
    broken: (first) => (first.schedule.interval = "monthly"),
  },
  {
    title: "security updates are grouped for every ecosystem, of every package",
    holds: ({ updates }) =>
      updates.every(({ groups }) =>
        Object.values(groups).some(
          (group) =>
            group["applies-to"] === "security-updates" && group.patterns.join() === "*" && !group["update-types"],
        ),
      ),
    broken: (first) => delete first.groups["pip-security"],
  },
  {
    title: "no target branch takes the options away from security updates",
    holds: ({ updates }) => updates.every((update) => update["target-branch"] === undefined),
    broken: (first) => (first["target-branch"] = "main"),
  },
  {
    title: "an ecosystem names a directory once",
    holds: ({ updates }) => {
      const all = updates.flatMap((update) => places(update).map((place) => `${update["package-ecosystem"]} ${place}`));
      return new Set(all).size === all.length;
    },
    broken: (first, { updates }) => updates.push(first),
  },
  {
    title: "no cooldown by kind of version where Dependabot has none",
    holds: ({ updates }) =>
      updates
        .filter((update) => update["package-ecosystem"] === "github-actions")
        .every(({ cooldown }) => Object.keys(cooldown).join() === "default-days"),
    broken: (_, { updates }) => Object.assign(updates.at(-1)?.cooldown as object, { "semver-major-days": 30 }),
  },
  {
    title: "the workflows that Terraform writes are left to Terraform",
    holds: ({ updates }) =>
      updates.find((update) => update["package-ecosystem"] === "github-actions")?.["exclude-paths"]?.join() ===
      ".github/workflows/snyk.yml,.github/workflows/pentest-cadence.yml",
    broken: (_, { updates }) => delete updates.at(-1)?.["exclude-paths"],
  },
];

describe.each(FACTS)("$title", ({ holds, broken }) => {
  test("in the file that is written", () => expect(holds(config())).toBe(true));

  test("fails once that is changed", () => {
    const changed = config();
    broken(changed.updates[0] as Update, changed);
    expect(holds(changed)).toBe(false);
  });
});

test("every manifest is updated where it is, and the actions are, too", () => {
  expect(config().updates.map((update) => [update["package-ecosystem"], places(update)])).toEqual([
    ["pip", ["/", "/services/billing"]],
    ["uv", ["/services/agents"]],
    ["npm", ["/", "/dashboard", "/widget"]],
    ["github-actions", ["/"]],
  ]);
});

test("several manifests in one directory share an entry", () => {
  const manifests = [
    { packageManager: PackageManager.PIP, path: "api/requirements.txt" },
    { packageManager: PackageManager.PIP, path: "api/requirements-dev.txt" },
    { packageManager: PackageManager.POETRY, path: "api/poetry.lock" },
  ];
  expect(config({ manifests }).updates.map(places)).toEqual([["/api"], ["/"]]);
});

test("ecosystems and repositories have times of their own", () => {
  const times = (changes: Partial<ScanFilesInput>): readonly string[] =>
    config(changes).updates.map(({ schedule }) => `${schedule.day} ${schedule.time}`);
  expect(new Set([...times(INPUT), ...times({ repository: "example/dashboard" })]).size).toBe(8);
});
