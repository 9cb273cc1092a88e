import { gatewayOf } from "../../../verification/gateway/account";
import type { Connection } from "../../../verification/gateway/connection";
import { gatewayEnd } from "../../../verification/gateway/evaluate";
import { Model } from "../../../verification/terraform/model";
import { ACCOUNT_ID } from "../../support/environments";

const connection: Connection = { source: "9.9.9.1", serverName: "api.example.com", port: 443, protocol: "tcp" };
const rule = (traffic: unknown, action = "block", more: object = {}) => ({
  ...{ account_id: ACCOUNT_ID, name: traffic, action, enabled: true, filters: ["l4"], traffic },
  ...more,
});
/** Policies in the order of their precedence, unless they say otherwise. */
function gateway(...policies: readonly object[]) {
  const numbered = policies.map((policy, index) => [`p${index}`, { precedence: index + 1, ...policy }]);
  const json = { resource: { cloudflare_zero_trust_gateway_policy: Object.fromEntries(numbered) as object } };
  return gatewayOf(Model.of([{ name: "shop", json }]), ACCOUNT_ID);
}
const end = (policies: readonly object[], overrides: Partial<Connection> = {}) =>
  gatewayEnd(gateway(...policies).network, { ...connection, ...overrides });
const answer = (...given: Parameters<typeof end>) => end(...given).answer;

describe("Gateway", () => {
  test("allows what no policy matches", () => {
    expect(answer([])).toBe("allow");
    expect(answer([rule("net.src.ip in {9.9.9.2}")])).toBe("allow");
  });

  test("does what the first matching policy says", () => {
    const policies = [
      rule('net.sni.host in {"other.example.com"}'),
      rule("net.dst.port in {443}", "allow"),
      rule('net.protocol in {"tcp"}'),
    ];
    expect(end(policies)).toMatchObject({ answer: "allow", policy: { precedence: 2 } });
    expect(end(policies, { port: 80 })).toMatchObject({ answer: "block", policy: { precedence: 3 } });
  });

  test.each([
    ["net.src.ip in {9.9.9.0/24 2001:db8::/32}", { source: "2001:db8::1" }, { source: "9.9.8.1" }],
    ["net.src.ip == 9.9.9.1", {}, { source: "9.9.9.2" }],
    ["net.src.ip != 9.9.9.1", { source: "9.9.9.2" }, {}],
    ['net.sni.host in {"a.example.com" "api.example.com"}', {}, { serverName: "x.api.example.com" }],
    ['net.sni.host in {"api.example.com"}', {}, { serverName: "" }],
    ['net.sni.host == "api.example.com"', {}, { serverName: "API.example.com" }],
    ['net.sni.host != "api.example.com"', { serverName: "example.com" }, {}],
    ['net.sni.host matches "^api[.]"', {}, { serverName: "x.api.example.com" }],
    ['any(net.sni.domains[*] in {"example.com" "a.dev"})', { serverName: "example.com" }, { serverName: "xa.dev" }],
    ['any(net.sni.domains[*] == "example.com")', {}, { serverName: "" }],
    ["net.dst.port in {80 443}", {}, { port: 44 }],
    ["net.dst.port == 443", {}, { port: 444 }],
    ["net.dst.port != 443", { port: 1 }, {}],
    ["net.dst.port < 444", {}, { port: 444 }],
    ["net.dst.port <= 443", {}, { port: 444 }],
    ["net.dst.port > 442", { port: 65_535 }, { port: 442 }],
    ["net.dst.port >= 443", {}, { port: 442 }],
    ['net.protocol in {"tcp"}', {}, { protocol: "udp" }],
    ['net.protocol != "udp"', {}, { protocol: "udp" }],
    ["net.src.ip in {9.9.9.1} and net.dst.port in {443}", {}, { port: 80 }],
    ["net.src.ip in {9.9.9.1} && net.dst.port in {443}", {}, { port: 80 }],
    ["net.dst.port in {443} or net.dst.port in {80}", { port: 80 }, { port: 81 }],
    ["net.dst.port == 443 || net.dst.port == 80", { port: 80 }, { port: 81 }],
    ["not net.dst.port in {80}", {}, { port: 80 }],
    ['not(net.dst.port in {80} or net.protocol == "udp")', {}, { protocol: "udp" }],
    [
      'net.dst.port == 80 or net.dst.port == 443 and net.protocol == "tcp"',
      { port: 80, protocol: "udp" },
      { port: 81 },
    ],
    ["((net.dst.port in {443}))", {}, { port: 80 }],
  ] as const)("compares %s", (traffic, like, unlike) => {
    expect(answer([rule(traffic)], like)).toBe("block");
    expect(answer([rule(traffic)], unlike)).toBe("allow");
  });

  test.each([
    "any(net.sni.domains[*] in $1f2e3d4c-5b6a-7988-a7b6-c5d4e3f20110)",
    'net.sni.domains == "example.com"',
    'any(net.sni.domains[*] != "example.com")',
    "net.dst.port in $1f2e3d4c-5b6a-7988-a7b6-c5d4e3f20110",
    "net.dst.port in {1..500}",
    "net.dst.port in {}",
    "net.dst.port == 99999",
    "net.dst.port in {443} xor net.protocol.detection",
    "! net.dst.port in {80}",
    "net.dst.port in {443",
    "(net.dst.port in {443}",
    "net.dst.port in {443} and",
    "and",
    'net.sni.host matches "\\\\.example\\\\.com"',
    'net.sni.host matches "("',
    'net.sni.host in {"*.example.com"}',
    'net.sni.host in {"API.example.com"}',
    'lower(net.sni.host) == "api.example.com"',
    "net.src.ip == 9.9.9.0/24",
    "net.src.ip in {9.9.9.0-9.9.9.9}",
    "net.src.ip in {9.9.9.1/24}",
    'net.protocol in {"TCP"}',
    'net.dst.geo in {"XX"}',
    'net.protocol.detection == "tls"',
    "'net.dst.port'",
    " ",
    "",
    "${cloudflare_zero_trust_list.hosts.id}",
  ])("is undecided on a condition that isn't understood: %s", (traffic) => {
    expect(answer([rule(traffic)])).toBe("undecided");
  });

  test.each(["(", "not ", "x("])("is undecided on a condition that is nested too deeply: %s", (opening) => {
    expect(answer([rule(`${opening.repeat(20_000)}net.dst.port == 443${")".repeat(20_000)}`)])).toBe("undecided");
    expect(answer([rule(opening.repeat(20_000))])).toBe("undecided");
  });

  test("needs to understand only what decides", () => {
    const traffic = 'net.dst.geo in {"XX"} and net.dst.port in {80}';
    expect(answer([rule(traffic)])).toBe("allow");
    expect(end([rule(traffic)], { port: 80 })).toMatchObject({
      answer: "undecided",
      reasons: ['net.dst.geo in {"XX"}'],
    });
    expect(answer([rule("net.dst.port in {443}"), rule(traffic)], { port: 443 })).toBe("block");
  });

  test.each(['net.sni.host != "api.example.com"', 'net.sni.host matches "a*"'])(
    "is undecided where there is no server name to compare: %s",
    (traffic) => {
      expect(answer([rule(traffic)], { serverName: "" })).toBe("undecided");
    },
  );

  test("takes answers for known", () => {
    const { network } = gateway(rule("net.dst.geo"));
    expect(gatewayEnd(network, connection, new Map([["net.dst.geo", true]])).answer).toBe("block");
    expect(gatewayEnd(network, connection, new Map([["net.dst.geo", false]])).answer).toBe("allow");
  });

  test("is undecided on an action that isn't understood", () => {
    expect(answer([rule("net.dst.port in {443}", "l4_override")])).toBe("undecided");
  });

  test.each([[{ precedence: undefined }], [{ precedence: 2 }]])(
    "is undecided where the order is unknown: %j",
    (other) => {
      const policies = [rule("net.dst.port in {443}", "allow", other), rule('net.protocol in {"tcp"}')];
      expect(answer(policies)).toBe("undecided");
      expect(answer(policies, { port: 80 })).toBe("block");
      expect(answer(policies, { protocol: "udp" })).toBe("allow");
    },
  );
});

describe("the model of Gateway", () => {
  const policy = rule("net.dst.port in {443}");

  test("has the account's policies by precedence, whatever their order in the JSON", () => {
    const { network } = gateway({ ...policy, precedence: 3 }, policy, { ...policy, account_id: "b".repeat(32) });
    expect(network.map(({ precedence }) => precedence)).toEqual([2, 3]);
  });

  test.each([
    ["isn't enabled", { enabled: false }],
    ["leaves enabled to the provider, whose default is false", { enabled: undefined }],
    ["is of another layer", { filters: ["http"] }],
  ])("leaves out a policy that %s", (_what, overrides) => {
    expect(gateway({ ...policy, ...overrides }).network).toEqual([]);
  });

  test("keeps the policies of other layers apart", () => {
    expect(gateway(policy, { ...policy, filters: ["http"] }).others).toMatchObject([{ layer: "http", precedence: 2 }]);
  });

  test.each([
    ["an account", { account_id: "${var.account}" }],
    ["an identity", { identity: 'identity.email == "a@example.com"' }],
    ["a device posture", { device_posture: 'any(device_posture.checks.passed[*] in {"1"})' }],
    ["a schedule", { schedule: { mon: "08:00-17:00" } }],
    ["an expiration", { expiration: { expires_at: "2030-01-01T00:00:00Z" } }],
    ["an unknown layer", { filters: undefined }],
    ["two layers", { filters: ["l4", "http"] }],
    ["a switch", { enabled: "${var.enabled}" }],
  ])("doesn't know whether a policy with %s applies", (_what, overrides) => {
    expect(answer([{ ...policy, ...overrides }])).toBe("undecided");
    expect(answer([{ ...policy, ...overrides }], { port: 80 })).toBe("allow");
  });

  test.each([
    [{ rule_settings: { allow_child_bypass: true } }, "undecided"],
    [{ rule_settings: { check_session: { enforce: true, duration: "1h" } } }, "undecided"],
    [{ rule_settings: "${local.unknown}" }, "undecided"],
    [{ rule_settings: { block_page_enabled: true, block_reason: "policy", bypass_parent_rule: false } }, "block"],
    [{ rule_settings: {}, identity: "", device_posture: null, schedule: {} }, "block"],
  ])("knows which settings change what a policy does: %j", (overrides, expected) => {
    expect(answer([{ ...policy, ...overrides }])).toBe(expected);
  });

  test("knows whom an endpoint admits as far as the JSON says", () => {
    const type = "cloudflare_zero_trust_gateway_proxy_endpoint";
    const sources = [["9.9.9.1/32"], ["${var.block}"], ["nobody"], undefined].map((ips) => {
      const json = { resource: { [type]: { e: { account_id: ACCOUNT_ID, kind: "ip", ips } } } };
      return gatewayOf(Model.of([{ name: "shop", json }]), ACCOUNT_ID).endpoints[0]?.sources?.cidrs();
    });
    expect(sources).toEqual([["9.9.9.1/32"], undefined, undefined, []]);
  });
});
