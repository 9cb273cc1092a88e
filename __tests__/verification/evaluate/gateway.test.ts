import { type Connection, gatewayAnswer } from "../../../verification/evaluate/gateway";
import { type GatewayRule, gatewayRulesOf } from "../../../verification/model/gateway";

const connection: Connection = { source: "9.9.9.1", serverName: "api.example.com", port: 443, protocol: "tcp" };
const rule = (traffic: string, action = "block"): GatewayRule => ({ name: "r", action, precedence: 1, traffic });

describe("Gateway", () => {
  test("allows what no policy matches", () => {
    expect(gatewayAnswer([], connection)).toBe("allow");
    expect(gatewayAnswer([rule("net.src.ip in {9.9.9.2}")], connection)).toBe("allow");
  });

  test("does what the first matching policy says", () => {
    const rules = [
      rule('net.sni.host in {"other.example.com"}'),
      rule("net.dst.port in {443}", "allow"),
      rule('net.protocol in {"tcp"}'),
    ];
    expect(gatewayAnswer(rules, connection)).toBe("allow");
    expect(gatewayAnswer(rules, { ...connection, port: 80 })).toBe("block");
  });

  test.each([
    ["net.src.ip in {9.9.9.0/24 2001:db8::/32}", { source: "2001:db8::1" }, { source: "9.9.8.1" }],
    ['net.sni.host in {"a.example.com" "api.example.com"}', {}, { serverName: "x.api.example.com" }],
    ["net.dst.port in {80 443}", {}, { port: 44 }],
    ['net.protocol in {"tcp"}', {}, { protocol: "udp" }],
    ["net.src.ip in {9.9.9.1} and net.dst.port in {443}", {}, { port: 80 }],
  ] as const)("compares %s", (traffic, like, unlike) => {
    expect(gatewayAnswer([rule(traffic)], { ...connection, ...like })).toBe("block");
    expect(gatewayAnswer([rule(traffic)], { ...connection, ...unlike })).toBe("allow");
  });

  test.each([
    "any(net.sni.domains[*] in $list)",
    "net.dst.port == 443",
    "net.dst.port in {443} or ssl",
    "not net.dst.port in {443}",
    'net.dst.geo in {"XX"}',
    "",
  ])("is undecided on a condition that isn't understood: %s", (traffic) => {
    expect(gatewayAnswer([rule(traffic)], connection)).toBe("undecided");
  });

  test("is undecided on an action that isn't understood", () => {
    expect(gatewayAnswer([rule("net.dst.port in {443}", "l4_override")], connection)).toBe("undecided");
  });
});

describe("the model of Gateway", () => {
  const policy = {
    account_id: "a",
    name: "n",
    action: "block",
    enabled: true,
    filters: ["l4"],
    precedence: 2,
    traffic: "t",
  };
  const rules = (...policies: readonly object[]) =>
    gatewayRulesOf(
      { resource: { cloudflare_zero_trust_gateway_policy: Object.fromEntries(policies.entries()) as never } },
      "a",
    );

  test("has the account's policies by precedence, whatever their order in the JSON", () => {
    expect(
      rules({ ...policy, precedence: 3 }, policy, { ...policy, account_id: "b" }).map(({ precedence }) => precedence),
    ).toEqual([2, 3]);
  });

  test.each([
    ["isn't enabled", { enabled: false }],
    ["leaves enabled to the provider, whose default is false", { enabled: undefined }],
    ["is of another layer", { filters: ["http"] }],
  ])("leaves out a policy that %s", (_what, overrides) => {
    expect(rules({ ...policy, ...overrides })).toEqual([]);
  });
});
