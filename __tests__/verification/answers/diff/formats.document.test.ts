import { shownByGithub, strangeIn } from "../../../support/github-markdown";
import Ajv from "ajv";
import schema from "../../../../verification/render/diff.schema.json";
import { EdgePhase } from "../../../../policy/edge-phase";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import { failedSynth } from "../../../../verification/answers/diff/failed-synth";
import { type DiffReport, diffReport, reviewOf } from "../../../../verification/answers/diff/report";
import { DIFF_FORMATS, type DiffFormat } from "../../../../verification/render/diff";
import { ZONE_ID } from "../../../support/environments";
import type { Change } from "../../../support/proof-scenes";
import { fitsSarif } from "../../../support/sarif-schema";
import { added, appOf, given, rules, SHOP, SMALL_SHOP } from "./apps";

/** Text that a terminal, a Markdown reader or a person might take for something else. */
const HOSTILE =
  "\u001b[2J\u001b]0;pwned\u0007\u009b31m\r\n# Title\n| a | b |\n```\n`code` <script>alert(1)</script> " +
  "<!-- @everyone ![x](https://evil.example/x.png) [ok](javascript:alert(1)) \u202egnirts\u202c\u200b\u2028 {0} &amp;";

const hostile: Change = (folder) => {
  rules(EdgePhase.CUSTOM, (all) => [
    {
      ref: HOSTILE,
      description: HOSTILE,
      expression: `http.host eq "${HOSTILE.replaceAll('"', "")}"`,
      action: "block",
    },
    { ref: HOSTILE, expression: 'http.request.uri.path eq "/never"', action: HOSTILE },
    ...all.slice(1),
  ])(folder);
  added("cloudflare_dns_record", { zone_id: ZONE_ID, name: HOSTILE, type: "A", content: HOSTILE, proxied: false })(
    folder,
  );
  added("cloudflare_zone_setting", { zone_id: ZONE_ID, setting_id: HOSTILE, value: HOSTILE })(folder);
  added(HOSTILE, { name: HOSTILE })(folder);
  added(`cloudflare_${HOSTILE}`, { name: HOSTILE })(folder);
};

const before = appOf();
const { workerEgress: _, ...small } = { ...SHOP, ...SMALL_SHOP };
const attacked = diffReport({ before, after: appOf([SHOP], hostile) });
const egress = EgressAddresses.dedicated("egs-c0ffee", ["203.0.113.10", "203.0.113.11", "203.0.113.12"]);
const wider = appOf([{ ...SHOP, egress }]);
const ids = diffReport({ before, after: wider }).differences.map(({ id }) => id);
const meant = diffReport(
  { before, after: wider },
  new Map([...ids, `difference:${HOSTILE}`].map((id) => [id, HOSTILE])),
);
const withoutTls = appOf([SHOP], given("cloudflare_zone_setting", "ssl", { value: "off" }));
const ALL: Readonly<Record<string, DiffReport>> = {
  same: diffReport({ before, after: before }),
  smaller: diffReport({ before, after: appOf([small]) }),
  attacked,
  meant,
  settings: diffReport({ before, after: withoutTls }),
  failed: reviewOf({ before, after: failedSynth("after", `x.ts:3\nError: ${HOSTILE}\n  - ${HOSTILE}: got 1`) }),
};
const named = (name: string) => ALL[name] as DiffReport;
const write = (report: DiffReport, format: DiffFormat, more = {}) =>
  DIFF_FORMATS[format](report, { columns: 80, hasColour: false, ...more });
const FORMATS = Object.keys(DIFF_FORMATS) as readonly DiffFormat[];

/** Control and formatting characters, but the end of a line. */
const UNSEEN = /[^\n\P{Cc}]|\p{Cf}|\p{Zl}|\p{Zp}/u;

describe.each(Object.keys(ALL))("%s", (name) => {
  test("fits 80 columns, and narrow ones, but for ids, which are copied", () => {
    for (const columns of [40, 80]) {
      for (const line of write(named(name), "text", { columns }).split("\n")) {
        if (line.startsWith("  - difference:")) continue;
        expect([...line].length).toBeLessThanOrEqual(columns);
      }
    }
  });

  test.each(FORMATS)("holds nothing in %s that a terminal takes for a command, and is the same each time", (format) => {
    expect(write(named(name), format)).not.toMatch(UNSEEN);
    expect(write(named(name), format)).toBe(write(named(name), format));
  });

  test("is valid JSON by the published schema", () => {
    const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema);
    expect([validate(JSON.parse(write(named(name), "json"))), validate.errors]).toEqual([true, null]);
  });

  test("is valid SARIF", () => {
    expect([fitsSarif(JSON.parse(write(named(name), "sarif"))), fitsSarif.errors]).toEqual([true, null]);
  });
});

test("the schema refuses what isn't a difference", () => {
  const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema);
  const report = JSON.parse(write(named("smaller"), "json")) as { readonly differences: readonly object[] };
  expect(validate({ ...report, surprise: 1 })).toBe(false);
  expect(validate({ ...report, differences: [{ ...report.differences[0], direction: "better" }] })).toBe(false);
});

describe("text", () => {
  const first = (report: DiffReport) => write(report, "text", { columns: 100 }).split("\n")[0];

  test("begins with what matters most", () => {
    expect(first(named("same"))).toBe("NO CHANGE in behaviour: proven for every request and connection");
    expect(first(named("settings"))).toBe(
      "NOT PROVEN in shop: PORTS-1 is violated: Only 443 and 80 are open to the public.",
    );
    expect(first(named("smaller"))).toMatch(/^POLICY WEAKENED in shop: WORK-2 is only declared/);
    expect(first(meant)).toBe("AS MEANT: POLICY WEAKENED in shop: its egress has 203.0.113.12 more");
  });

  test("has colour only where it may", () => {
    expect(write(named("settings"), "text", { hasColour: true })).toContain("\u001b[1;31mNOT PROVEN");
    expect(write(named("settings"), "text")).not.toContain("\u001b");
  });

  test("says why it is meant, and which ids cover nothing", () => {
    expect(write(meant, "text")).toContain("\n    reason: ");
    expect(write(meant, "text")).toContain("Meant, and nothing needs it\n  difference:");
  });

  test("ends with the ids to mean what is refused, and has none where nothing is", () => {
    const [difference] = named("settings").differences;
    expect(write(named("settings"), "text")).toContain(
      `To mean it, list in the file of --intent\n  - ${difference?.id ?? ""}\n`,
    );
    expect(write(meant, "text")).not.toContain("To mean it");
    expect(write(named("same"), "text")).not.toContain("To mean it");
  });
});

describe("Markdown", () => {
  test("has the most urgent line as its title", () => {
    expect(write(named("settings"), "markdown").split("\n")[0]).toBe(
      "**NOT PROVEN in `shop`: PORTS-1 is violated: Only 443 and 80 are open to the public.**",
    );
  });

  test("has no other headings, tables, fences or HTML than its own, whatever the JSON says", () => {
    const written = write(attacked, "markdown");
    expect(strangeIn(written)).toEqual([]);
    expect(shownByGithub(written).structure).not.toContain("<table>");
  });
});

describe("a comment of a change that is larger than GitHub takes", () => {
  const many = <T>(all: readonly T[]): readonly T[] => Array.from({ length: 400 }, () => all).flat();
  const large: DiffReport = {
    ...attacked,
    differences: many(attacked.differences).map((difference, index) => ({
      ...difference,
      sentence: `${index} ${difference.sentence}`,
      notes: [HOSTILE.repeat(100)],
    })),
  };
  const comment = write(large, "comment");

  test("fits, says that it is cut, and begins with what isn't proven", () => {
    expect(comment.length).toBeLessThanOrEqual(60_001);
    expect(comment).toMatch(/\n\n\*\*The rest is cut\*\*.*\n$/);
    const { lines } = shownByGithub(comment);
    expect(lines[0]).toMatch(/^NOT PROVEN in shop: PORTS-1 is violated: /);
    expect(lines).toContain("Violated");
    expect(lines.indexOf("Violated")).toBeLessThan(lines.indexOf("Opened"));
  });

  test("closes what it opened, whatever the JSON says", () => {
    expect(strangeIn(comment)).toEqual([]);
    const { structure } = shownByGithub(comment);
    const count = (tag: string) => structure.filter((each) => each === tag).length;
    expect(count("<details>")).toBeGreaterThan(1);
    expect(count("<details>")).toBe(count("</details>"));
  });
});

describe("SARIF", () => {
  interface Sarif {
    readonly runs: readonly {
      readonly properties: { readonly meant?: readonly object[] };
      readonly results: readonly {
        readonly level: string;
        readonly ruleId: string;
        readonly message: { readonly text: string };
        readonly partialFingerprints: Readonly<Record<string, string>>;
        readonly locations: readonly {
          readonly logicalLocations?: readonly { readonly fullyQualifiedName: string }[];
        }[];
      }[];
    }[];
  }
  const results = (report: DiffReport) => (JSON.parse(write(report, "sarif")) as Sarif).runs[0]?.results ?? [];

  test("names constructs, and takes for an error what is opened or weakened", () => {
    const opened = results(named("settings")).find(({ ruleId }) => ruleId === "settings-weakened");
    expect(results(named("settings"))[0]).toMatchObject({ level: "error", ruleId: "PORTS-1" });
    expect(opened).toMatchObject({ level: "error", ruleId: "settings-weakened" });
    expect(opened?.locations[0]?.logicalLocations?.[0]?.fullyQualifiedName).toMatch(/^shop\/Edge\/Setting-ssl/);
    expect(results(named("smaller"))[0]).toMatchObject({ level: "error", ruleId: "policy-weakened" });
  });

  test("makes no alert of what is meant or strengthened, which stands in the properties of the run", () => {
    const [run] = (JSON.parse(write(meant, "sarif")) as Sarif).runs;
    expect(run?.results.map(({ ruleId }) => ruleId)).not.toContain("policy-weakened");
    expect(run?.properties.meant).toContainEqual(expect.objectContaining({ direction: "weakened", area: "policy" }));
    const stronger = diffReport({ before: withoutTls, after: before });
    expect(stronger.differences.map(({ direction }) => direction)).toEqual(["strengthened"]);
    expect(results(stronger)).toEqual([]);
  });

  test("gives each alert the id that the JSON has", () => {
    const { differences, unproven } = JSON.parse(write(attacked, "json")) as {
      readonly differences: readonly { readonly id: string }[];
      readonly unproven: readonly { readonly id: string }[];
    };
    const ids = results(attacked).map(({ partialFingerprints }) => partialFingerprints["id/v1"]);
    expect(ids.length).toBeGreaterThan(3);
    expect([...unproven, ...differences].map(({ id }) => id)).toEqual(expect.arrayContaining(ids));
    expect(new Set(ids).size).toBe(ids.length);
  });

  test("has no links or placeholders in its messages", () => {
    for (const { message } of results(attacked)) {
      expect(message.text.replaceAll(/\\[[\]\\]/g, "")).not.toMatch(/[[\]]/);
      expect(message.text.replaceAll(/\{\{|\}\}/g, "")).not.toMatch(/[{}]/);
    }
  });
});
