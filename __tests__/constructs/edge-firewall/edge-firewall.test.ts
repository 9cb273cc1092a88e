import { DnsRecord } from "@cdktf/provider-cloudflare/lib/dns-record";
import { SpectrumApplication } from "@cdktf/provider-cloudflare/lib/spectrum-application";
import { App, type TerraformStack, Testing } from "cdktf";
import { EdgeFirewall } from "../../../constructs";
import { Accept } from "../../../policy/accept";
import { CloudflarePlan } from "../../../policy/cloudflare-plan";
import { AddressPlacement, EdgePart } from "../../../policy/edge-options";
import { EdgePhase } from "../../../policy/edge-phase";
import { type OtherRule } from "../../../policy/other-rule";
import type { EdgePolicy } from "../../../policy/slices";
import type { Environment } from "../../../policy/environment";
import { Policy } from "../../../policy/policy";
import { Webhook } from "../../../policy/webhook";
import { aGuest, anEnvironment, aZone, EXISTING_ID, ZONE_ID } from "../../support/environments";
import { problemsWith } from "../../support/problems";
import {
  addressesOf,
  aStack,
  type Attributes,
  jsonOf,
  predecessorsOf,
  resourcesOf,
  type TerraformJson,
} from "../../support/synthesized";

const edgeOf = (environment: Environment, ...guests: readonly Environment[]): EdgePolicy => {
  const [owner] = Policy.across([environment, ...guests]);
  if (owner === undefined) throw new Error("there is no policy");
  return owner.edge;
};
const stackOf = (edge: EdgePolicy): TerraformStack => aStack((stack) => new EdgeFirewall(stack, "Edge", edge));
const json = (environment: Environment, ...guests: readonly Environment[]): TerraformJson =>
  jsonOf(stackOf(edgeOf(environment, ...guests)));
const rulesOf = (stack: TerraformJson, phase: EdgePhase): readonly Attributes[] =>
  resourcesOf(stack, "cloudflare_ruleset")
    .filter((ruleset) => ruleset["phase"] === phase)
    .flatMap((ruleset) => ruleset["rules"] as Attributes[]);
const settingsOf = (stack: TerraformJson): Attributes =>
  Object.fromEntries(
    resourcesOf(stack, "cloudflare_zone_setting").map(({ setting_id: id, value }) => [String(id), value]),
  );
const refused = (edge: EdgePolicy) => problemsWith(() => stackOf(edge));
const otherRule = (overrides: Partial<OtherRule> = {}): OtherRule => ({
  phase: EdgePhase.CUSTOM,
  ref: "growth",
  description: "growth: challenge the shop's sign-up",
  expression: 'http.request.uri.path eq "/sign-up"',
  action: "managed_challenge",
  ...overrides,
});

describe("EdgeFirewall", () => {
  describe("rulesets", () => {
    test("are exactly one per phase, named default, of the zone", () => {
      const rulesets = resourcesOf(json(anEnvironment()), "cloudflare_ruleset");
      expect(rulesets.map(({ phase, name, kind, zone_id: zone }) => ({ phase, name, kind, zone }))).toEqual(
        Object.values(EdgePhase).map((phase) => ({ phase, name: "default", kind: "zone", zone: ZONE_ID })),
      );
    });

    test("have rules with a ref of their own and a description that begins with the statement's id", () => {
      const rules = Object.values(EdgePhase).flatMap((phase) => rulesOf(json(anEnvironment()), phase));
      expect(
        rules.map(({ ref, description }) => `${String(ref)} | ${String(description).split(":")[0] ?? ""}`),
      ).toEqual([
        "edge_ports_2_redirect_to_https | PORTS-2",
        "edge_ports_1_only_https | PORTS-1",
        "edge_hook_1_only_meta | HOOK-1",
        "edge_web_1_secret_shop | WEB-1",
      ]);
    });

    test("keep their refs when a host or a webhook is added", () => {
      const refs = (environment: Environment) =>
        Object.values(EdgePhase).flatMap((phase) => rulesOf(json(environment), phase).map(({ ref }) => ref));
      const more = anEnvironment({
        hosts: { ...anEnvironment().hosts, "www.shop.dev": anEnvironment().hosts["app.shop.dev"] as never },
        webhooks: [Webhook.meta("/a"), Webhook.meta("/webhooks/meta")],
      });
      expect(refs(more)).toEqual(refs(anEnvironment()));
    });

    test("have one guard per sender, for all webhooks of the zone", () => {
      const guest = aGuest("dev", "shop", {
        webhooks: [Webhook.meta("/b"), Webhook.from("/c", "billing", ["8.8.8.8"])],
      });
      const guards = rulesOf(json(anEnvironment(), guest), EdgePhase.CUSTOM).slice(1);
      expect(guards.map(({ ref, description }) => [ref, description])).toEqual([
        ["edge_hook_1_only_billing", "HOOK-1: only billing may call /c"],
        ["edge_hook_1_only_meta", "HOOK-1: only meta may call /b, /webhooks/meta"],
      ]);
    });

    test("put other teams' rules behind the edge's own, in the order written", () => {
      const otherRules = [otherRule({ ref: "z" }), otherRule({ ref: "a", enabled: false })];
      const rules = rulesOf(json(anEnvironment({ edge: { otherRules } })), EdgePhase.CUSTOM);
      expect(rules.map(({ ref, enabled }) => [ref, enabled])).toEqual([
        ["edge_ports_1_only_https", true],
        ["edge_hook_1_only_meta", true],
        ["z", true],
        ["a", false],
      ]);
    });

    test("pass on every parameter of another team's action as it is written", () => {
      const actionParameters = { ruleset: "current", phases: ["http_ratelimit"], future_parameter: { some_key: 1 } };
      const otherRules = [otherRule({ action: "skip", actionParameters })];
      const rules = rulesOf(json(anEnvironment({ edge: { otherRules } })), EdgePhase.CUSTOM);
      expect(rules.at(-1)?.["action_parameters"]).toEqual(actionParameters);
    });

    test("are left out for a phase without rules", () => {
      const accept = [Accept.declared("PORTS-2", "the platform team redirects")];
      const stack = json(anEnvironment({ edge: { leave: [EdgePart.REDIRECT] }, accept }));
      expect(resourcesOf(stack, "cloudflare_ruleset").map(({ phase }) => phase)).not.toContain(EdgePhase.REDIRECT);
    });
  });

  describe("settings", () => {
    test("hold TLS 1.2 at least, TLS 1.3, strict SSL, HSTS for the hosts alone, and Always Use HTTPS off", () => {
      expect(settingsOf(json(anEnvironment()))).toEqual({
        always_use_https: "off",
        ssl: "strict",
        min_tls_version: "1.2",
        tls_1_3: "on",
        security_header: {
          strict_transport_security: {
            enabled: true,
            max_age: 31_536_000,
            include_subdomains: false,
            preload: false,
            nosniff: false,
          },
        },
      });
    });

    test("take HSTS further only on demand", () => {
      const hsts = { maxAge: 63_072_000, includeSubDomains: true, preload: true };
      expect(settingsOf(json(anEnvironment({ edge: { hsts } })))["security_header"]).toMatchObject({
        strict_transport_security: { max_age: 63_072_000, include_subdomains: true, preload: true },
      });
    });

    test("normalise URLs for the rules and for the origin", () => {
      expect(resourcesOf(json(anEnvironment()), "cloudflare_url_normalization_settings")).toEqual([
        { scope: "both", type: "cloudflare", zone_id: ZONE_ID },
      ]);
    });
  });

  describe("records", () => {
    test("are proxied, of every host of every tenant", () => {
      const records = resourcesOf(json(anEnvironment(), aGuest("dev", "shop")), "cloudflare_dns_record");
      expect(records.map(({ name, content, proxied, type }) => ({ name, content, proxied, type }))).toEqual([
        { name: "app.shop.dev", content: "shop.onrender.com", proxied: true, type: "CNAME" },
        { name: "dev.shop.dev", content: "shop-dev.onrender.com", proxied: true, type: "CNAME" },
      ]);
    });

    test("come after every rule, setting and list, so that no host is public before its rules", () => {
      const stack = json(anEnvironment({ edge: { addresses: AddressPlacement.LIST } }));
      const everythingElse = addressesOf(
        stack,
        "cloudflare_ruleset",
        "cloudflare_zone_setting",
        "cloudflare_url_normalization_settings",
        "cloudflare_list",
      );
      expect(everythingElse).toHaveLength(3 + 5 + 1 + 1);
      for (const record of addressesOf(stack, "cloudflare_dns_record")) {
        expect([...predecessorsOf(stack, record)].sort()).toEqual([...everythingElse].sort());
      }
    });

    test("come last: no other resource of the edge depends on them", () => {
      const stack = json(anEnvironment());
      const records = addressesOf(stack, "cloudflare_dns_record");
      const others = Object.keys(stack.resource ?? {}).flatMap((type) => addressesOf(stack, type));
      expect(others.filter((other) => records.some((record) => predecessorsOf(stack, other).has(record)))).toEqual([]);
    });
  });

  describe("the edge secret", () => {
    test("is a sensitive variable without default that can't be null, one per tenant", () => {
      expect(json(anEnvironment(), aGuest("dev-2", "shop")).variable).toEqual({
        edge_secret_shop: expect.objectContaining({ sensitive: true, nullable: false, type: "string" }) as unknown,
        edge_secret_dev_2: expect.objectContaining({ sensitive: true, nullable: false, type: "string" }) as unknown,
      });
      expect(JSON.stringify(json(anEnvironment()).variable)).not.toContain("default");
    });

    test("has no validation, which would print the refused secret", () => {
      expect(JSON.stringify(json(anEnvironment()).variable)).not.toContain("validation");
    });

    test("is checked by a precondition of the rules that use it, for every tenant", () => {
      const late = resourcesOf(json(anEnvironment(), aGuest("dev", "shop")), "cloudflare_ruleset").at(-1);
      const { precondition } = late?.["lifecycle"] as { precondition: { condition: string }[] };
      expect(precondition.map(({ condition }) => condition)).toEqual([
        '${can(regex("^[!-~]{32,}$", var.edge_secret_shop))}',
        '${can(regex("^[!-~]{32,}$", var.edge_secret_dev))}',
      ]);
    });

    test("goes to each environment's own hosts alone", () => {
      const rules = rulesOf(json(anEnvironment(), aGuest("dev", "shop")), EdgePhase.LATE_TRANSFORM);
      expect(rules.map((rule) => rule["action_parameters"])).toEqual(
        ["shop", "dev"].map((name) => ({
          headers: { "X-Edge-Secret": { operation: "set", value: `\${var.edge_secret_${name}}` } },
        })),
      );
    });
  });

  describe("a list", () => {
    const stack = json(anEnvironment({ edge: { addresses: AddressPlacement.LIST } }));
    const [list] = resourcesOf(stack, "cloudflare_list");

    test("carries the environment's name and holds bare hosts and canonical blocks", () => {
      const webhooks = [Webhook.from("/hook", "billing", ["8.8.8.8/32", "8.8.4.0-8.8.4.255", "2001:4860::/32"])];
      const lists = resourcesOf(
        json(anEnvironment({ webhooks, edge: { addresses: AddressPlacement.LIST } })),
        "cloudflare_list",
      );
      expect(lists.map(({ name, items }) => ({ name, items }))).toEqual([
        { name: "shop_billing", items: [{ ip: "8.8.4.0/24" }, { ip: "8.8.8.8" }, { ip: "2001:4860::/32" }] },
      ]);
    });

    test("is created before the one that it replaces is destroyed", () => {
      expect(list?.["lifecycle"]).toEqual({ create_before_destroy: true });
    });

    test("is there before the rules that name it", () => {
      const [address] = addressesOf(stack, "cloudflare_list");
      const naming = addressesOf(stack, "cloudflare_ruleset").filter((ruleset) => ruleset.includes("custom"));
      expect(naming.map((ruleset) => [...predecessorsOf(stack, ruleset)])).toEqual([[address]]);
      expect(rulesOf(stack, EdgePhase.CUSTOM).at(-1)?.["expression"]).toMatch(/ in \$shop_meta$/);
    });

    test("is not written when the addresses are inline", () => {
      expect(resourcesOf(json(anEnvironment()), "cloudflare_list")).toEqual([]);
    });
  });

  describe("an existing ruleset or record", () => {
    test("is imported under its own name", () => {
      const existing = {
        rulesets: { [EdgePhase.CUSTOM]: { id: EXISTING_ID, name: "zone rules" } },
        records: { "app.shop.dev": EXISTING_ID },
      };
      const stack = json(anEnvironment({ edge: { existing } }));
      expect(stack.import?.map(({ id }) => id)).toEqual([
        `zones/${ZONE_ID}/${EXISTING_ID}`,
        `${ZONE_ID}/${EXISTING_ID}`,
      ]);
      const [custom] = resourcesOf(stack, "cloudflare_ruleset").filter(({ phase }) => phase === EdgePhase.CUSTOM);
      expect(custom?.["name"]).toBe("zone rules");
    });

    test("is imported only where the policy names it", () => {
      expect(json(anEnvironment()).import).toBeUndefined();
    });
  });

  describe("limits", () => {
    const many = (count: number, phase = EdgePhase.CUSTOM) =>
      Array.from({ length: count }, (_, index) => otherRule({ phase, ref: `r${index}` }));

    test.each([
      [CloudflarePlan.FREE, EdgePhase.CUSTOM, 5, "pro"],
      [CloudflarePlan.PRO, EdgePhase.CUSTOM, 20, "business"],
      [CloudflarePlan.FREE, EdgePhase.REDIRECT, 10, "pro"],
      [CloudflarePlan.BUSINESS, EdgePhase.LATE_TRANSFORM, 50, "enterprise"],
    ])("fail on the %s plan when %s has more than %i rules", (plan, phase, limit, better) => {
      const own = rulesOf(json(anEnvironment()), phase).length;
      const zone = aZone({ plan });
      const edge = (count: number) => edgeOf(anEnvironment({ zone, edge: { otherRules: many(count, phase) } }));
      expect(() => stackOf(edge(limit - own))).not.toThrow();
      const [problem] = refused(edge(limit - own + 1));
      expect(problem?.allowed).toBe(`${limit} on the ${plan} plan`);
      expect(problem?.change).toMatch(new RegExp(`^drop 1 of r0, .*, or move the zone to the ${better} plan$`));
    });

    test("fail when an expression is longer than 4,096 characters, and name the list", () => {
      const addresses = Array.from({ length: 300 }, (_, index) => `${20 + (index % 100)}.${index % 256}.0.0/24`);
      const environment = anEnvironment({ webhooks: [Webhook.from("/hook", "billing", addresses)] });
      const [problem] = refused(edgeOf(environment));
      expect(problem?.allowed).toBe("at most 4096 characters");
      expect(problem?.change).toContain("AddressPlacement.LIST");
      expect(() => stackOf(edgeOf({ ...environment, edge: { addresses: AddressPlacement.LIST } }))).not.toThrow();
    });

    test.each([
      [
        "a regular expression",
        'http.request.uri.path matches "^/a"',
        "regular expressions on the pro plan",
        "business",
      ],
      ["a field", "cf.bot_management.score lt 30", "the field cf.bot_management.score on the pro plan", "enterprise"],
    ])("fail when another team's rule uses %s that the plan doesn't have", (_what, expression, got, better) => {
      const on = (plan: CloudflarePlan) =>
        edgeOf(anEnvironment({ zone: aZone({ plan }), edge: { otherRules: [otherRule({ expression })] } }));
      expect(refused(on(CloudflarePlan.PRO))).toEqual([
        expect.objectContaining({
          at: "rule growth of shop.dev",
          got,
          change: expect.stringContaining(better) as string,
        }),
      ]);
      expect(() => stackOf(on(CloudflarePlan.ENTERPRISE))).not.toThrow();
    });

    test("fail when another team's rule isn't an expression, at the character", () => {
      const otherRules = [otherRule({ expression: 'http.request.scheme eq "http"' })];
      const [problem] = refused(edgeOf(anEnvironment({ edge: { otherRules } })));
      expect(problem?.allowed).toMatch(/^an expression of the Rules language; line 1, column 1: /);
    });

    test("fail when the target of another team's redirect isn't an expression", () => {
      const actionParameters = { from_value: { target_url: { expression: "concat(http.host" } } };
      const otherRules = [otherRule({ phase: EdgePhase.REDIRECT, action: "redirect", actionParameters })];
      expect(refused(edgeOf(anEnvironment({ edge: { otherRules } }))).map(({ got }) => got)).toEqual([
        '"concat(http.host"',
      ]);
    });

    test("fail when a function is used in a phase that doesn't have it", () => {
      const expression = 'wildcard_replace(http.host, "*", "a") eq "b"';
      const [problem] = refused(edgeOf(anEnvironment({ edge: { otherRules: [otherRule({ expression })] } })));
      expect(problem?.got).toBe("the function wildcard_replace in http_request_firewall_custom");
    });

    test("fail when an account would hold more lists than its plan, and offer inline addresses", () => {
      const webhooks = [Webhook.meta("/a"), Webhook.from("/b", "billing", ["8.8.8.8"])];
      const edge = { addresses: AddressPlacement.LIST };
      const on = (plan: CloudflarePlan) => edgeOf(anEnvironment({ zone: aZone({ plan }), webhooks, edge }));
      expect(refused(on(CloudflarePlan.FREE))).toEqual([
        expect.objectContaining({ got: "2", allowed: "1 on the free plan" }),
      ]);
      expect(() => stackOf(on(CloudflarePlan.PRO))).not.toThrow();
    });

    test.each(["8.0.0.0/7", "2600::/11"])("fail when a list would hold a block as wide as %s", (wide) => {
      const webhooks = [Webhook.from("/hook", "billing", [wide])];
      const on = (addresses: AddressPlacement) => edgeOf(anEnvironment({ webhooks, edge: { addresses } }));
      expect(refused(on(AddressPlacement.LIST))).toEqual([
        expect.objectContaining({ at: "the list shop_billing", allowed: "/8 (IPv4) and /12 (IPv6) or narrower" }),
      ]);
      expect(() => stackOf(on(AddressPlacement.INLINE))).not.toThrow();
    });

    test("count the lists of all zones of an account together", () => {
      const app = new App({ stackTraces: false });
      const zone = (id: string) => aZone({ id, plan: CloudflarePlan.FREE });
      const edge = { addresses: AddressPlacement.LIST };
      aStack(
        (stack) => new EdgeFirewall(stack, "Edge", edgeOf(anEnvironment({ edge, zone: zone("a".repeat(32)) }))),
        "one",
        app,
      );
      const second = edgeOf(anEnvironment({ name: "store", edge, zone: zone("b".repeat(32)) }));
      expect(() => aStack((stack) => new EdgeFirewall(stack, "Edge", second), "two", app)).toThrow("custom lists");
    });
  });

  describe("claims", () => {
    test("fail when two edges own one zone, and name both constructs and everything that they share", () => {
      const app = new App({ stackTraces: false });
      const edge = edgeOf(anEnvironment());
      aStack((stack) => new EdgeFirewall(stack, "Edge", edge), "one", app);
      const problems = problemsWith(() => aStack((stack) => new EdgeFirewall(stack, "Edge", edge), "two", app));
      expect(problems).toHaveLength(3 + 5 + 1 + 1);
      expect(problems[0]).toMatchObject({ at: "two/Edge" });
      expect(problems[0]?.got).toContain("which one/Edge owns");
    });

    test("pass when the zones differ", () => {
      const app = new App({ stackTraces: false });
      aStack((stack) => new EdgeFirewall(stack, "Edge", edgeOf(anEnvironment())), "one", app);
      const other = edgeOf(anEnvironment({ zone: aZone({ id: "b".repeat(32) }) }));
      expect(() => aStack((stack) => new EdgeFirewall(stack, "Edge", other), "two", app)).not.toThrow();
    });
  });

  describe("ways past the edge", () => {
    const record = { zoneId: ZONE_ID, type: "CNAME", content: "shop.onrender.com", ttl: 1 };
    const synthWith = (add: (stack: TerraformStack) => void) => () =>
      jsonOf(
        aStack((stack) => {
          new EdgeFirewall(stack, "Edge", edgeOf(anEnvironment()));
          add(stack);
        }),
      );

    test("fail the synth: a Spectrum application of the zone, on any port", () => {
      const dns = { type: "CNAME", name: "db.shop.dev" };
      const spectrum = (zoneId: string) =>
        synthWith((stack) => new SpectrumApplication(stack, "Db", { zoneId, dns, protocol: "tcp/1000-9000" }));
      expect(spectrum(ZONE_ID)).toThrow(/shop\/Db opens a port of the zone past the rules of shop\/Edge/);
      expect(spectrum("b".repeat(32))).not.toThrow();
    });

    test("fail the app where they stand in another stack", () => {
      const app = new App({ stackTraces: false });
      const dns = { type: "CNAME", name: "db.shop.dev" };
      const spectrum = (name: string, zoneId: string) =>
        aStack((stack) => new SpectrumApplication(stack, "Db", { zoneId, dns, protocol: "tcp/22" }), name, app);
      aStack((stack) => new EdgeFirewall(stack, "Edge", edgeOf(anEnvironment())), "shop", app);
      const elsewhere = aZone({ id: "b".repeat(32) });
      aStack((stack) => new EdgeFirewall(stack, "Edge", edgeOf(anEnvironment({ zone: elsewhere }))), "other", app);
      expect(app.node.validate()).toEqual([]);
      spectrum("first", ZONE_ID);
      spectrum("second", elsewhere.id);
      spectrum("third", "c".repeat(32));
      expect(app.node.validate()).toEqual([
        expect.stringMatching(/^first\/Db opens a port of the zone past the rules of shop\/Edge/),
        expect.stringMatching(/^second\/Db opens a port of the zone past the rules of other\/Edge/),
      ]);
    });

    test("fail the synth: a record of a host that isn't proxied for certain", () => {
      const dns = (name: string, proxied?: boolean) =>
        synthWith(
          (stack) => new DnsRecord(stack, "Other", { ...record, name, ...(proxied === undefined ? {} : { proxied }) }),
        );
      expect(dns("app.shop.dev", false)).toThrow(/shop\/Other is an unproxied record of app\.shop\.dev/);
      expect(dns("app.shop.dev")).toThrow(/unproxied/);
      expect(dns("www.shop.dev", false)).not.toThrow();
    });
  });

  test("fails for props that no policy would give, naming every problem", () => {
    const edge = edgeOf(anEnvironment());
    const problems = refused({ ...edge, zone: { ...edge.zone, id: "x" }, tenants: [] });
    expect(problems.map(({ at }) => at)).toEqual(["zone.id", "tenants"]);
  });

  test("fails for props whose webhooks contradict each other, also without a policy", () => {
    const edge = edgeOf(anEnvironment());
    const tenants = [
      ...edge.tenants,
      { ...aGuest("dev", "shop"), webhooks: [Webhook.from("/webhooks", "x", ["8.8.8.8"])] },
    ];
    const withoutZone = tenants.map(({ name, hosts, webhooks }) => ({ name, hosts, webhooks: webhooks ?? [] }));
    expect(refused({ ...edge, tenants: withoutZone }).map(({ at }) => at)).toEqual(["dev.webhooks[0].path"]);
  });

  test("snapshot: one environment in its zone", () => {
    expect(Testing.synth(stackOf(edgeOf(anEnvironment())), true)).toMatchSnapshot();
  });

  test("snapshot: a guest, lists, other teams' rules and imports", () => {
    const edge = {
      addresses: AddressPlacement.LIST,
      otherRules: [otherRule()],
      existing: { rulesets: { [EdgePhase.CUSTOM]: { id: EXISTING_ID } } },
    };
    expect(Testing.synth(stackOf(edgeOf(anEnvironment({ edge }), aGuest("dev", "shop"))), true)).toMatchSnapshot();
  });
});
