import { AddressSet } from "../../../network/address-set";
import { META } from "../../../network/feeds/meta";
import { EdgePhase } from "../../../policy/edge-phase";
import { type Change, diffOf } from "../../../verification/edge/compare";
import type { RequestSet } from "../../../verification/edge/describe";
import type { Values } from "../../../verification/edge/values";
import type { EdgeZone } from "../../../verification/edge/zone";
import { block, type Edge, GUARD, HOST, type JsonRule, META_BLOCKS, PORTS, REDIRECT, SHIPPED, zoneOf } from "./edge";

const OPTIONS = {
  names: [META.addresses.named("Meta")],
  scope: { likely: { hosts: [HOST], paths: ["/webhooks/meta", "/webhooks/other", "/"] } },
};

const withHeader = (hosts: string, value = "${var.secret}"): JsonRule => ({
  ...block("secret", `lower(http.host) in {${hosts}}`),
  action: "rewrite",
  action_parameters: { headers: { "X-Edge-Secret": { operation: "set", value } } },
});
const EDGE: Edge = { ...SHIPPED, [EdgePhase.LATE_TRANSFORM]: [withHeader(`"${HOST}"`)] };
const BEFORE = zoneOf(EDGE);
const custom = (...rules: readonly JsonRule[]): EdgeZone => zoneOf({ ...EDGE, [EdgePhase.CUSTOM]: rules });
const redirects = (...rules: readonly JsonRule[]): EdgeZone => zoneOf({ ...EDGE, [EdgePhase.REDIRECT]: rules });
const guard = (path: string, sources: string): JsonRule => ({
  ...GUARD,
  ref: path,
  expression: `lower(url_decode(http.request.uri.path, "r")) contains "${path}" and not ip.src in ${sources}`,
});
const META_SET = `{${META_BLOCKS}}`;

const words = ({ kind, names }: Values): string => (kind === "all" ? "" : `${kind} ${names.join(", ")}`);
const restricted = ({ ports, sources, methods, hosts, paths, queries }: RequestSet) =>
  Object.fromEntries(
    Object.entries({ ports, sources, methods, hosts, paths, queries })
      .map(([name, values]) => [name, words(values)])
      .filter(([, text]) => text !== ""),
  );
const shown = ({ kind, requests, before, after }: Change) => ({
  kind,
  ...restricted(requests),
  ends: `${before.end.kind} by ${before.rule?.ref ?? "none"}, then ${after.end.kind} by ${after.rule?.ref ?? "none"}`,
});
const diff = (before: EdgeZone, after: EdgeZone) => diffOf(before, after, OPTIONS);
const changes = (after: EdgeZone, before = BEFORE) => {
  const { changes: all, undecided } = diff(before, after);
  expect(undecided).toEqual([]);
  return all.map(shown);
};
const NO_CHANGE = { changes: [], undecided: [] };

describe("a change of the rules", () => {
  test("that drops the guard opens its path to anyone but its clients", () => {
    expect(changes(custom(PORTS))).toEqual([
      {
        kind: "opened",
        ports: "only 443",
        sources: "except Meta",
        paths: "only containing /webhooks/meta",
        ends: "block by guard, then origin by none",
      },
    ]);
  });

  test("shows a example of each family", () => {
    const [change] = diff(BEFORE, custom(PORTS)).changes;
    const example = { scheme: "https", port: 443, host: HOST, target: "/webhooks/meta", method: "GET" };
    expect(change?.examples).toEqual([
      { ...example, from: "192.0.2.1" },
      { ...example, from: "2001:db8::1" },
    ]);
  });

  test("that widens the clients opens the path to the new ones", () => {
    expect(changes(custom(PORTS, guard("/webhooks/meta", `{${META_BLOCKS} 203.0.113.0/24}`)))).toEqual([
      {
        kind: "opened",
        ports: "only 443",
        sources: "only 203.0.113.0/24",
        paths: "only containing /webhooks/meta",
        ends: "block by guard, then origin by none",
      },
    ]);
  });

  test("that guards another path closes it, and the guarded one stays as it is", () => {
    const found = changes(custom(PORTS, GUARD, guard("/webhooks/other", META_SET)));
    expect(found).toEqual([
      {
        kind: "closed",
        ports: "only 443",
        sources: "except Meta",
        paths: "only containing /webhooks/other but not containing /webhooks/meta",
        ends: "origin by none, then block by /webhooks/other",
      },
    ]);
  });

  test("that adds a host changes what the origin gets from it", () => {
    const after = zoneOf({ ...EDGE, [EdgePhase.LATE_TRANSFORM]: [withHeader(`"${HOST}" "new.shop.dev"`)] });
    expect(changes(after)).toEqual([
      { kind: "changed", hosts: "only new.shop.dev", ends: "origin by none, then origin by secret" },
    ]);
    expect(diff(BEFORE, after).changes[0]?.after.end).toMatchObject({ headers: { "x-edge-secret": "${var.secret}" } });
  });

  test("that moves a rule before another with another effect shows who is affected", () => {
    const office = (action: string): JsonRule => ({
      ...block("office", "ip.src in {192.0.2.0/24}"),
      action,
      action_parameters: { ruleset: "current" },
    });
    expect(
      changes(custom(office("skip"), PORTS, GUARD), custom(PORTS, office("skip"), GUARD)).map(({ kind }) => kind),
    ).toEqual(["opened", "opened"]);
  });

  test("that skips a rule is decided by the skip, on the side that has it", () => {
    const skip: JsonRule = {
      ...block("office", "ip.src in {192.0.2.0/24}"),
      ...{ action: "skip", action_parameters: { ruleset: "current" } },
    };
    const ends = (before: EdgeZone, after: EdgeZone) =>
      diff(before, after).changes.map((change) => shown(change)["ends"]);
    const [without, withSkip] = [custom(PORTS, GUARD), custom(PORTS, skip, GUARD)];
    expect(ends(without, withSkip)).toEqual(["block by guard, then origin by office"]);
    expect(ends(withSkip, without)).toEqual(["origin by office, then block by guard"]);
    expect(diff(custom(PORTS, GUARD, skip), without)).toEqual(NO_CHANGE);
  });

  test("of a redirect's target is a change for all that it redirects", () => {
    const target = { from_value: { status_code: 301, target_url: { value: "https://shop.dev/" } } };
    const [change, ...others] = diff(BEFORE, redirects({ ...REDIRECT, action_parameters: target })).changes;
    expect(others).toEqual([]);
    expect(change && shown(change)).toEqual({
      kind: "changed",
      ports: "only 80",
      hosts: "except containing :",
      ends: "redirect by redirect, then redirect by redirect",
    });
    expect([change?.before.end, change?.after.end]).toMatchObject([
      { status: 301, target: "https" },
      { status: 301, target: '"https://shop.dev/"' },
    ]);
  });

  test("from a block to a challenge opens what a client may pass", () => {
    const [change] = diff(BEFORE, custom(PORTS, { ...GUARD, action: "managed_challenge" })).changes;
    expect(change).toMatchObject({
      kind: "opened",
      after: { end: { kind: "origin", barriers: ["managed_challenge"] } },
    });
  });
});

test("what concerns everybody is told before what concerns some", () => {
  const conditions = [
    'http.request.method eq "DELETE"',
    'ip.src.country eq "XX"',
    'http.request.uri.query contains "a=1"',
  ];
  for (const condition of conditions) {
    const found = diff(BEFORE, custom(block("all", condition), PORTS, GUARD)).changes;
    expect(found.map(({ requests }) => words(requests.sources))).toEqual(["", "only Meta"]);
  }
});

describe("rules of others", () => {
  const others = [
    { ...block("challenged", 'http.user_agent contains "bot"'), action: "managed_challenge" },
    { ...block("limited", 'starts_with(http.request.uri.path, "/login")'), action: "js_challenge" },
    { ...block("office", "ip.src in {198.51.100.0/24}"), action: "skip", action_parameters: { products: ["waf"] } },
  ];

  test("are not told of where both sides have them", () => {
    expect(changes(custom(...others, PORTS), custom(...others, PORTS, GUARD))).toEqual(changes(custom(PORTS)));
  });

  test("are, once they change, whatever becomes of the requests behind them", () => {
    const [challenged, ...rest] = others as [JsonRule, ...JsonRule[]];
    const found = diff(custom(...others, PORTS), custom(...rest, PORTS)).changes;
    const ends = new Set(found.map(({ before, after }) => `${before.end.kind} and ${after.end.kind}`));
    expect(ends).toEqual(new Set(["origin and origin", "block and block"]));
    for (const { kind, before, after, requests } of found) {
      expect([kind, before.end.barriers, after.end.barriers]).toEqual(["changed", ["managed_challenge"], []]);
      expect(before.rule?.ref).toBe("challenged");
      expect(requests.given).toEqual([{ condition: challenged.expression, holds: true }]);
    }
  });

  test("that skip other phases say nothing of requests that are blocked", () => {
    const skip = {
      ...block("office", "ip.src in {192.0.2.0/24}"),
      ...{ action: "skip", action_parameters: { phases: ["http_ratelimit"] } },
    };
    expect(changes(custom(skip, PORTS, GUARD))).toEqual([
      {
        kind: "changed",
        ports: "except 80",
        sources: "only 192.0.2.0/24",
        ends: "origin by none, then origin by office",
      },
    ]);
    expect(diff(custom(skip, PORTS, GUARD), custom(PORTS, GUARD, skip))).toEqual(NO_CHANGE);
  });

  test("keep their order to those that block", () => {
    const [challenged] = others as [JsonRule];
    const found = diff(custom(challenged, GUARD), custom(GUARD, challenged)).changes;
    expect(
      new Set(found.map(({ kind, before, after }) => [kind, before.end.barriers, after.end.barriers].join())),
    ).toEqual(new Set(["changed,managed_challenge,"]));
  });
});

describe("no change in behaviour is proven", () => {
  test.each([
    ["blocks in another order", custom(GUARD, PORTS)],
    ["one block written as two", custom(block("a", "not ssl"), block("b", "cf.edge.server_port ne 443"), GUARD)],
    ["two blocks written as one", custom(block("both", `(${PORTS.expression}) or (${GUARD.expression})`))],
    ["another way to say it", custom(block("x", "not (ssl and cf.edge.server_port in {443})"), GUARD)],
    ["another name", custom({ ...PORTS, ref: "renamed" }, GUARD)],
    ["a rule that logs", custom({ ...block("log", "ssl"), action: "log" }, PORTS, GUARD)],
    ["a rule that is dead", custom(PORTS, GUARD, block("dead", "not ssl"))],
    [
      "a redirect to the same URL",
      redirects({
        ...REDIRECT,
        action_parameters: {
          from_value: {
            status_code: 301,
            target_url: { expression: 'concat("https://", http.host, http.request.uri)' },
          },
        },
      }),
    ],
  ])("for %s", (_what, after) => {
    expect(diff(BEFORE, after)).toEqual(NO_CHANGE);
  });

  test("for addresses in a list instead of the rule, and not if the list lacks one", () => {
    const listed = (addresses: AddressSet): EdgeZone => ({
      ...custom(PORTS, guard("/webhooks/meta", "$meta")),
      lists: new Map([["meta", addresses]]),
    });
    expect(diff(BEFORE, listed(META.addresses))).toEqual(NO_CHANGE);
    const fewer = META.addresses.difference(AddressSet.of("one", ["31.13.24.0/21"]));
    expect(diff(listed(META.addresses), listed(fewer)).changes.map(shown)).toMatchObject([
      { kind: "closed", sources: "only 31.13.24.0/21" },
    ]);
  });
});

describe("what nobody here knows", () => {
  const strange = (expression = "ip.src in {192.0.2.0/24}"): JsonRule => ({
    ...block("x", expression),
    action: "teleport",
  });
  const country = block("country", 'ip.src.country eq "XX"');

  test("is the same where both sides have it, and nothing else changed", () => {
    for (const rule of [strange(), country]) {
      expect(diff(custom(rule, PORTS, GUARD), custom({ ...rule, ref: "y" }, PORTS, GUARD))).toEqual(NO_CHANGE);
    }
    expect(diff(custom(country, PORTS, GUARD), custom(country, GUARD, PORTS))).toEqual(NO_CHANGE);
    expect(changes(custom(strange(), GUARD), custom(strange(), PORTS, GUARD))).toContainEqual(
      expect.objectContaining({ kind: "undecided", sources: "only 192.0.2.0/24" }),
    );
  });

  test("is undecided where one side has it", () => {
    const found = diff(BEFORE, custom(PORTS, strange(), GUARD)).changes;
    expect(found.map(shown)).toEqual([
      {
        kind: "undecided",
        ports: "only 443",
        sources: "only 192.0.2.0/24",
        paths: "except containing /webhooks/meta",
        ends: "origin by none, then undecided by x",
      },
      {
        kind: "undecided",
        ports: "only 443",
        sources: "only 192.0.2.0/24",
        paths: "only containing /webhooks/meta",
        ends: "block by guard, then undecided by x",
      },
    ]);
    expect(found[0]?.reasons).toEqual(["rule x of http_request_firewall_custom: teleport {}"]);
  });

  test("is given where a change depends on it", () => {
    const given = diff(BEFORE, custom(PORTS, country, GUARD)).changes.map(({ kind, requests }) => [
      kind,
      requests.given,
    ]);
    expect(given).toEqual(Array(2).fill(["closed", [{ condition: 'ip.src.country eq "XX"', holds: true }]]));
  });

  test("is a rule that may be off, for what meets its expression", () => {
    for (const enabled of ["${var.on}", "false"]) {
      const rule = { ...block("open", "ssl"), enabled };
      const found = diff(custom(rule), custom(block("open", "ssl"))).changes;
      expect(found.map(shown)).toEqual([
        {
          kind: "undecided",
          ports: "only 443, 2053, 2083, 2087, 2096, 8443",
          ends: "undecided by open, then block by open",
        },
      ]);
      expect(found[0]).toMatchObject({
        reasons: ["rule open of http_request_firewall_custom: more than its expression decides when it matches"],
        requests: { given: [] },
      });
      expect(diff(custom(rule), custom(rule))).toEqual(NO_CHANGE);
    }
  });

  test("is a skip that may be off, and not a log", () => {
    const maybe = (action: string): JsonRule & { readonly enabled: string } => ({
      ...block("maybe", "ip.src in {192.0.2.0/24}"),
      ...{ action, action_parameters: { ruleset: "current" }, enabled: "${var.on}" },
    });
    const kinds = diff(custom(maybe("skip"), PORTS), custom(PORTS)).changes.map(({ kind }) => kind);
    expect(new Set(kinds)).toEqual(new Set(["undecided"]));
    expect(diff(custom(maybe("log"), PORTS), custom(PORTS))).toEqual(NO_CHANGE);
  });

  test("are lists that are missing, and other lists of one name", () => {
    const zone = custom(guard("/webhooks/meta", "$meta"));
    expect(diff(zone, zone)).toEqual(NO_CHANGE);
    const known = { ...zone, lists: new Map([["meta", META.addresses]]) };
    expect(diff(zone, known).changes.every(({ requests }) => requests.given.length > 0)).toBe(true);
  });

  test("are rules of unknown phases, unless they are the same", () => {
    const odd = zoneOf({ ...EDGE, http_request_odd: [block("odd", "ssl")] });
    expect(diff(odd, odd)).toEqual(NO_CHANGE);
    expect(new Set(diff(BEFORE, odd).changes.map(({ kind }) => kind))).toEqual(new Set(["undecided"]));
  });

  test("are rewritten URLs, unless nothing else differs", () => {
    const rewrite = (path: string): JsonRule => ({
      ...block("rewrite", "ssl"),
      action: "rewrite",
      action_parameters: { uri: { path: { value: path } } },
    });
    const rewritten = (path: string, ...rules: readonly JsonRule[]) =>
      zoneOf({ ...EDGE, http_request_transform: [rewrite(path)], [EdgePhase.CUSTOM]: rules });
    expect(diff(rewritten("/", PORTS, GUARD), rewritten("/", GUARD, PORTS))).toEqual(NO_CHANGE);
    expect(diff(rewritten("/", PORTS, GUARD), rewritten("/a", PORTS, GUARD)).undecided).toEqual([
      "rules rewrite URLs in different ways",
    ]);
    expect(diff(rewritten("/", PORTS, GUARD), rewritten("/", PORTS)).changes.map(({ kind }) => kind)).toEqual([
      "undecided",
    ]);
  });

  test("is what becomes of paths that one side alone normalises", () => {
    expect(diff(BEFORE, zoneOf(EDGE, "incoming"))).toEqual({
      changes: [],
      undecided: ["only one side normalises URLs: paths that this changes are not compared"],
    });
  });

  test("is what would cost too much, by the field's name", () => {
    const many = (count: number) =>
      Array.from({ length: count }, (_, index) => `http.request.uri.query contains "w${index}w"`).join(" xor ");
    expect(diff(custom(block("many", many(24))), custom(block("many", many(23))))).toEqual({
      changes: [],
      undecided: ["the rules tell apart too many values of http.request.uri.query"],
    });
  });
});

test("a rate limit of another threshold is a change", () => {
  const limited = (requests: number): EdgeZone => {
    const limit = {
      ...block("limit", 'http.request.uri.path eq "/login"'),
      ratelimit: { requests_per_period: requests },
    };
    return zoneOf({ ...EDGE, http_ratelimit: [limit] });
  };
  expect(diff(limited(5), limited(5))).toEqual(NO_CHANGE);
  expect(changes(limited(500), limited(5)).map(({ kind }) => kind)).toEqual(["changed"]);
});

test("an end that only the apply knows is told the same, however often it was compared", () => {
  const custom = (): EdgeZone =>
    zoneOf({
      ...EDGE,
      [EdgePhase.CUSTOM]: [
        { ref: "given", expression: "ssl", action: "block", action_parameters: "${var.parameters}" as never },
        GUARD,
        PORTS,
      ],
    });
  const ends = (one: EdgeZone, other: EdgeZone) =>
    diff(one, other).changes.map(({ kind, before, after }) => [kind, before.end, after.end]);
  const first = ends(BEFORE, custom());
  expect(first.map(([kind]) => kind)).toContain("undecided");
  expect(ends(BEFORE, custom())).toEqual(first);
  expect(ends(custom(), custom()).map(([kind]) => kind)).toContain("undecided");
});
