import { EdgePhase } from "../../../policy/edge-phase";
import type { Proof } from "../../../verification/edge/proof";
import { trace } from "../../../verification/edge/evaluate/trace";
import type { EdgeZone } from "../../../verification/edge/zone";
import { ports1 } from "../../../verification/statements/ports-1";
import { ports2 } from "../../../verification/statements/ports-2";
import {
  block,
  GUARD,
  hook1,
  HOST,
  type JsonRule,
  META_BLOCKS,
  policy,
  PORTS,
  REDIRECT,
  SHIPPED,
  withCustom,
  withRedirects,
  zoneOf,
} from "./edge";

const guardWith = (change: (expression: string) => string) => ({ ...GUARD, expression: change(GUARD.expression) });
const guarded = (change: (expression: string) => string) => withCustom(PORTS, guardWith(change));
const counterexampleOf = (proof: Proof) => (proof.kind === "violated" ? proof.counterexample : undefined);
const kinds = (zone: EdgeZone) => [hook1, ports1, ports2].map((statement) => statement(zone, policy).kind);
/** It is unknown whether a client passes a challenge. */
const UNKNOWN = { kind: "undecided", reasons: ["rule guard: the action managed_challenge"] };
const PROVEN = ["proven", "proven", "proven"];
const skip: JsonRule = { ref: "skip", expression: "true", action: "skip", action_parameters: { ruleset: "current" } };

describe("the shipped rules", () => {
  test("are proven", () => {
    expect(kinds(zoneOf(SHIPPED))).toEqual(PROVEN);
  });

  test("prove nothing about a policy without webhooks", () => {
    const none = { ...policy, tenants: policy.tenants.map((tenant) => ({ ...tenant, webhooks: [] })) };
    expect(hook1(zoneOf(SHIPPED), none)).toEqual({ kind: "not applicable" });
  });
});

describe("HOOK-1 is violated", () => {
  test.each<[string, EdgeZone, object]>([
    ["without the guard", withCustom(PORTS), { target: "/webhooks/meta", host: HOST, from: "192.0.2.1" }],
    [
      "when the path is compared as a whole",
      guarded((text) => text.replace("contains", "eq")),
      { target: expect.stringMatching(/^\/webhooks\/meta(\/|#.*)$/) },
    ],
    [
      "when the path isn't decoded",
      guarded((text) => text.replace('url_decode(http.request.uri.path, "r")', "http.request.uri.path")),
      { target: "/webhooks%2Fmeta" },
    ],
    [
      "when the beginning of the path is compared undecoded",
      guarded((text) => text.replace(/^.*? and/, 'starts_with(http.request.uri.path, "/webhooks/meta") and')),
      { target: "/webhooks%2Fmeta" },
    ],
    [
      "when a block is one bit wider",
      guarded((text) => text.replace("31.13.24.0/21", "31.13.16.0/20")),
      { from: "31.13.16.0" },
    ],
    [
      "when an IPv6 block is one bit wider",
      guarded((text) => text.replace("2a03:2880::/32", "2a03:2880::/31")),
      { from: expect.stringMatching(/^2a03:2881:/) },
    ],
    ["when an address is added", guarded((text) => text.replace("{", "{8.8.8.8 ")), { from: "8.8.8.8" }],
    [
      "when one host is guarded",
      guarded((text) => `http.host eq "${HOST}" and ${text}`),
      { host: expect.not.stringMatching(/^app\.shop\.dev$/) },
    ],
    ["when one method is guarded", guarded((text) => `http.request.method eq "POST" and ${text}`), { method: "GET" }],
    ["when only cleartext is guarded", guarded((text) => `not ssl and ${text}`), { port: 443 }],
    [
      "when only requests with a header are guarded",
      guarded((text) => `any(http.request.headers["x-a"][*] eq "1") and ${text}`),
      { target: "/webhooks/meta", host: HOST },
    ],
    [
      "when the guard hangs on what only Cloudflare knows",
      guarded((text) => `ip.src.country ne "XX" and ${text}`),
      { assumed: { "ip.src.country": "XX" } },
    ],
    [
      "when a header leads past the guard",
      guarded((text) => `not any(http.request.headers["x-a"][*] eq "1") and ${text}`),
      { headers: { "x-a": ["1"] } },
    ],
    ["when the guard is negated", guarded((text) => text.replace("not ip.src", "ip.src")), { from: "192.0.2.1" }],
    [
      "when a query isn't guarded",
      guarded((text) => `not http.request.uri.query contains "x" and ${text}`),
      { target: "/webhooks/meta?x" },
    ],
    ["when a rule skips the guard", withCustom(skip, PORTS, GUARD), { target: "/webhooks/meta" }],
    [
      "when a rule skips the guard for some",
      withCustom({ ...skip, expression: "ip.src in {192.0.2.64/26}" }, PORTS, GUARD),
      { from: "192.0.2.64" },
    ],
    ["when the guard only logs", withCustom(PORTS, { ...GUARD, action: "log" }), { target: "/webhooks/meta" }],
    [
      "when the guard only challenges",
      withCustom(PORTS, { ...GUARD, action: "managed_challenge" }),
      { target: "/webhooks/meta" },
    ],
    [
      "when Meta itself is blocked",
      withCustom(PORTS, GUARD, block("all", `http.host eq "${HOST}"`)),
      { from: expect.stringMatching(/^(31|57|66|69|74|102|103|129|157|163|173|179|185|204)\./) },
    ],
  ])("%s", (_what, zone, counterexample) => {
    const proof = hook1(zone, policy);
    expect(counterexampleOf(proof)).toMatchObject(counterexample);
    if (proof.kind === "violated")
      expect([proof.destination, UNKNOWN]).toContainEqual(trace(zone, proof.counterexample).destination);
  });

  test("with a counterexample of the other family beside it", () => {
    expect(hook1(withCustom(PORTS), policy)).toMatchObject({
      counterexample: { from: "192.0.2.1" },
      also: [{ from: "2001:db8::1" }],
      rule: undefined,
    });
  });

  test("naming the rule that blocks Meta", () => {
    const zone = withCustom(PORTS, GUARD, block("bots", `http.request.method eq "POST"`));
    expect(hook1(zone, policy)).toMatchObject({ rule: { ref: "bots", pointer: expect.stringMatching(/\/rules\/2$/) } });
  });
});

describe("HOOK-1 is undecided", () => {
  test.each<[string, EdgeZone, RegExp]>([
    ["without normalisation", zoneOf(SHIPPED, "incoming"), /normalisation/],
    [
      "when the guard hangs on what no table says of requests",
      guarded((text) => `not cf.tls_client_auth.cert_verified and ${text}`),
      /cf\.tls_client_auth\.cert_verified/,
    ],
    [
      "with a block of others that nobody can parse",
      withCustom(block("broken", "no.such.field"), PORTS, GUARD),
      /rule broken: .*no\.such\.field/,
    ],
    [
      "when a rule skips nobody knows what",
      withCustom({ ...skip, action_parameters: {} }, PORTS, GUARD),
      /more than is understood/,
    ],
    ["when a rule runs others", withCustom({ ...skip, action: "execute" }, PORTS, GUARD), /the action execute/],
    ["when the guard can't be parsed", guarded((text) => text.replace(/\{.*\}/, "$${list.meta.name}")), /rule guard/],
    ["when the guard's list isn't known", guarded((text) => text.replace(/\{.*\}/, "$meta")), /\$meta/],
    [
      "when the guard hangs on what nested escapes decode to",
      guarded((text) => `not url_decode(http.request.uri.path, "r") contains "+" and ${text}`),
      /^rule guard: requests of one class differ in url_decode\(http\.request\.uri\.path, "r"\) contains "\+"$/,
    ],
    [
      "when rules of an unknown phase run",
      zoneOf({ ...SHIPPED, http_request_new: [block("new", "true")] }),
      /rules of http_request_new/,
    ],
  ])("%s", (_what, zone, reason) => {
    const proof = hook1(zone, policy);
    const reasons = proof.kind === "undecided" ? proof.reasons : [];
    expect(proof.kind === "violated" ? ["violated"] : reasons).toEqual(
      expect.arrayContaining([expect.stringMatching(reason)]),
    );
  });
});

describe("HOOK-1 stays proven", () => {
  test.each<[string, EdgeZone]>([
    ["with parentheses and other spellings", guarded((text) => `((${text.replace(" and not ", " && !")}))`)],
    ["with a block split in halves", guarded((text) => text.replace("31.13.24.0/21", "31.13.24.0/22 31.13.28.0/22"))],
    [
      "with the addresses in another order",
      guarded((text) => text.replace(/\{.*\}/, `{${META_BLOCKS.split(" ").reverse().join(" ")}}`)),
    ],
    [
      "with the addresses first",
      withCustom(PORTS, { ...GUARD, expression: GUARD.expression.split(" and ").reverse().join(" and ") }),
    ],
    ["with the guard first", withCustom(GUARD, PORTS)],
    [
      "with another team's block",
      withCustom(block("bots", 'http.user_agent contains "bot" and ip.src.country eq "XX"'), PORTS, GUARD),
    ],
    [
      "with a rule that skips managed rules only",
      withCustom({ ...skip, action_parameters: { phases: ["http_request_firewall_managed"] } }, PORTS, GUARD),
    ],
    [
      "with managed rules and rate limits behind",
      zoneOf({
        ...SHIPPED,
        http_ratelimit: [block("limit", "true")],
        http_request_firewall_managed: [{ ...block("m", "true"), action: "execute" }],
      }),
    ],
    [
      "with URLs rewritten elsewhere",
      zoneOf({
        ...SHIPPED,
        http_request_transform: [
          { ref: "t", expression: "true", action: "rewrite", action_parameters: { uri: { path: { value: "/x" } } } },
        ],
      }),
    ],
    ["when decoding stops after once, as the origin's does", guarded((text) => text.replace(', "r"', ""))],
    ["when case counts, as it does for the origin", guarded((text) => text.replace(/lower\((.*?\))\)/, "$1"))],
  ])("%s", (_what, zone) => {
    expect(hook1(zone, policy)).toMatchObject({ kind: "proven" });
  });

  test("and names what may still stop Meta", () => {
    const zone = withCustom(PORTS, GUARD, { ref: "captcha", expression: "true", action: "managed_challenge" });
    expect(hook1(zone, policy)).toMatchObject({ kind: "proven", possible: [{ ref: "captcha" }] });
  });

  test("when a block of Meta is only possible", () => {
    const zone = withCustom(PORTS, GUARD, block("geo", 'ip.src.country eq "XX"'));
    expect(hook1(zone, policy).kind).toBe("proven");
  });
});

describe("URL rewrites", () => {
  const rewritten = (custom: JsonRule) =>
    zoneOf({
      [EdgePhase.REDIRECT]: [
        { ...REDIRECT, expression: `${REDIRECT.expression} and starts_with(http.request.uri.path, "/a")` },
      ],
      http_request_transform: [
        {
          ref: "rewrite",
          expression: 'http.request.uri.path eq "/b"',
          action: "rewrite",
          action_parameters: { uri: { path: { value: "/a" } } },
        },
      ],
      [EdgePhase.CUSTOM]: [custom, GUARD],
    });
  const except = block(
    "ports",
    'not cf.edge.server_port in {80 443} or http.host contains ":" or not starts_with(http.request.uri.path, "/a")',
  );

  test("to a constant lead past rules that see one URL before and one behind them", () => {
    const zone = rewritten(except);
    const proof = ports2(zone, policy);
    expect(proof).toMatchObject({ kind: "violated", counterexample: { target: "/b", port: 80 } });
    if (proof.kind === "violated") expect(trace(zone, proof.counterexample).destination.kind).toBe("origin");
  });

  test("to a constant carry requests of others to the webhook, past a guard that doesn't know it", () => {
    const to = (path: string) => ({
      ref: "rewrite",
      expression: 'http.request.uri.path eq "/b"',
      action: "rewrite",
      action_parameters: { uri: { path: { value: path } } },
    });
    const zone = zoneOf({
      ...SHIPPED,
      http_request_transform: [to("/webhooks/meta")],
      [EdgePhase.CUSTOM]: [
        PORTS,
        { ...GUARD, expression: `http.request.uri.path ne "/webhooks/meta" and ${GUARD.expression}` },
      ],
    });
    expect(hook1(zone, policy)).toMatchObject({ kind: "violated" });
    expect(hook1(zoneOf({ ...SHIPPED, http_request_transform: [to("/webhooks/meta")] }), policy).kind).toBe("proven");
    expect(hook1(zoneOf({ ...SHIPPED, http_request_transform: [to("/elsewhere")] }), policy).kind).toBe("proven");
  });

  test("in other ways leave in doubt what is asked of the URL before them", () => {
    const { phases, ...zone } = rewritten(except);
    const [rule] = phases.get("http_request_transform") ?? [];
    if (rule === undefined) throw new Error("there is no rewrite");
    const computed = { ...rule, parameters: { uri: { path: { expression: 'concat("/a", http.request.uri.path)' } } } };
    for (const rules of [[computed], [rule, { ...rule, ref: "second" }]]) {
      const several = { ...zone, phases: new Map([...phases, ["http_request_transform", rules]]) };
      expect(ports2(several, policy)).toMatchObject({
        kind: "undecided",
        reasons: [expect.stringMatching(/rewrite URLs/)],
      });
    }
  });

  test.each(["outside of the case", "rewrite"])("accept no rule for its name: %s", (ref) => {
    const elsewhere = { ...REDIRECT, ref, expression: "not ssl" };
    const target = { from_value: { status_code: 302, target_url: { value: "http://evil.example/" } } };
    const rewrite = { ref: "rewrite", expression: 'http.host eq "old.shop.dev"', action: "rewrite" };
    const zone = zoneOf({
      ...SHIPPED,
      [EdgePhase.REDIRECT]: [{ ...elsewhere, action_parameters: target }, REDIRECT],
      http_request_transform: [{ ...rewrite, action_parameters: { uri: { path: { value: "/x" } } } }],
    });
    expect(kinds(zone)).toEqual(["proven", "violated", "violated"]);
  });

  test("leave a later rule that can't be read as unread as without them", () => {
    const rewrite = { ref: "rewrite", expression: 'http.host eq "old.shop.dev"', action: "rewrite" };
    const zone = zoneOf({
      ...SHIPPED,
      http_request_transform: [{ ...rewrite, action_parameters: { uri: { path: { value: "/x" } } } }],
      [EdgePhase.CUSTOM]: [PORTS, GUARD, block("new", "cf.new_field eq 1")],
    });
    expect(kinds(zone)).toEqual(["undecided", "proven", "proven"]);
  });

  test("that only the apply knows may lead to a path that no client can send", () => {
    const unseen = { ...GUARD, expression: `${GUARD.expression} and not http.request.uri.path contains "//"` };
    const edge = { ...SHIPPED, [EdgePhase.CUSTOM]: [PORTS, unseen] };
    const rewrite = { ref: "rewrite", expression: "true", action: "rewrite" };
    const unknown = { ...rewrite, action_parameters: "${var.parameters}" as unknown as object };
    expect(hook1(zoneOf(edge), policy).kind).toBe("proven");
    expect(hook1(zoneOf({ ...edge, http_request_transform: [unknown] }), policy).kind).toBe("undecided");
  });

  test("don't matter to rules behind them that close the rest", () => {
    expect(ports2(rewritten(PORTS), policy).kind).toBe("proven");
    expect(hook1(rewritten(PORTS), policy).kind).toBe("proven");
  });
});

describe("rules for the hosts of the zone alone", () => {
  const zoneOnly = (expression: string) => `lower(http.host) contains "shop.dev" and (${expression})`;
  const closing = withCustom({ ...PORTS, expression: zoneOnly(PORTS.expression) }, GUARD);
  const guarding = withCustom(PORTS, guardWith(zoneOnly));
  const redirecting = withRedirects({ ...REDIRECT, expression: zoneOnly(REDIRECT.expression) });
  const REASON = expect.stringMatching(/^only requests for hosts outside of the zone shop\.dev get through/) as string;

  test("leave undecided what becomes of others, which a zone with custom hostnames serves", () => {
    for (const proof of [ports1(closing, policy), hook1(guarding, policy)]) {
      expect(proof).toMatchObject({ kind: "undecided", reasons: [REASON] });
    }
    expect(ports2(redirecting, policy).kind).toBe("proven");
  });

  test("are violated by a host of the zone where one gets through", () => {
    const shut = (host: string) => withCustom({ ...PORTS, expression: `${host} and (${PORTS.expression})` }, GUARD);
    for (const host of ['http.host contains "shop.dev"', 'ends_with(lower(http.host), "shop.dev")']) {
      expect(counterexampleOf(ports1(shut(host), policy))).toMatchObject({
        host: expect.stringMatching(/(^|\.)shop\.dev\.?(:[0-9]*)?$/i) as string,
      });
    }
  });
});

describe("PORTS-1", () => {
  const custom = (expression: string) => withCustom({ ...PORTS, expression }, GUARD);

  test.each<[string, EdgeZone, object]>([
    ["without its rule", withCustom(GUARD), { port: 2053 }],
    ["when a port is let through", custom("not cf.edge.server_port in {80 443 8443}"), { port: 8443 }],
    ["when only TLS counts", custom("not ssl"), { port: 2053 }],
    [
      "when only one host is closed",
      custom(`(not ssl or cf.edge.server_port ne 443) and http.host eq "${HOST}"`),
      { port: 2053 },
    ],
    [
      "when the redirect answers on other ports",
      withRedirects({ ...REDIRECT, expression: "not ssl" }),
      { port: 2052, scheme: "http" },
    ],
    ["when it only logs", withCustom({ ...PORTS, action: "log" }, GUARD), {}],
  ])("is violated %s", (_what, zone, counterexample) => {
    expect(counterexampleOf(ports1(zone, policy))).toMatchObject(counterexample);
  });

  test("stays proven however its rule is written", () => {
    for (const expression of [
      "not (ssl and cf.edge.server_port in {443})",
      "not cf.edge.server_port in {80 443}",
      "cf.edge.server_port lt 443 and cf.edge.server_port ne 80 or cf.edge.server_port gt 443",
      "true",
    ]) {
      expect([expression, ports1(custom(expression), policy).kind]).toEqual([expression, "proven"]);
    }
  });
});

describe("PORTS-2", () => {
  const to = (target: object) =>
    withRedirects({
      ...REDIRECT,
      action_parameters: { from_value: { status_code: 301, preserve_query_string: true, target_url: target } },
    });
  const when = (expression: string) => withRedirects({ ...REDIRECT, expression });

  test.each<[string, EdgeZone, object]>([
    [
      "when a host with a port is led back to it",
      when("not ssl and cf.edge.server_port eq 80"),
      { host: `${HOST}:80` },
    ],
    [
      "when nothing answers on 80",
      zoneOf({ [EdgePhase.CUSTOM]: [{ ...PORTS, expression: "not cf.edge.server_port in {80 443}" }] }),
      { port: 80 },
    ],
    [
      "when some paths pass",
      zoneOf({
        ...SHIPPED,
        [EdgePhase.REDIRECT]: [
          { ...REDIRECT, expression: 'not http.host contains ":" and not http.request.uri.path eq "/health"' },
        ],
        [EdgePhase.CUSTOM]: [block("ports", 'not cf.edge.server_port in {80 443} or http.host contains ":"')],
      }),
      { target: "/health" },
    ],
    ["when it leads to http", to({ expression: 'concat("http://", http.host, http.request.uri.path)' }), { port: 80 }],
    [
      "when it leads to another port",
      to({ expression: 'concat("https://", http.host, ":8443", http.request.uri.path)' }),
      { port: 80 },
    ],
  ])("is violated %s", (_what, zone, counterexample) => {
    expect(counterexampleOf(ports2(zone, policy))).toMatchObject(counterexample);
  });

  test.each<[string, EdgeZone, RegExp]>([
    ["when it leads to one place", to({ value: "https://example.com/" }), /only concat/],
    [
      "when it leads to another host",
      to({ expression: 'concat("https://", "example.com", http.request.uri.path)' }),
      /only concat/,
    ],
    [
      "when it drops the query",
      withRedirects({
        ...REDIRECT,
        action_parameters: {
          from_value: {
            status_code: 301,
            target_url: { expression: 'concat("https://", http.host, http.request.uri.path)' },
          },
        },
      }),
      /only concat/,
    ],
    ["when its target can't be parsed", to({ expression: "concat(" }), /the target concat/],
    [
      "when a rule before it skips by what only the platform knows, and nothing else blocks",
      zoneOf({
        [EdgePhase.REDIRECT]: [{ ...skip, expression: "ip.src in $office" }, REDIRECT],
        [EdgePhase.CUSTOM]: [block("ported", 'http.host contains ":"')],
      }),
      /\$office/,
    ],
  ])("is undecided %s", (_what, zone, reason) => {
    const proof = ports2(zone, policy);
    expect(proof.kind === "undecided" ? proof.reasons : [proof.kind]).toEqual([expect.stringMatching(reason)]);
  });

  test("stays proven when port 80 is closed instead, or the whole URI is handed on", () => {
    expect(ports2(withRedirects(), policy).kind).toBe("proven");
    const whole = {
      from_value: { status_code: 308, target_url: { expression: 'concat("https://", http.host, http.request.uri)' } },
    };
    expect(ports2(withRedirects({ ...REDIRECT, action_parameters: whole }), policy).kind).toBe("proven");
  });

  test("stays proven when a rule skips the redirect, since port 80 is blocked then", () => {
    expect(ports2(zoneOf({ ...SHIPPED, [EdgePhase.REDIRECT]: [skip, REDIRECT] }), policy).kind).toBe("proven");
  });

  test("stays proven when a rule before it doesn't reach port 80", () => {
    const moved: JsonRule = {
      ...REDIRECT,
      ref: "moved",
      expression: 'ssl and cf.edge.server_port eq 443 and http.host eq "old.shop.dev"',
      action_parameters: { from_value: { status_code: 301, target_url: { value: "https://shop.dev/" } } },
    };
    expect(kinds(withRedirects(moved, REDIRECT))).toEqual(PROVEN);
  });
});
