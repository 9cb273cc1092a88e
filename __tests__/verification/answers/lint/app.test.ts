import { CloudflarePlan } from "../../../../policy/cloudflare-plan";
import { AddressPlacement } from "../../../../policy/edge-options";
import type { App } from "../../../../verification/answers/app";
import { addresses } from "../../../../verification/answers/lint/addresses";
import { dead, pairs } from "../../../../verification/answers/lint/rules";
import {
  type LintCheck,
  lintedZones,
  type LintRule,
  type LintSeverity,
} from "../../../../verification/answers/lint/finding";
import { limits, plan } from "../../../../verification/answers/lint/limits";
import { exitCodeOf, type LintReport, lintReportOf } from "../../../../verification/answers/lint/report";
import { unusedLists } from "../../../../verification/answers/lint/resources";
import { ACCOUNT_ID, anEnvironment, aZone } from "../../../support/environments";
import type { Change } from "../../../support/proof-scenes";
import { appOf, withResource, withRules } from "../explain/app";

const CUSTOM = "http_request_firewall_custom";
const rule = (ref: string, expression: string, action = "block", more: object = {}) => ({
  ...{ ref, expression, action, description: ref },
  ...more,
});
const skip = (ref: string, expression: string) =>
  rule(ref, expression, "skip", { action_parameters: { ruleset: "current" } });
const inCustom = (...rules: readonly object[]): Change => withRules(CUSTOM, ...rules);
const CHECKS = [dead, pairs, unusedLists, addresses, limits, plan];
const foundIn = (app: App, checks: readonly LintCheck[] = CHECKS) =>
  checks.flatMap((check) => check({ ...app, zones: lintedZones(app) }));
/** The findings of these checks, by default of all those that don't ask every statement. */
const found = (change?: Change, ...checks: readonly LintCheck[]) =>
  foundIn(appOf(change), checks.length > 0 ? checks : CHECKS);
const rulesFound = (change: Change, ...checks: readonly LintCheck[]) =>
  found(change, ...checks).map((finding) => finding.rule);
const CHECK_OF: Readonly<Partial<Record<LintRule, LintCheck>>> = {
  ["unused-list"]: unusedLists,
  ["overlapping-addresses"]: addresses,
  ["misleading-address"]: addresses,
  ["plan"]: plan,
};
const whatOf = (wanted: LintRule, change: Change) =>
  found(change, CHECK_OF[wanted] ?? dead)
    .filter((finding) => finding.rule === wanted)
    .map(({ what }) => what);
const list = (items: readonly string[], name = "office") =>
  withResource("cloudflare_list", { account_id: ACCOUNT_ID, kind: "ip", name, items: items.map((ip) => ({ ip })) });
const both =
  (...changes: readonly Change[]): Change =>
  (folder) => {
    for (const change of changes) change(folder);
  };

test("the edge as it is written has no finding", () => {
  expect(lintReportOf(appOf()).findings).toEqual([]);
});

test("addresses in a list that a rule names have no finding", () => {
  const listed = anEnvironment({ edge: { addresses: AddressPlacement.LIST } });
  expect(lintReportOf(appOf(undefined, [listed])).findings).toEqual([]);
});

describe("a rule that never takes effect", () => {
  test("is found where one earlier rule has all its requests", () => {
    const change = inCustom(
      rule("all", 'http.request.uri.path contains "/a"'),
      rule("some", 'http.request.uri.path eq "/a"'),
    );
    const [finding] = found(change);
    expect(finding).toMatchObject({
      rule: "covered",
      severity: "warning",
      place: { stack: "shop", path: `shop/Edge/Rules-${CUSTOM}/Resource` },
      what: "rule some (block) never takes effect: its requests go to all (block), edge_ports_2_redirect_to_https (redirect)",
      change: "remove the rule: nothing changes",
    });
    expect(finding?.place.pointer).toMatch(/\/rules\/1$/);
  });

  test("is found where two earlier rules have them together, and not by one of them", () => {
    const halves = [rule("upper", "ip.src in {0.0.0.0/1}"), rule("lower", "ip.src in {128.0.0.0/1}", "log")];
    const covered = rule("late", "ip.src in {192.0.2.0/24 10.0.0.0/8}");
    const [first] = halves;
    const together = inCustom(first as object, rule("lower", "ip.src in {128.0.0.0/1}"), covered);
    expect(whatOf("covered", together)).toEqual([
      "rule late (block) never takes effect: its requests go to upper (block), lower (block), edge_ports_2_redirect_to_https (redirect)",
    ]);
    expect(whatOf("covered", inCustom(...halves, covered))).toEqual([]);
  });

  test("is told to move where the other rule does something else", () => {
    const change = inCustom(skip("past", "ip.src in {192.0.2.0/24}"), rule("late", "ip.src in {192.0.2.7}"));
    expect(found(change).find((each) => each.rule === "covered")).toMatchObject({
      what: "rule late (block) never takes effect: its requests go to past (skip)",
      change: "remove the rule: nothing changes; or put it before past",
    });
  });

  test("is found where no request meets its condition", () => {
    const never = rule("never", "ip.src in {192.0.2.0/24} and not ip.src in {192.0.0.0/16}");
    expect(whatOf("never-matches", inCustom(never))).toEqual([
      "rule never never takes effect: no request meets its condition",
    ]);
  });
});

describe("two rules", () => {
  const office = skip("office", "ip.src in {192.0.2.0/24}");

  test("contradict each other where one lets past what the other blocks, and neither is the narrower", () => {
    const [finding] = found(inCustom(office, rule("admin", 'http.request.uri.path eq "/admin"')));
    expect(finding).toMatchObject({ rule: "contradiction", severity: "warning" });
    expect(finding?.what).toMatch(
      /^office \(skip\) and .* meet the same requests, for example curl .* # from 192\.0\.2\.1: the first decides$/,
    );
  });

  test("are an exception where the first is the narrower: that is a note", () => {
    const narrow = skip(
      "office",
      'ip.src in {192.0.2.0/24} and http.request.uri.path eq "/admin" and ssl and cf.edge.server_port eq 443',
    );
    const change = inCustom(narrow, rule("admin", 'http.request.uri.path eq "/admin"'));
    const own = found(change).filter(({ what }) => what.includes("admin (block)"));
    expect(own).toEqual([expect.objectContaining({ rule: "contradiction", severity: "note" })]);
    expect(own[0]?.what).toMatch(/the first is an exception to the second$/);
  });

  test("are in an order that matters where one only may stop a request: that is a note", () => {
    const change = inCustom(
      rule("ask", 'http.request.uri.path eq "/login"', "managed_challenge"),
      rule("no", 'http.request.uri.path contains "/log"'),
    );
    expect(found(change).filter(({ what }) => what.startsWith("ask"))).toContainEqual(
      expect.objectContaining({ rule: "order", severity: "note" }),
    );
  });

  test("that do the same have no order", () => {
    const change = inCustom(
      rule("a", 'http.request.uri.path contains "/a"'),
      rule("b", 'http.request.uri.path contains "/b"'),
    );
    expect(rulesFound(change)).toEqual([]);
  });
});

describe("a list", () => {
  test("that no rule names is found", () => {
    expect(whatOf("unused-list", list(["192.0.2.1"]))).toEqual(["no rule of the app names the list $office"]);
  });

  test("that a rule names is used, by its name or by a reference, also where the rule is disabled", () => {
    for (const expression of ["ip.src in $office", "ip.src in $${cloudflare_list.added.name}"]) {
      const change = both(list(["192.0.2.1"]), inCustom({ ...rule("r", expression), enabled: false }));
      expect(whatOf("unused-list", change)).toEqual([]);
    }
  });

  test("of a longer name is another one", () => {
    const change = both(list(["192.0.2.1"]), inCustom(rule("r", "ip.src in $offices")));
    expect(whatOf("unused-list", change)).toHaveLength(1);
  });
});

describe("addresses", () => {
  const set = (entries: string) => inCustom(rule("r", `ip.src in {${entries}}`));

  test.each([
    ["192.0.2.0/24 192.0.2.7", "192.0.2.7 is in 192.0.2.0/24"],
    ["192.0.2.7 192.0.2.7", "192.0.2.7 stands twice"],
    ["10.0.0.1..10.0.0.9 10.0.0.5..10.0.0.12", "10.0.0.5..10.0.0.12 overlaps 10.0.0.1..10.0.0.9"],
    ["2001:db8::/32 2001:db8:1::/48", "2001:db8:1::/48 is in 2001:db8::/32"],
  ])("%s overlap", (entries, what) => {
    expect(whatOf("overlapping-addresses", set(entries))).toEqual([
      `the condition of r has the same addresses more than once: ${what}`,
    ]);
  });

  test.each([
    ["192.0.2.0/25 192.0.2.128/25", "192.0.2.0/25 and 192.0.2.128/25 are together 192.0.2.0/24"],
    ["192.0.2.1 192.0.2.0", "192.0.2.0 and 192.0.2.1 are together 192.0.2.0/31"],
    ["10.0.0.1..10.0.0.9 10.0.0.10", "10.0.0.1..10.0.0.9 and 10.0.0.10 are together 10.0.0.1..10.0.0.10"],
  ])("%s are one", (entries, what) => {
    expect(found(set(entries), addresses)).toContainEqual(
      expect.objectContaining({
        rule: "mergeable-addresses",
        severity: "note",
        what: `the condition of r takes more entries than it needs: ${what}`,
      }),
    );
  });

  test.each(["192.0.2.0/25 198.51.100.0/25", "192.0.2.1 192.0.2.2", "10.0.0.0/8 2001:db8::/32"])(
    "%s are fine",
    (entries) => {
      const about = (finding: LintRule) => /addresses?$/.test(finding);
      expect(rulesFound(set(entries), addresses).filter(about)).toEqual([]);
    },
  );

  test.each([
    ["10.1", "10.1 is read as 10.1.0.0/32", "write 10.1.0.0 in full"],
    ["010.0.0.1", "010.0.0.1 is read as 10.0.0.1/32", "write 10.0.0.1 in full"],
    [
      "::ffff:192.0.2.1",
      "::ffff:192.0.2.1 matches no client: one that connects over IPv4 has its IPv4 address",
      "write the IPv4 form of ::ffff:192.0.2.1",
    ],
  ])("%s is read otherwise than it looks", (entries, what, change) => {
    expect(found(set(entries), addresses)).toContainEqual(
      expect.objectContaining({
        ...{ rule: "misleading-address", severity: "warning" },
        ...{ what: `the condition of r: ${what}`, change },
      }),
    );
  });

  test("everybody of one family is noted", () => {
    expect(whatOf("misleading-address", set("0.0.0.0/0"))).toEqual([
      "the condition of r: 0.0.0.0/0 is every IPv4 address, and no IPv6 address",
    ]);
    expect(whatOf("misleading-address", set("0.0.0.0/0 ::/0"))).toEqual([]);
  });

  test("of a list are read too, and what is none is an error", () => {
    const change = both(list(["192.0.2.0/24", "192.0.2.1", "192.0.2.5/24"]), inCustom(rule("r", "ip.src in $office")));
    expect(whatOf("overlapping-addresses", change)).toEqual([
      "the list $office has the same addresses more than once: 192.0.2.1 is in 192.0.2.0/24",
    ]);
    expect(found(change, addresses)).toContainEqual(
      expect.objectContaining({
        severity: "error",
        change: 'write "192.0.2.0/24"',
        place: expect.objectContaining({ pointer: "/resource/cloudflare_list/added/items" }) as object,
      }),
    );
  });
});

describe("a limit", () => {
  const ofLength = (length: number) => {
    const start = 'http.request.uri.path eq "/';
    return rule("long", `${start}${"x".repeat(length - start.length - 1)}"`);
  };

  test.each([
    [3_686, []],
    [3_687, ["note"]],
    [4_096, ["note"]],
    [4_097, ["error"]],
  ])("of an expression of %d characters is judged", (length, severities) => {
    const own = found(inCustom(ofLength(length)), limits).filter((finding) => finding.rule === "limit");
    expect(own.map(({ severity }) => severity)).toEqual(severities);
  });

  const some = (count: number) =>
    inCustom(...Array.from({ length: count }, (_, index) => rule(`r${index}`, `http.request.uri.path eq "/${index}"`)));
  const onPlan = (of: CloudflarePlan, change: Change) =>
    foundIn(appOf(change, [anEnvironment({ zone: aZone({ plan: of }) })]), [limits]).filter(
      (each) => each.rule === "limit",
    );

  test("of a plan's rules counts the edge's own and disabled ones", () => {
    expect(onPlan(CloudflarePlan.FREE, some(2))).toEqual([]);
    expect(onPlan(CloudflarePlan.FREE, some(3))).toEqual([
      expect.objectContaining({
        severity: "note",
        what: `rules of ${CUSTOM} in shop.dev: 5, at the 5 that the free plan has`,
        change: "drop rules, or move to the pro plan",
      }),
    ]);
    const disabled = both(some(3), inCustom({ ...rule("off", "ssl"), enabled: false }));
    expect(onPlan(CloudflarePlan.FREE, disabled)).toEqual([
      expect.objectContaining({
        severity: "error",
        what: `rules of ${CUSTOM} in shop.dev: 6, over the 5 that the free plan has`,
      }),
    ]);
  });

  test("of an account's lists is judged by the best plan of its zones", () => {
    const lists = both(list(["192.0.2.1"]), inCustom(rule("r", "ip.src in $office")));
    expect(onPlan(CloudflarePlan.PRO, lists)).toEqual([]);
    expect(onPlan(CloudflarePlan.FREE, lists).map(({ what }) => what)).toEqual([
      `custom lists of account ${ACCOUNT_ID}: 1, at the 1 that the free plan has`,
    ]);
  });

  test("of a plan's features is an error", () => {
    const regex = inCustom(rule("r", 'http.request.uri.path matches "^/a"'));
    expect(whatOf("plan", regex)).toEqual([
      "the condition of r uses regular expressions, which the pro plan doesn't have",
    ]);
    const business = anEnvironment({ zone: aZone({ plan: CloudflarePlan.BUSINESS }) });
    expect(foundIn(appOf(regex, [business]), [plan]).map((each) => each.rule)).not.toContain("plan");
  });
});

describe("a thing that is unknown", () => {
  const strange = inCustom(rule("strange", 'http.request.uri.path eq "/x"', "teleport"));

  test("is found where it stands, with the statements that it bears on", () => {
    const open = lintReportOf(appOf(strange)).findings.filter((each) => each.rule === "undecided");
    expect(open.length).toBeGreaterThan(0);
    expect(open[0]?.place.pointer).toMatch(/\/rules\/0$/);
    expect(open[0]?.what).toMatch(/teleport.*, which bears on PORTS-1, .*of shop$/);
  });

  test("is found once, however many statements it bears on", () => {
    const worker = withResource("cloudflare_workers_route", { zone_id: aZone().id, pattern: "*/*" });
    const open = lintReportOf(appOf(worker)).findings.map(({ what }) => what);
    expect(open).toHaveLength(new Set(open).size);
    expect(open.join()).toMatch(/bears on PORTS-1, PORTS-2, HOOK-1, WEB-1 of shop/);
  });
});

describe("the exit code", () => {
  const codeOf = (change?: Change) => exitCodeOf(lintReportOf(appOf(change)));
  const noted = inCustom(rule("r", "ip.src in {192.0.2.0/25 192.0.2.128/25}"));

  test.each<[string, Change | undefined, 0 | 1 | 2]>([
    ["nothing is found", undefined, 0],
    ["notes alone are found", noted, 0],
    ["a warning is found", list(["192.0.2.1"]), 1],
    ["an error is found", inCustom(rule("r", 'http.request.uri.path matches "a"')), 1],
    ["something is undecided", withResource("cloudflare_workers_route", { zone_id: aZone().id, pattern: "*/*" }), 2],
    [
      "something is undecided beside a warning",
      both(list(["192.0.2.1"]), withResource("cloudflare_workers_route", { pattern: "*/*" })),
      1,
    ],
  ])("says whether %s", (_what, change, code) => {
    expect(codeOf(change)).toBe(code);
  });
});

test("the worst comes first, and a stack's own mistakes have their construct", () => {
  const change = both(
    inCustom(rule("r", "ip.src in {192.0.2.0/25 192.0.2.128/25}")),
    list(["192.0.2.1"]),
    withResource("cloudflare_spectrum_application", {
      ...{ zone_id: aZone().id, protocol: "tcp/5432", dns: { name: "db.shop.dev" } },
      "//": { metadata: { path: "shop/Db" } },
    }),
  );
  const { findings } = lintReportOf(appOf(change));
  const severities = findings.map(({ severity }) => severity);
  expect(severities).toEqual([...severities].sort((one, other) => order.indexOf(one) - order.indexOf(other)));
  expect(findings[0]).toMatchObject({ rule: "spectrum-port", place: { stack: "shop", path: "shop/Db" } });
});

const order: readonly LintSeverity[] = ["error", "warning", "note"];

test("a report says how much was looked at", () => {
  const { looked }: LintReport = lintReportOf(appOf(list(["192.0.2.1"])));
  expect(looked).toEqual({ stacks: 1, rules: 4, lists: 1 });
});
