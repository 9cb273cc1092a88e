import { EdgePhase } from "../../../../policy/edge-phase";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import { Webhook } from "../../../../policy/webhook";
import { compare, diffReport } from "../../../../verification/answers/diff/report";
import { byCause } from "../../../../verification/answers/diff/difference";
import type { Change, JsonTree } from "../../../support/proof-scenes";
import { ZONE_ID } from "../../../support/environments";
import { aRepository } from "../../../support/repositories";
import { added, appOf, applied, dropped, given, PROJECT, rules, SHOP } from "./apps";

type App = ReturnType<typeof appOf>;

const among = (before: App, after: App) => byCause(compare({ before, after }).differences);
const all =
  (...changes: readonly Change[]): Change =>
  (folder) => {
    for (const change of changes) change(folder);
  };
const BASE = appOf();
const idsAfter = (...changes: readonly Change[]): readonly string[] =>
  among(BASE, appOf([SHOP], all(...changes))).map(({ id }) => id);

const withoutGuards = rules(EdgePhase.CUSTOM, (own) => own.filter(({ ref }) => !String(ref).includes("hook")));
const withoutTls = given("cloudflare_zone_setting", "ssl", { value: "off" });

test("a difference has the id that says what it is about", () => {
  expect(idsAfter(withoutTls)).toContainEqual(
    expect.stringMatching(/^difference:shop:settings:weakened:shop\.dev:ssl:[0-9a-f]{12}$/),
  );
});

test("other differences leave it alone, and no two have the same", () => {
  const alone = idsAfter(withoutTls);
  const others = idsAfter(withoutTls, dropped("cloudflare_url_normalization_settings", ""), withoutGuards);
  const beside = idsAfter(added("random_pet", { length: 2 }), withoutTls);
  expect(others).toEqual(expect.arrayContaining([...alone]));
  expect(beside).toEqual(alone);
  expect(others.length).toBeGreaterThan(alone.length + 2);
  expect(new Set(others).size).toBe(others.length);
});

test("what both sides have anew leaves it alone", () => {
  const both = all(
    added("cloudflare_zone_setting", { zone_id: ZONE_ID, setting_id: "http3", value: "on" }),
    rules(EdgePhase.CUSTOM, (own) => [
      { ref: "log", description: "", expression: "ssl", action: "log", enabled: true },
      ...own.map((rule) => ({ ...rule, description: "other words" })),
    ]),
    applied(PROJECT, (state) => ({ ...state, dbAllowedCidrs: ["203.0.113.10/32"] })),
  );
  const [before, after] = [both, all(both, withoutTls, withoutGuards)].map((change) => appOf([SHOP], change));
  if (before === undefined || after === undefined) throw new Error("there are two");
  expect(among(before, after).map(({ id }) => id)).toEqual(idsAfter(withoutTls, withoutGuards));
});

/** A rule of the zone's firewall that stands before all others. */
const first = (rule: JsonTree): Change =>
  rules(rule["phase"] === undefined ? EdgePhase.CUSTOM : String(rule["phase"]), (own) => {
    const { phase: _, ...others } = rule;
    return [{ ref: "first", description: "", enabled: true, ...others }, ...own];
  });
const skip = (expression: string): Change =>
  first({ action: "skip", action_parameters: { ruleset: "current" }, expression });
const block = (expression: string): Change => first({ action: "block", expression });
const redirect = (target: string): Change =>
  first({
    ...{ phase: EdgePhase.REDIRECT, action: "redirect", expression: 'http.request.uri.path eq "/old"' },
    action_parameters: { from_value: { status_code: 301, target_url: { value: target } } },
  });
const header = (value: string): Change =>
  rules(EdgePhase.LATE_TRANSFORM, (own) => [
    ...own,
    {
      ...{ ref: "h", description: "", action: "rewrite", enabled: true, expression: "true" },
      action_parameters: { headers: { "X-Token": { operation: "set", value } } },
    },
  ]);
const blocks = (last: string): string => `{192.0.2.1 192.0.2.3 192.0.2.5 192.0.2.7 192.0.2.9 ${last}}`;
const traffic = (hosts: string): Change =>
  given("cloudflare_zero_trust_gateway_policy", "allow", {
    traffic: `net.src.ip in {203.0.113.20} and ${hosts} and net.dst.port in {443}`,
  });
const onNewHost = (target: string): Change => {
  const record = { zone_id: ZONE_ID, name: "new", type: "CNAME", content: "new.onrender.com", proxied: true };
  const rule = {
    ...{ phase: EdgePhase.REDIRECT, action: "redirect", expression: 'http.host eq "new.shop.dev"' },
    action_parameters: { from_value: { status_code: 301, target_url: { value: target } } },
  };
  return all(added("cloudflare_dns_record", record), first(rule));
};
/** A workflow of others in a repository. */
const workflow = (cron: string): App =>
  appOf(
    [{ ...SHOP, repositories: [aRepository()] }],
    added("github_repository_file", {
      ...{ repository: "api", branch: "main", file: ".github/workflows/own.yml" },
      content: `on: { schedule: [{ cron: "${cron}" }] }\npermissions: {}\njobs: {}\n`,
    }),
  );
const LONG = "https://other.dev/".padEnd(200, "x");
const withBilling = (...blocks_: readonly string[]): App => {
  const webhooks = [Webhook.meta("/webhooks/meta"), Webhook.from("/hooks/billing", "billing", blocks_)];
  return appOf([{ ...SHOP, webhooks }]);
};
const withoutBilling = appOf([{ ...SHOP, webhooks: [Webhook.meta("/webhooks/meta")] }]);
const changed = (change: Change) => among(BASE, appOf([SHOP], change));
const egress = (...more: readonly string[]) =>
  among(
    BASE,
    appOf([{ ...SHOP, egress: EgressAddresses.dedicated("egs-c0ffee", ["203.0.113.10", "203.0.113.11", ...more]) }]),
  );
const FIVE = ["203.0.113.1", "203.0.113.3", "203.0.113.5", "203.0.113.13", "203.0.113.15"];

describe("two differences that mean something else have two ids, also where people read the same of both:", () => {
  test.each<readonly [string, () => readonly ReturnType<typeof among>[]]>([
    [
      "an address that the words leave out",
      () => [skip, skip].map((make, at) => changed(make(`ip.src in ${blocks(`192.0.2.2${2 * at + 1}`)}`))),
    ],
    [
      "more addresses of the policy than are written out",
      () => [egress(...FIVE), egress(...FIVE.slice(0, -1), "203.0.113.17")],
    ],
    [
      "another set by the same name",
      () => [
        among(withBilling("198.51.100.0/25"), withoutBilling),
        among(withBilling("198.51.100.0/26"), withoutBilling),
      ],
    ],
    [
      "a path in any case",
      () => [
        changed(block('http.request.uri.path contains "/admin"')),
        changed(block('lower(http.request.uri.path) contains "/admin"')),
      ],
    ],
    ["the end of a long target", () => [changed(redirect(`${LONG}1`)), changed(redirect(`${LONG}2`))]],
    ["a header's hidden value", () => [changed(header("one")), changed(header("two"))]],
    [
      "where a new host that reaches no origin is sent",
      () => [changed(onNewHost("https://a.dev/")), changed(onNewHost("https://b.dev/"))],
    ],
    [
      "a whole domain in the place of a host",
      () => [
        changed(traffic('net.sni.host in {"api.openai.com" "evil.example.com"}')),
        changed(traffic('(net.sni.host in {"api.openai.com"} or any(net.sni.domains[*] in {"evil.example.com"}))')),
      ],
    ],
    [
      "the text of a file",
      () => ["0 2 * * *", "0 3 * * *"].map((cron) => among(workflow("0 1 * * *"), workflow(cron))),
    ],
  ])("%s", (_what, make) => {
    const [one = [], other = []] = make();
    const ids = new Set(one.map(({ id }) => id));
    expect(one.length).toBeGreaterThan(0);
    expect(other.length).toBe(one.length);
    for (const { id, what } of other) expect(`${what} ${String(ids.has(id))}`).toBe(`${what} false`);
  });
});

test("the way back has other ids than the way there", () => {
  const after = appOf([SHOP], all(withoutTls, withoutGuards));
  const there = new Set(among(BASE, after).map(({ id }) => id));
  expect(among(after, BASE).filter(({ id }) => there.has(id))).toEqual([]);
});

test("a statement that something else breaks has another id", () => {
  const idOf = (change: Change): string | undefined =>
    diffReport({ before: BASE, after: appOf([SHOP], change) }).differences.find(
      ({ area, statement }) => area === "statement" && statement === "PORTS-1",
    )?.id;
  const [one, other] = [idOf(withoutTls), idOf(given("cloudflare_zone_setting", "min_tls", { value: "1.0" }))];
  expect(one).toMatch(/^difference:shop:statement:weakened:PORTS-1:/);
  expect(other).not.toBe(one);
});
