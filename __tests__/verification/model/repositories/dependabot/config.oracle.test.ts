import Ajv from "ajv";
import { parse, stringify } from "yaml";
import { production } from "../../../../../environments/production";
import { dependabotConfig } from "../../../../../verification/model/repositories/dependabot/config";
import { TIME_ZONES } from "../../../../../verification/model/repositories/dependabot/time-zones";
import { writtenRepository } from "../../../../../verification/model/repositories/written-repository";
import schema from "../../../../fixtures/dependabot/dependabot-2.0.json";
import { sample } from "../../../../support/sample";
import { sceneOf } from "../../../../support/proof-scenes";

type Json = Record<string, unknown>;
interface Config {
  readonly updates: Json[];
}

/** What SchemaStore publishes, which knows nothing of what is read here. */
const fitsSchema = new Ajv({ strict: false }).compile(schema);

const { model } = sceneOf([production]);
const SHIPPED = ["example/api", "example/dashboard"].map((name) => {
  const file = writtenRepository(model, name).files.find(({ path }) => path === ".github/dependabot.yml");
  return file?.text ?? "";
});
/** One for packages, and one for actions. */
const API = parse(SHIPPED[0] ?? "") as Config;

const isUnderstood = (config: unknown): boolean => {
  try {
    dependabotConfig(stringify(config));
    return true;
  } catch {
    return false;
  }
};

const VALUES: readonly unknown[] = [
  ...[
    null,
    true,
    "true",
    "",
    "x",
    "*",
    "9:00",
    "24:00",
    "09:60",
    "09:00",
    "a".repeat(51),
    "UTC",
    "Mars/Base",
    "hourly",
  ],
  ...["monday", "Monday", "daily", "cron", "all", "scope", "disabled", "security-updates", "/", "/a/*", "..", "-"],
  ...[-1, 0, 1, 1.5, 5, 90, 91, 3_650, "5"],
  ...[
    [],
    {},
    [""],
    ["x"],
    ["x", "x"],
    [1],
    [{}],
    ["minor"],
    ["nano"],
    Array.from({ length: 101 }, (_, index) => `p${index}`),
  ],
  ...[{ x: 1 }, { x: {} }, { prefix: "x" }, { separator: "_" }, { separator: "+" }, { interval: "weekly" }],
  ...[
    [{ "dependency-name": "x" }],
    [{ "dependency-type": "all" }],
    [{ "dependency-type": "some" }],
    [{ versions: [] }],
  ],
  { x: { patterns: ["*"] } },
];

const { update } = schema.definitions;
const properties = (of: object): readonly string[] => Object.keys(of);
/** Every option that the schema knows, and one that it doesn't, by its path in an entry. */
const OPTIONS: readonly (readonly string[])[] = [
  ...properties(update.properties).map((name) => [name]),
  ["other"],
  ...properties(update.properties.schedule.properties).map((name) => ["schedule", name]),
  ["schedule", "cronjob"],
  ...properties(update.properties.cooldown.properties).map((name) => ["cooldown", name]),
  ...properties(update.properties["commit-message"].properties).map((name) => ["commit-message", name]),
  ...properties(schema.definitions["pull-request-branch-name"].properties).map((name) => [
    "pull-request-branch-name",
    name,
  ]),
  ...properties(update.properties.groups.additionalProperties.properties).map((name) => ["groups", "all", name]),
  ["groups", "all"],
];

/** The configuration with an option of one of its entries set. */
function configWith(index: number, path: readonly string[], value: unknown): unknown {
  const config = structuredClone(API);
  const last = path.at(-1) ?? "";
  let holder = config.updates[index] ?? {};
  for (const name of path.slice(0, -1)) holder = (holder[name] ??= {}) as Json;
  holder[last] = value;
  return config;
}

describe("a dependabot.yml", () => {
  test("that is shipped is understood", () => {
    expect(SHIPPED.map((text) => isUnderstood(parse(text)))).toEqual([true, true]);
  });

  const options = OPTIONS.map((path) => ({ path, option: path.join(".") }));

  test.each(sample(options, 5))("isn't understood where its schema refuses $option", ({ path }) => {
    const wrong = API.updates.flatMap((_, index) =>
      VALUES.map((value) => configWith(index, path, value)).filter(
        (config) => !fitsSchema(config) && isUnderstood(config),
      ),
    );
    expect(wrong).toEqual([]);
  });

  test.each(["version", "updates", "enable-beta-ecosystems", "registries", "multi-ecosystem-groups", "other"])(
    "isn't understood where its schema refuses the whole: %s",
    (name) => {
      const wrong = VALUES.map((value) => ({ ...API, [name]: value }))
        .filter((config) => !fitsSchema(config) && isUnderstood(config))
        .filter((config) => dependabotConfig(stringify(config)).version === 2);
      expect(wrong).toEqual([]);
    },
  );

  test("lacks nothing that its schema needs", () => {
    const wrong = SHIPPED.flatMap((text) =>
      ["package-ecosystem", "schedule", "directory", "directories"].map((name) => {
        const config = parse(text) as Config;
        config.updates.forEach((entry) => Reflect.deleteProperty(entry, name));
        return config;
      }),
    ).filter((config) => !fitsSchema(config) && isUnderstood(config));
    expect(wrong).toEqual([]);
  });

  test("has time zones that its schema has", () => {
    const known: readonly string[] = schema.definitions.timezone.enum;
    expect(TIME_ZONES.filter((zone) => !known.includes(zone))).toEqual([]);
    expect(TIME_ZONES.length).toBeGreaterThan(400);
  });
});
