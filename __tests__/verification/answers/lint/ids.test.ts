import { CloudflarePlan } from "../../../../policy/cloudflare-plan";
import type { Environment } from "../../../../policy/environment";
import { Origin } from "../../../../policy/origin";
import type { LintFinding } from "../../../../verification/answers/lint/finding";
import { lintReportOf } from "../../../../verification/answers/lint/report";
import { inlineCode, oneLine } from "../../../../verification/render/escape";
import { LINT_FORMATS } from "../../../../verification/render/lint";
import { ACCOUNT_ID, anEnvironment, aZone } from "../../../support/environments";
import { type Change, type JsonTree, stackOf } from "../../../support/proof-scenes";
import { appOf, withRules } from "../explain/app";

const CUSTOM = "http_request_firewall_custom";
const rule = (ref: string | undefined, expression: string, action = "block", more: object = {}) => ({
  ...(ref === undefined ? {} : { ref }),
  ...{ expression, action, ...more },
});
const both =
  (...changes: readonly Change[]): Change =>
  (folder) => {
    for (const change of changes) change(folder);
  };
/** Adds resources to the shop, before those that it has. */
const withResources =
  (type: string, resources: Readonly<Record<string, object>>): Change =>
  (folder) => {
    const types = stackOf(folder, "shop").json["resource"] as Record<string, JsonTree>;
    types[type] = { ...resources, ...types[type] };
  };
const list = (name: string, ...items: readonly string[]) => ({
  ...{ account_id: ACCOUNT_ID, kind: "ip", name, items: items.map((ip) => ({ ip })) },
});

/** An edge in which about every check finds something, some of them several things at one place. */
const MESSY = both(
  withRules(
    CUSTOM,
    rule("wide", 'ip.src in {192.0.2.0/24} or http.request.uri.path contains "/a"'),
    rule("narrow", "ip.src in {192.0.2.128/25 192.0.2.129} and not ip.src in {192.0.2.0/25 192.0.2.1}"),
    rule("never", 'http.host eq "a" and http.host eq "b"'),
    rule("plan", 'http.request.uri.path matches "a" and len(http.request.body.raw) gt 3'),
    rule("short", "ip.src in {10.0/16 010.1.0.0/16}"),
    rule("unknown", "no.such.field"),
    rule("unknown too", "no.such.field"),
    rule(undefined, 'http.request.uri.path eq "/q"', "skip", { action_parameters: { ruleset: "current" } }),
    rule("escaped", '"$${var.one}" eq "$${var.two}"'),
  ),
  withResources("cloudflare_list", { office: list("office", "192.0.2.0/25", "192.0.2.128/25", "192.0.2.1", "x", "y") }),
  withResources("cloudflare_spectrum_application", { tcp: { protocol: "tcp/5432" }, other: { protocol: "tcp/22" } }),
  withResources("cloudflare_page_rule", { rule: { zone_id: aZone().id } }),
);

const findingsOf = (change: Change, environments?: readonly Environment[]): readonly LintFinding[] =>
  lintReportOf(appOf(change, environments)).findings;

const messy = findingsOf(MESSY);

test("an app has findings of many checks", () => {
  expect(new Set(messy.map((finding) => finding.rule)).size).toBeGreaterThan(8);
  expect(messy.length).toBeGreaterThan(20);
});

test("every finding has an id of its own, of the stack that it stands in", () => {
  expect(new Set(messy.map(({ id }) => id)).size).toBe(messy.length);
  for (const { id } of messy) expect(id).toMatch(/^finding:(?:shop)?:[a-z-]+/);
  expect(messy.map(({ id }) => id)).toContainEqual(
    expect.stringMatching(/^finding:shop:never-matches:.*:rules:never$/),
  );
});

const another: Environment = anEnvironment({
  name: "another",
  zone: aZone({ id: "0".repeat(32), name: "other.dev", plan: CloudflarePlan.FREE }),
  hosts: { "app.other.dev": Origin.render("srv-0123456789abcdef", "other.onrender.com") },
});

test.each<[string, Change, readonly Environment[]]>([
  [
    "rules before the others",
    both(MESSY, withRules(CUSTOM, rule("first", 'http.host eq "x.shop.dev"'), rule(undefined, "ssl", "log"))),
    [anEnvironment()],
  ],
  [
    "other resources before the others",
    both(
      MESSY,
      withResources("cloudflare_list", { a: list("another", "198.51.100.0/24") }),
      withResources("cloudflare_spectrum_application", { a: { protocol: "tcp/1" } }),
      withResources("cloudflare_page_rule", { a: { zone_id: aZone().id } }),
    ),
    [anEnvironment()],
  ],
  ["another environment before it", MESSY, [another, anEnvironment()]],
])("%s leave the ids of what was found already", (_what, change, environments) => {
  const now = new Map(findingsOf(change, environments).map((finding) => [finding.id, finding]));
  expect(messy.filter(({ id }) => !now.has(id)).map(({ id }) => id)).toEqual([]);
  // An id goes on to mean the same; a rule without a ref is called by its position.
  const meaning = ({ what }: LintFinding) =>
    what.replace(/, for example [^]*?(?=: the first )/, "").replace(/ rule \d+/g, "");
  expect(messy.map(meaning)).toEqual(messy.flatMap(({ id }) => now.get(id) ?? []).map(meaning));
});

test("each format has the ids", () => {
  const report = lintReportOf(appOf(MESSY));
  const ids = report.findings.map(({ id }) => id);
  const json = JSON.parse(LINT_FORMATS.json(report)) as { readonly findings: readonly LintFinding[] };
  const sarif = JSON.parse(LINT_FORMATS.sarif(report)) as {
    readonly runs: readonly {
      readonly results: readonly { readonly partialFingerprints: Readonly<Record<string, string>> }[];
    }[];
  };
  expect(json.findings.map(({ id }) => id)).toEqual(ids);
  const results = sarif.runs.flatMap((run) => run.results);
  expect(results.map(({ partialFingerprints }) => partialFingerprints["id/v1"])).toEqual(ids);
  expect(results.map(({ partialFingerprints }) => partialFingerprints["primaryLocationLineHash"])).toEqual(ids);
  const lines = LINT_FORMATS.text(report).split("\n");
  expect(lines.filter((line) => line.startsWith("    id ")).map((line) => line.slice(7))).toEqual(
    report.findings.map(({ id }) => oneLine(id)),
  );
  const items = LINT_FORMATS.markdown(report)
    .split("\n")
    .filter((line) => line.startsWith("  - id "));
  expect(items).toEqual(report.findings.map(({ id }) => `  - id ${inlineCode(id)}`));
});
