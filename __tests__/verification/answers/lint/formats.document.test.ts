import { shownByGithub, strangeIn } from "../../../support/github-markdown";
import Ajv from "ajv";
import schema from "../../../../verification/render/lint.schema.json";
import { LINT_RULES } from "../../../../verification/answers/lint/finding";
import { exitCodeOf, lintReportOf } from "../../../../verification/answers/lint/report";
import type { Format } from "../../../../verification/render/formats";
import { LINT_FORMATS } from "../../../../verification/render/lint";
import { ACCOUNT_ID } from "../../../support/environments";
import type { Change } from "../../../support/proof-scenes";
import { HOSTILE, UNSEEN } from "../../hostile";
import { appOf, withResource, withRules } from "../explain/app";

const CUSTOM = "http_request_firewall_custom";
const hostile: Change = (folder) => {
  withRules(
    CUSTOM,
    { ref: HOSTILE, description: HOSTILE, expression: "ip.src in {192.0.2.0/25 192.0.2.128/25}", action: "block" },
    { ref: `b ${HOSTILE}`, description: HOSTILE, expression: "ip.src in {192.0.2.0/26}", action: "block" },
    { ref: `c ${HOSTILE}`, description: HOSTILE, expression: HOSTILE, action: HOSTILE },
  )(folder);
  withResource("cloudflare_list", {
    ...{ account_id: ACCOUNT_ID, kind: "ip", name: HOSTILE, items: [{ ip: HOSTILE }] },
    "//": { metadata: { path: `shop/${HOSTILE}` } },
  })(folder);
  withResource("cloudflare_dns_record", { type: "A", name: HOSTILE, proxied: false })(folder);
};

const clean = lintReportOf(appOf());
const attacked = lintReportOf(appOf(hostile));
const write = (report: typeof clean, format: Format, more = {}) =>
  LINT_FORMATS[format](report, { columns: 80, hasColour: false, ...more });
const FORMATS = Object.keys(LINT_FORMATS) as readonly Format[];

test("a clean folder says so in one line", () => {
  expect(write(clean, "text")).toBe("Nothing found in 1 stack, 4 rules and 0 lists\n");
  expect(write(clean, "markdown")).toBe("**Nothing found in 1 stack, 4 rules and 0 lists**\n");
});

describe.each(FORMATS)("findings as %s", (format) => {
  const text = write(attacked, format);

  test("hold nothing that a terminal takes for a command", () => {
    expect(text).not.toMatch(UNSEEN);
  });

  test("name every check that found something, and are the same each time", () => {
    for (const { rule } of attacked.findings) expect(text).toContain(rule);
    expect(write(attacked, format)).toBe(text);
  });
});

test("text fits 80 columns, and narrow ones, but for ids, and has colour only where it may", () => {
  for (const columns of [40, 80]) {
    const lines = write(attacked, "text", { columns }).split("\n");
    for (const line of lines.filter((each) => !each.startsWith("    id finding:"))) {
      expect([...line].length).toBeLessThanOrEqual(columns);
    }
  }
  expect(write(attacked, "text", { hasColour: true })).toContain("\u001b[1;31m");
});

test("Markdown has no other headings, tables or HTML than its own, whatever the JSON says", () => {
  const written = write(attacked, "markdown");
  expect(strangeIn(written)).toEqual([]);
  expect(shownByGithub(written).structure).not.toContain("<table>");
});

describe("JSON", () => {
  const validate = new Ajv({ strict: true, strictRequired: false }).compile(schema);

  test("is valid by the published schema, with the values as they are", () => {
    const parsed: unknown = JSON.parse(write(attacked, "json"));
    expect([validate(parsed), validate.errors]).toEqual([true, null]);
    expect(parsed).toEqual(JSON.parse(JSON.stringify(attacked)));
  });

  test("of another form is refused", () => {
    const [finding] = attacked.findings;
    expect(validate({ ...attacked, findings: [{ ...finding, rule: "other" }] })).toBe(false);
    expect(validate({ ...attacked, surprise: 1 })).toBe(false);
  });

  test("names every check", () => {
    expect(schema.definitions.finding.properties.rule.enum).toEqual(Object.keys(LINT_RULES));
  });
});

describe("SARIF", () => {
  interface Sarif {
    readonly version: string;
    readonly runs: readonly {
      readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } };
      readonly invocations: readonly { readonly exitCode: number }[];
      readonly results: readonly {
        readonly ruleId: string;
        readonly level: string;
        readonly message: { readonly text: string };
        readonly locations: readonly {
          readonly physicalLocation: { readonly artifactLocation: { readonly uri: string } };
          readonly logicalLocations: readonly { readonly fullyQualifiedName: string }[];
        }[];
      }[];
    }[];
  }
  const { version, runs } = JSON.parse(write(attacked, "sarif")) as Sarif;
  const [run] = runs;

  test("has no links or placeholders in its messages", () => {
    for (const { message } of run?.results ?? []) {
      expect(message.text.replaceAll(/\\[[\]\\]/g, "")).not.toMatch(/[[\]]/);
      expect(message.text.replaceAll(/\{\{|\}\}/g, "")).not.toMatch(/[{}]/);
    }
  });

  test("has a result for each finding, at its level and at the construct that wrote it", () => {
    expect([version, runs.length]).toEqual(["2.1.0", 1]);
    expect(run?.results.map(({ ruleId, level }) => [ruleId, level])).toEqual(
      attacked.findings.map(({ rule, severity }) => [rule, severity]),
    );
    const covered = run?.results.find(({ ruleId }) => ruleId === "covered");
    expect(covered?.locations[0]?.logicalLocations).toEqual([
      { fullyQualifiedName: `shop/Edge/Rules-${CUSTOM}/Resource`, kind: "resource" },
    ]);
    expect(covered?.locations[0]?.physicalLocation.artifactLocation.uri).toBe("stacks/shop/cdk.tf.json");
  });

  test("describes every check, and has the exit code", () => {
    expect(run?.tool.driver.rules.map(({ id }) => id)).toEqual(Object.keys(LINT_RULES));
    expect(run?.invocations[0]?.exitCode).toBe(exitCodeOf(attacked));
  });
});
