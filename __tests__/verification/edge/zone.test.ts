import { type EdgeZone, zonesOf } from "../../../verification/edge/zone";
import type { JsonObject } from "../../../verification/terraform/json";
import { Model } from "../../../verification/terraform/model";

const ZONE = "a1b2c3d4e5f60718293a4b5c6d7e8f90";
const PHASE = "http_request_firewall_custom";

const ruleset = (body: JsonObject = {}) => ({ zone_id: ZONE, kind: "zone", phase: PHASE, rules: [], ...body });
const block = (ref: string, others: JsonObject = {}) => ({ ref, expression: "true", action: "block", ...others });

function zoneOf(resource: object, accounts?: ReadonlyMap<string, string>, others: object = {}): EdgeZone {
  const stacks = [
    { name: "shop", json: { resource } },
    ...Object.entries(others).map(([name, json]) => ({ name, json: json as object })),
  ];
  const zone = zonesOf(Model.of(stacks), accounts).find(({ id }) => id === ZONE);
  if (zone === undefined) throw new Error("there is no zone");
  return zone;
}

const rulesOf = (...rules: readonly unknown[]) =>
  zoneOf({ cloudflare_ruleset: { r: ruleset({ rules }) } }).phases.get(PHASE) ?? [];

describe("the rules of a phase", () => {
  test("are the enabled ones, in their order, each with its place", () => {
    const rules = rulesOf(block("a"), block("b", { enabled: false }), block("c", { enabled: true }));
    expect(rules.map(({ ref, pointer }) => ({ ref, pointer }))).toEqual([
      { ref: "a", pointer: "/resource/cloudflare_ruleset/r/rules/0" },
      { ref: "c", pointer: "/resource/cloudflare_ruleset/r/rules/2" },
    ]);
  });

  test("have the path of the construct that wrote them", () => {
    const named = ruleset({ rules: [block("a")], "//": { metadata: { path: "shop/Edge/Rules" } } });
    const [rule] = zoneOf({ cloudflare_ruleset: { r: named } }).phases.get(PHASE) ?? [];
    expect(rule).toMatchObject({ stack: "shop", path: "shop/Edge/Rules" });
  });

  test("without a name of their own are named by where they stand", () => {
    expect(
      rulesOf(block("a"), { ...block(""), ref: null }, { expression: "true", action: "log" }).map(({ ref }) => ref),
    ).toEqual(["a", "cloudflare_ruleset.r rule 2", "cloudflare_ruleset.r rule 3"]);
  });

  test.each<[string, unknown]>([
    ["an expression that only the apply knows", block("a", { expression: "${var.x}" })],
    ["no expression", { ref: "a", action: "block" }],
    ["a number for an expression", block("a", { expression: 5 })],
    ["a longer expression than is read", block("a", { expression: Array(20_000).fill("ssl").join(" or ") })],
    ["an enabled that only the apply knows", block("a", { enabled: "${var.x}" })],
    ["null for enabled", block("a", { enabled: null })],
    ["a condition beside its expression", block("a", { exposed_credential_check: { username_expression: "x" } })],
    ["a rate limit in a phase that has none", block("a", { ratelimit: { period: 10 } })],
    ["a member that isn't known", block("a", { schedule: "nights" })],
    ["nothing", null],
    ["text", "${var.rule}"],
    ["a list", []],
  ])("aren't known to match with %s", (_what, rule) => {
    expect(rulesOf(rule)).toMatchObject([{ isConditionKnown: false }]);
  });

  test.each<[string, JsonObject]>([
    ["null for what it lacks", { exposed_credential_check: null, ratelimit: null }],
    ["how it is logged", { logging: { enabled: true } }],
    ["a description", { description: "${var.x}" }],
    ["an expression that locals make", { expression: '${join(" ", ["true"])}' }],
  ])("are known to match with %s", (_what, others) => {
    expect(rulesOf(block("a", others))).toMatchObject([{ isConditionKnown: true, expression: "true" }]);
  });

  test.each<[string, unknown, boolean]>([
    ["known", { headers: { a: { operation: "set", value: "x" } } }, true],
    ["none", null, true],
    ["opaque in one place", { headers: { a: { operation: "set", value: "${var.x}" } } }, false],
    ["opaque as a whole", "${var.x}", false],
    ["a list", [{ headers: {} }], false],
    ["opaque in a name", { headers: { "${var.x}": { operation: "remove" } } }, false],
  ])("have parameters that are %s", (_what, parameters, areParametersKnown) => {
    expect(rulesOf(block("a", { action_parameters: parameters }))).toMatchObject([{ areParametersKnown }]);
  });

  test.each([
    ["text", "${var.rules}"],
    ["null", null],
    ["an object", { a: 1 }],
  ])("that are %s are one that nobody knows", (_what, rules) => {
    const { phases } = zoneOf({ cloudflare_ruleset: { r: ruleset({ rules }) } });
    expect(phases.get(PHASE)).toMatchObject([
      { isConditionKnown: false, areParametersKnown: false, action: "unknown" },
    ]);
  });
});

describe("a phase", () => {
  const second = (body: JsonObject) => [
    ...zoneOf({
      cloudflare_ruleset: { a: ruleset({ rules: [block("a")] }), b: ruleset({ rules: [block("b")], ...body }) },
    }).phases,
  ];

  test.each<[string, JsonObject]>([
    ["a second ruleset", {}],
    ["a second ruleset without a rule", { rules: [] }],
    ["a ruleset of another kind", { kind: "custom", phase: "http_request_dynamic_redirect" }],
    ["a ruleset of a kind that only the apply knows", { kind: "${var.kind}", phase: "http_request_dynamic_redirect" }],
    ["a ruleset of a phase that only the apply knows", { phase: "${var.phase}", rules: [] }],
  ])("keeps its rules beside %s, which stands apart and isn't empty", (_what, body) => {
    const phases = second(body);
    expect(phases.map(([phase]) => phase)).toEqual([
      PHASE,
      expect.stringContaining("in shop /resource/cloudflare_ruleset/b") as string,
    ]);
    expect(phases[0]?.[1]).toMatchObject([{ ref: "a" }]);
    expect(phases[1]?.[1]).toHaveLength(1);
  });

  test("has a second owner in another stack too", () => {
    const others = { other: { resource: { cloudflare_ruleset: { b: ruleset({ rules: [block("b")] }) } } } };
    const { phases } = zoneOf({ cloudflare_ruleset: { a: ruleset() } }, undefined, others);
    expect([...phases.keys()]).toEqual([PHASE, `${PHASE} in other /resource/cloudflare_ruleset/b`]);
  });

  test("named like what every object has is one", () => {
    const { phases } = zoneOf({ cloudflare_ruleset: { a: ruleset({ phase: "constructor", rules: [block("a")] }) } });
    expect([...phases.keys()]).toEqual(["constructor"]);
  });
});

describe("the paths of a zone", () => {
  const normalisedBy = (...settings: readonly JsonObject[]) =>
    zoneOf({
      cloudflare_ruleset: { r: ruleset() },
      cloudflare_url_normalization_settings: Object.fromEntries(
        settings.map((each, index) => [`n${index}`, { zone_id: ZONE, ...each }]),
      ),
    }).normalised;
  const both = { scope: "both", type: "cloudflare" };

  test("are normalised by one owner, in one way", () => {
    expect(normalisedBy(both)).toBe(true);
    expect(normalisedBy()).toBe(false);
    expect(normalisedBy(both, both)).toBe(false);
    expect(normalisedBy({ ...both, zone_id: "other" })).toBe(false);
    for (const scope of ["incoming", "none", "Both", null, "${var.x}"])
      expect(normalisedBy({ ...both, scope })).toBe(false);
    for (const type of ["rfc3986", null, undefined, "${var.x}"]) expect(normalisedBy({ ...both, type })).toBe(false);
  });
});

describe("a list", () => {
  const list = (body: JsonObject = {}) => ({
    account_id: "acc",
    name: "meta",
    kind: "ip",
    items: [{ ip: "192.0.2.0/24" }, { ip: "2001:db8::1" }],
    ...body,
  });
  const listsWith = (...lists: readonly JsonObject[]) =>
    zoneOf(
      {
        cloudflare_ruleset: { r: ruleset() },
        cloudflare_list: Object.fromEntries(lists.map((each, index) => [`l${index}`, each])),
      },
      new Map([[ZONE, "acc"]]),
    ).lists;

  test("is known by its name, with its addresses", () => {
    expect(listsWith(list()).get("meta")?.cidrs()).toEqual(["192.0.2.0/24", "2001:db8::1/128"]);
  });

  test.each<[string, JsonObject]>([
    ["is of hosts", { kind: "hostname" }],
    ["is of a kind that only the apply knows", { kind: "${var.kind}" }],
    ["has items that only the apply knows", { items: "${var.items}" }],
    ["has an item that only the apply knows", { items: [{ ip: "192.0.2.1" }, { ip: "${var.ip}" }] }],
    ["has no items", { items: undefined }],
    ["has null for items", { items: null }],
    ["has an item that is no object", { items: [null] }],
    ["has an item that is no address", { items: [{ ip: "app.shop.dev" }] }],
    ["has an item of another kind", { items: [{ asn: 5 }] }],
    ["is another account's", { account_id: "other" }],
    ["is of an account that only the apply knows", { account_id: "${var.account}" }],
  ])("isn't known where it %s", (_what, body) => {
    expect([...listsWith(list(body)).keys()]).toEqual([]);
  });

  test("is known, whosever it is, where nobody here knows the zone's account", () => {
    const { lists } = zoneOf({
      cloudflare_ruleset: { r: ruleset() },
      cloudflare_list: { l: list({ account_id: "any" }) },
    });
    expect([...lists.keys()]).toEqual(["meta"]);
  });

  test("isn't known where another has its name", () => {
    expect([...listsWith(list(), list({ items: [] }), list({ name: "other" })).keys()]).toEqual(["other"]);
  });

  test("is known where another account has one of its name", () => {
    expect([...listsWith(list(), list({ account_id: "other", items: [] })).keys()]).toEqual(["meta"]);
  });
});

describe("a zone", () => {
  test("is found by its records too, and by the reference that its id is", () => {
    const zones = zonesOf(
      Model.of([
        {
          name: "shop",
          json: {
            resource: {
              cloudflare_dns_record: { a: { zone_id: "${var.zone}" }, b: { zone_id: null }, c: {} },
              cloudflare_ruleset: { r: ruleset() },
            },
          },
        },
      ]),
    );
    expect(zones.map(({ id }) => id)).toEqual([ZONE, "${var.zone}"]);
  });
});

describe("a stack's JSON", () => {
  test.each<[string, unknown]>([
    ["no object", []],
    ["null", null],
    ["resources in a list", { resource: [{}] }],
    ["a type that is no object", { resource: { cloudflare_ruleset: "x" } }],
    ["a resource in a list", { resource: { cloudflare_ruleset: { r: [ruleset()] } } }],
    ["a resource that is null", { resource: { cloudflare_ruleset: { r: null } } }],
  ])("of another form is refused: %s", (_what, json) => {
    expect(() => Model.of([{ name: "shop", json }])).toThrow(
      /is no JSON object; allowed: one, as cdktf writes it there/,
    );
  });

  test("may be without resources", () => {
    expect(Model.of([{ name: "shop", json: {} }]).resources).toEqual([]);
  });
});
