import { Strength } from "../../../policy/statements";
import { pointerTo, replaceAt } from "../../support/proof-scenes";
import { added, ENDPOINT, given, POLICY, production, shipped, SOURCE, traffic } from "./gateway-changes";

const PRODUCTION = "0123456789abcdef0123456789abcdef";

describe("WORK-2 in the shipped environments", () => {
  const results = shipped();

  test("is proven in production, as strong as Gateway can hold it", () => {
    expect(results["production"]).toMatchObject({
      ...{ passes: true, verdict: "proven", strength: Strength.ASSERTED, notes: [] },
      assumptions: [
        "each worker connects through Gateway's proxy: Render has no egress firewall that would make it",
        "each worker names in TLS the server that it connects to: Gateway compares that name, and the client chooses it",
      ],
    });
  });

  test("names what holds it", () => {
    const names = results["production"]?.controls.map(({ name }) => name.split("_")[0]);
    expect(names).toEqual(expect.arrayContaining(["production workers: AI and payment APIs", "cloudflare", "null"]));
    expect(names).toContain("production workers: nothing else");
  });

  test.each(["dev", "staging"])("is violated in %s, which has no Gateway, and accepted by name", (name) => {
    expect(results[name]).toMatchObject({
      passes: true,
      accepted: [
        {
          what: "the statement is only declared",
          reason: "a Gateway that knows workers by their address needs the Enterprise plan",
        },
      ],
      ...{ verdict: "violated", wrong: "is allowed: nothing holds the workers to the hosts that they reach" },
    });
  });
});

describe("WORK-2 is violated where", () => {
  const allow = `${POLICY}/Workers_Gateway_Policy-allow`;
  const deny = `${POLICY}/Workers_Gateway_Policy-block`;

  test.each([
    ["the deny is disabled", given(POLICY, "block", { enabled: false }), "203.0.113.20 → evil.example.com:443/tcp"],
    [
      "the deny is left to the default",
      given(POLICY, "block", { enabled: undefined }),
      "203.0.113.20 → evil.example.com:443/tcp",
    ],
    [
      "the deny is of another layer",
      given(POLICY, "block", { filters: ["http"] }),
      "203.0.113.20 → evil.example.com:443/tcp",
    ],
    [
      "the deny is another account's",
      given(POLICY, "block", { account_id: "f".repeat(32) }),
      "203.0.113.20 → evil.example.com:443/tcp",
    ],
    [
      "the deny asks for TCP alone",
      traffic("block", (text) => text.replace(' "udp"', "")),
      "203.0.113.20 → evil.example.com:443/udp",
    ],
    [
      "the deny asks for another protocol than UDP",
      traffic("block", (text) => text.replace('in {"tcp" "udp"}', '!= "udp"')),
      "203.0.113.20 → evil.example.com:443/udp",
    ],
    [
      "the deny ends at a port",
      traffic("block", (text) => `${text} and net.dst.port <= 30000`),
      "203.0.113.20 → evil.example.com:30001/tcp",
    ],
    [
      "the deny asks for one port",
      traffic("block", (text) => `${text} and net.dst.port in {443}`),
      "203.0.113.20 → evil.example.com:80/tcp",
    ],
    [
      "the deny asks for a server name",
      traffic("block", (text) => `${text} and net.sni.host matches "."`),
      "203.0.113.20 → (no server name):443/tcp",
    ],
    [
      "the deny forgets an address",
      traffic("block", (text) => text.replace(" 203.0.113.22", "")),
      "203.0.113.22 → evil.example.com:443/tcp",
    ],
    ["the deny is negated", traffic("block", (text) => `not (${text})`), "203.0.113.20 → evil.example.com:443/tcp"],
  ] as const)("%s, since the default allows", (_what, change, example) => {
    expect(production(change)).toMatchObject({
      verdict: "violated",
      counterexample: [example],
      wrong: "is allowed: no policy matches it, and Gateway's default is to allow",
    });
  });

  test("the deny is gone", () => {
    const change = (folder: Parameters<typeof pointerTo>[0]) => {
      replaceAt(folder, "production", pointerTo(folder, "production", POLICY, "block"), () => undefined);
    };
    expect(production(change)).toMatchObject({
      verdict: "violated",
      counterexample: ["203.0.113.20 → evil.example.com:443/tcp"],
    });
  });

  test.each([
    [
      "admits another host",
      (text: string) => text.replace('{"api', '{"evil.dev" "api'),
      "203.0.113.20 → evil.dev:443/tcp",
    ],
    [
      "admits the hosts below one",
      (text: string) => text.replace(/net.sni.host in (\{[^}]*\})/, "any(net.sni.domains[*] in $1)"),
      "203.0.113.20 → evil.api.openai.com:443/tcp",
    ],
    [
      "admits what ends like a host",
      (text: string) => text.replace(/net.sni.host in \{[^}]*\}/, 'net.sni.host matches "api[.]openai[.]com$"'),
      "203.0.113.20 → evil.api.openai.com:443/tcp",
    ],
    [
      "admits another port",
      (text: string) => text.replace("{443}", "{443 8443}"),
      "203.0.113.20 → api.openai.com:8443/tcp",
    ],
    [
      "admits every port",
      (text: string) => text.replace(" and net.dst.port in {443}", ""),
      "203.0.113.20 → api.openai.com:80/tcp",
    ],
    [
      "admits every host",
      (text: string) => text.replace(/ and net.sni.host in \{[^}]*\}/, ""),
      "203.0.113.20 → evil.example.com:443/tcp",
    ],
    ["is negated", (text: string) => text.replace("net.sni", "not net.sni"), "203.0.113.20 → evil.example.com:443/tcp"],
    [
      "is joined by or",
      (text: string) => text.replace(" and net.dst", " or net.dst"),
      "203.0.113.20 → evil.example.com:443/tcp",
    ],
  ])("the allow %s", (_what, change, example) => {
    expect(production(traffic("allow", change))).toMatchObject({
      verdict: "violated",
      counterexample: [example],
      wrong: "is allowed",
      controls: [
        {
          name: "production workers: AI and payment APIs",
          stack: "production",
          pointer: expect.stringContaining(`/resource/${allow}`) as unknown,
          path: "production/Workers/Gateway/Policy-allow",
        },
      ],
    });
  });

  test("a policy of another stack allows everything before", () => {
    expect(production(added("dev", { action: "allow", traffic: 'net.protocol == "tcp"' }))).toMatchObject({
      verdict: "violated",
      counterexample: ["203.0.113.20 → evil.example.com:443/tcp"],
      controls: [{ name: "other", stack: "dev" }],
    });
  });

  test.each([
    ["the deny comes first", given(POLICY, "block", { precedence: 500 }), deny],
    [
      "a policy of another stack blocks before",
      added("dev", { action: "block", traffic: "net.dst.port < 1024" }),
      POLICY,
    ],
  ])("%s, since a worker can't reach what it is declared to reach", (_what, change, by) => {
    expect(production(change)).toMatchObject({
      verdict: "violated",
      counterexample: ["203.0.113.20 → api.openai.com:443/tcp"],
      wrong: "is blocked, though a worker is declared to reach it",
      controls: [{ pointer: expect.stringContaining(by) as unknown }],
    });
  });

  test.each([
    ["is disabled", given(POLICY, "allow", { enabled: false }), "203.0.113.20 → api.openai.com:443/tcp"],
    ["blocks", given(POLICY, "allow", { action: "block" }), "203.0.113.20 → api.openai.com:443/tcp"],
    [
      "forgets a host",
      traffic("allow", (text) => text.replace(' "files.stripe.com"', "")),
      "203.0.113.20 → files.stripe.com:443/tcp",
    ],
    [
      "forgets an address",
      traffic("allow", (text) => text.replace("203.0.113.21 ", "")),
      "203.0.113.21 → api.openai.com:443/tcp",
    ],
    [
      "is of UDP",
      traffic("allow", (text) => `${text} and net.protocol == "udp"`),
      "203.0.113.20 → api.openai.com:443/tcp",
    ],
  ])("the allow %s", (_what, change, example) => {
    expect(production(change)).toMatchObject({ verdict: "violated", counterexample: [example] });
  });

  test.each([
    [
      "the deny is unscoped",
      traffic("block", (text) => text.replace(`${SOURCE} and `, "")),
      "192.0.2.1 → evil.example.com:443/tcp",
      deny,
    ],
    [
      "the deny is widened by one bit",
      traffic("block", (text) => text.replace("203.0.113.22", "203.0.113.22/31")),
      "203.0.113.23 → evil.example.com:443/tcp",
      deny,
    ],
    [
      "the allow is unscoped",
      traffic("allow", (text) => text.replace(`${SOURCE} and `, "")),
      "192.0.2.1 → api.openai.com:443/tcp",
      allow,
    ],
    [
      "the allow is widened by one bit",
      traffic("allow", (text) => text.replace("203.0.113.22", "203.0.113.22/31")),
      "203.0.113.23 → api.openai.com:443/tcp",
      allow,
    ],
  ])("%s, since other devices of the account are concerned", (_what, change, example, by) => {
    expect(production(change)).toMatchObject({
      verdict: "violated",
      counterexample: [example],
      controls: [{ pointer: expect.stringContaining(by) as unknown }],
      change: "scope it to the workers' addresses: net.src.ip in {...}",
    });
  });

  test.each([
    ["admits another address", ["203.0.113.20/31", "203.0.113.22/31"], ["203.0.113.23"]],
    ["admits everybody", ["0.0.0.0/0"], ["0.0.0.0/1", "128.0.0.0/2", "192.0.0.0/5"]],
    ["forgets an address", ["203.0.113.20/31"], ["203.0.113.22"]],
    ["admits nobody", [], ["203.0.113.20/31", "203.0.113.22"]],
    ["admits others", ["198.51.100.0/24"], ["203.0.113.20/31", "203.0.113.22"]],
  ])("the proxy %s", (_what, ips, examples) => {
    expect(production(given(ENDPOINT, "", { ips }))).toMatchObject({ verdict: "violated", counterexample: examples });
  });

  test.each([
    ["is another account's", { account_id: "f".repeat(32) }],
    ["admits people who log in", { kind: "identity" }],
  ])("the proxy %s", (_what, attributes) => {
    expect(production(given(ENDPOINT, "", attributes))).toMatchObject({
      verdict: "violated",
      wrong: "reaches no proxy: no endpoint of the account admits it",
    });
  });

  test("the proxy comes before its policies", () => {
    const change = given(ENDPOINT, "", { depends_on: ["null_resource.Workers_Gateway_Source_D66DC446"] });
    expect(production(change)).toMatchObject({
      verdict: "violated",
      wrong: 'may be allowed while the proxy is there and "production workers: nothing else" isn\'t yet',
      controls: [{ pointer: expect.stringContaining(ENDPOINT) as unknown }],
    });
  });

  test("nobody checks that the addresses are the workers'", () => {
    const change = (folder: Parameters<typeof pointerTo>[0]) => {
      const pointer = pointerTo(folder, "production", "null_resource", "Workers_Gateway_Source");
      replaceAt(folder, "production", pointer, () => undefined);
    };
    expect(production(change).verdict).toBe("violated");
  });
});

describe("WORK-2 is undecided where", () => {
  test.each([
    ["only the apply knows the deny", given(POLICY, "block", { traffic: "${var.traffic}" })],
    [
      "the deny belongs to a list",
      traffic("block", (text) => `${text} and net.sni.host in $1f2e3d4c-5b6a-7988-a7b6-c5d4e3f20110`),
    ],
    ["the deny asks for what isn't understood", traffic("block", (text) => `${text} and not net.dst.geo in {"XX"}`)],
    ["the deny has a schedule", given(POLICY, "block", { schedule: { mon: "08:00-17:00" } })],
    ["the deny has an identity", given(POLICY, "block", { identity: 'identity.email == "a@example.com"' })],
    [
      "the deny has a device posture",
      given(POLICY, "block", { device_posture: "any(device_posture.checks.passed[*])" }),
    ],
    ["the deny expires", given(POLICY, "block", { expiration: { expires_at: "2030-01-01T00:00:00Z" } })],
    [
      "children of the account may pass the deny by",
      given(POLICY, "block", { rule_settings: { allow_child_bypass: true } }),
    ],
    ["the deny's layer is the platform's choice", given(POLICY, "block", { filters: undefined })],
    ["only the apply knows whether the deny is enabled", given(POLICY, "block", { enabled: "${var.enabled}" })],
    ["only the apply knows the account of the deny", given(POLICY, "block", { account_id: "${var.account}" })],
    [
      "the account of the deny hides in a directive",
      given(POLICY, "block", { account_id: `%{ if true }${"f".repeat(32)}%{ endif }` }),
    ],
    [
      "another policy may be of the account",
      added("dev", { account_id: `%{ if true }${"f".repeat(32)}%{ endif }`, action: "l4_override", traffic: SOURCE }),
    ],
    ["both policies have one place", given(POLICY, "block", { precedence: 1000 })],
    ["the place of the deny is the platform's choice", given(POLICY, "block", { precedence: undefined })],
    ["another policy does what isn't understood", added("dev", { action: "l4_override", traffic: SOURCE })],
    ["another policy is unknown", added("dev", { action: "allow", traffic: "${var.traffic}" })],
    ["only the apply knows what else is blocked", added("dev", { action: "block", traffic: "${var.traffic}" })],
    ["how many denies there are is unknown", given(POLICY, "block", { count: 1 })],
    ["only the apply knows whom the proxy admits", given(ENDPOINT, "", { ips: "${var.ips}" })],
    ["the kind of the proxy is the platform's choice", given(ENDPOINT, "", { kind: undefined })],
    ["only the apply knows the account of the proxy", given(ENDPOINT, "", { account_id: "${var.account}" })],
  ])("%s", (_what, change) => {
    expect(production(change)).toMatchObject({ verdict: "undecided", unknown: expect.any(Array) as unknown });
  });

  test.each(["constructor == 1", "toString in {1}", "any(__proto__ == 1)", "net.dst.port constructor 1"])(
    "the deny asks for %s, which every object has",
    (text) => {
      expect(production(traffic("block", () => text)).verdict).toBe("undecided");
    },
  );

  test.each([
    ["a very long name", `net.sni.host == "${"a".repeat(12_000_000)}"`],
    ["a very long pattern", `net.sni.host matches "${"a".repeat(200_000)}"`],
  ])("the deny asks for %s", (_what, text) => {
    expect(production(traffic("block", () => text)).verdict).toBe("undecided");
  });

  const HOST = 'any(dns.domains[*] == "api.openai.com")';

  test.each<[string, Readonly<Record<string, unknown>>]>([
    [
      "answers for a host with another",
      { filters: ["dns"], action: "override", traffic: HOST, rule_settings: { override_host: "evil.dev" } },
    ],
    [
      "asks another resolver for a host",
      {
        filters: ["dns_resolver"],
        action: "resolve",
        traffic: HOST,
        rule_settings: { dns_resolvers: { ipv4: [{ ip: "198.51.100.7" }] } },
      },
    ],
    [
      "allows with a setting that may do more",
      { filters: ["dns"], action: "allow", traffic: HOST, rule_settings: { override_ips: ["198.51.100.7"] } },
    ],
    ["sends requests on", { filters: ["http"], action: "redirect", traffic: 'http.request.host == "api.openai.com"' }],
    ["lets the workers leave by another address", { filters: ["egress"], action: "egress", traffic: SOURCE }],
    ["may concern the workers", { filters: ["egress"], action: "egress", traffic: "${var.traffic}" }],
    ["may be there", { filters: ["egress"], action: "egress", enabled: "${var.enabled}", traffic: SOURCE }],
    ["does what the apply knows", { filters: ["dns"], action: "${var.action}", traffic: HOST }],
  ])("a policy of another layer %s", (_what, policy) => {
    const change = added("dev", policy);
    const reason = `policy "other" of the layer ${String([policy["filters"]].flat()[0])} may send elsewhere what is allowed here`;
    const place = { stack: "dev", pointer: `/resource/${POLICY}/Other` };
    expect(production(change)).toMatchObject({ verdict: "undecided", unknown: [{ reason, place }] });
  });

  test("naming the policy, its place and what isn't understood", () => {
    const change = traffic("block", (text) => `${text} and not net.dst.geo in {"XX"}`);
    expect(production(change)).toMatchObject({
      unknown: [
        {
          reason: 'policy "production workers: nothing else": net.dst.geo in {"XX"}',
          place: { stack: "production", path: "production/Workers/Gateway/Policy-block" },
        },
      ],
    });
  });
});

describe("WORK-2 stays proven where", () => {
  test.each([
    ["the traffic is spelled otherwise", traffic("block", (text) => `((${text.replace(" and ", "  && ")}))`)],
    ["the hosts come in another order", traffic("allow", (text) => text.replace(/"(\S+)" "(\S+)"/, '"$2" "$1"'))],
    ["a set of one is a comparison", traffic("allow", (text) => text.replace("in {443}", "== 443"))],
    ["a block is split", traffic("block", (text) => text.replace("203.0.113.20 203.0.113.21", "203.0.113.20/31"))],
    ["the protocol goes without saying", traffic("block", (text) => text.split(" and ")[0] ?? "")],
    ["the deny comes later", given(POLICY, "block", { precedence: 9999 })],
    ["the allow is of TCP", traffic("allow", (text) => `${text} and net.protocol == "tcp"`)],
    ["a deny shows a page", given(POLICY, "block", { rule_settings: { block_page_enabled: true } })],
    ["the account blocks a port", added("dev", { action: "block", traffic: "net.dst.port in {25}" })],
    ["the account blocks what isn't understood", added("dev", { action: "block", traffic: 'net.dst.geo in {"XX"}' })],
    ["others are allowed anything", added("dev", { action: "allow", traffic: "net.src.ip in {203.0.113.30}" })],
    [
      "another policy comes after the deny",
      added("dev", { action: "allow", traffic: 'net.protocol in {"tcp"}', precedence: 2000 }),
    ],
    [
      "another account allows everything",
      added("dev", { account_id: "f".repeat(32), action: "allow", traffic: 'net.protocol == "tcp"' }),
    ],
    [
      "a policy that allows everything is disabled",
      added("dev", { action: "allow", enabled: false, traffic: 'net.protocol == "tcp"' }),
    ],
    [
      "a policy of another layer allows everything",
      added("dev", { action: "allow", filters: ["http"], traffic: 'http.request.host == "x"' }),
    ],
    [
      "a policy of another layer concerns other sources",
      added("dev", { action: "egress", filters: ["egress"], traffic: "net.src.ip in {203.0.113.30}" }),
    ],
    [
      "a policy of another layer that does what isn't understood is disabled",
      added("dev", { action: "override", filters: ["dns"], enabled: false }),
    ],
    [
      "two policies of others have one place",
      added("dev", { action: "block", precedence: 1000, traffic: "net.src.ip in {203.0.113.30}" }),
    ],
  ])("%s", (_what, change) => {
    expect(production(change)).toMatchObject({ verdict: "proven", strength: Strength.ASSERTED });
  });

  test("a policy may stop workers by what isn't understood, which is printed", () => {
    expect(production(added("dev", { action: "block", traffic: 'net.dst.geo in {"XX"}' }))).toMatchObject({
      verdict: "proven",
      notes: expect.arrayContaining(['policy "other" may stop some of the workers\' connections']) as unknown,
    });
  });

  test("a policy of another layer may stop workers, which is printed", () => {
    const change = added("dev", {
      action: "block",
      filters: ["http"],
      traffic: 'http.request.host == "api.openai.com"',
    });
    expect(production(change)).toMatchObject({
      verdict: "proven",
      notes: expect.arrayContaining([
        'policy "other" of the layer http may stop some of the workers\' connections',
      ]) as unknown,
    });
  });
});

test("the account of the shipped production is the one that the tests speak of", () => {
  expect(production(given(POLICY, "block", { account_id: PRODUCTION })).verdict).toBe("proven");
});
