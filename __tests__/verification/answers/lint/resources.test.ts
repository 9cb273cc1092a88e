import { lint } from "../../../support/lint";

const findingsIn = (resource: object) => lint({ resource });
const rulesIn = (resource: object) => findingsIn(resource).map(({ rule }) => rule);
const setting = (value: unknown) => ({ cloudflare_zone_setting: { s: { setting_id: "x", value } } });
const rules = (expression: string) => ({ cloudflare_ruleset: { r: { rules: [{ expression }] } } });
const record = (body: object) => ({ cloudflare_dns_record: { d: { name: "app.example.com", ...body } } });
const spectrum = (body: object) => ({ cloudflare_spectrum_application: { s: body } });

describe("an escaped interpolation", () => {
  test.each([
    ["a list's name", "ip.src in $${cloudflare_list.meta.name}"],
    ["a variable", 'http.host eq "$${var.host}"'],
    ["a data source", 'http.host eq "$${data.cloudflare_zone.z.name}"'],
    ["a call", 'ip.src in $${join("", [cloudflare_list.meta.name])}'],
    ["a call with a map", "$${merge({a = 1}, cloudflare_list.meta.items)}"],
  ])("of %s is found", (_what, expression) => {
    expect(findingsIn(rules(expression))).toEqual([
      expect.objectContaining({
        rule: "escaped-interpolation",
        pointer: "/resource/cloudflare_ruleset/r/rules/0/expression",
      }),
    ]);
  });

  test("is found in any resource's string, with what was meant", () => {
    const [finding] = findingsIn({ null_resource: { n: { triggers: { "a/b": "$${var.secret}" } } } });
    expect(finding).toEqual({
      rule: "escaped-interpolation",
      pointer: "/resource/null_resource/n/triggers/a~1b",
      message:
        '"$${var.secret}" is Terraform\'s escape: the text "${var.secret}" itself is sent to the platform; ' +
        'meant: "$" followed by the value of var.secret; ' +
        'change: build the string with Fn.join("", ["... $", value]) or write the plain name and a dependency',
    });
  });

  test.each([
    ["an interpolation", "ip.src in ${cloudflare_list.meta.name}"],
    ["a joined list name", '${join("", ["ip.src in $", cloudflare_list.meta.name])}'],
    ["a plain list name", "ip.src in $meta"],
    ["a lookup that a rule looks for", 'http.request.uri.query contains "$${jndi:ldap"'],
    ["an expression of a regular one", 'http.request.uri.path matches "a$${2}"'],
  ])("isn't seen in %s", (_what, expression) => {
    expect(rulesIn(rules(expression))).toEqual([]);
  });

  test("isn't seen in a workflow's text, whose own language it is", () => {
    const content = "run: echo $${{ secrets.SNYK_TOKEN }} $${data.html_url}";
    expect(rulesIn({ github_repository_file: { f: { content, file: "a.yml" } } })).toEqual([]);
  });

  test("is seen in what else a workflow's file has", () => {
    expect(rulesIn({ github_repository_file: { f: { content: "", file: "$${var.name}.yml" } } })).toEqual([
      "escaped-interpolation",
    ]);
  });
});

describe("a lost value", () => {
  test.each([
    ["an empty object", {}, ""],
    ["an object of indices", { 0: "A", 1: "B" }, ""],
    ["a lost number within an object", { nel: { max_age: {} } }, "/nel/max_age"],
    ["a lost list within a list", [{ 0: "A" }], "/0"],
  ])("is found in %s", (_what, value, place) => {
    expect(findingsIn(setting(value))).toEqual([
      expect.objectContaining({
        rule: "lost-value",
        pointer: `/resource/cloudflare_zone_setting/s/value${place}`,
      }),
    ]);
  });

  test.each([
    ["a string", "on"],
    ["a number", 30],
    ["a list", ["A", "B"]],
    ["an empty list", []],
    ["an object of named members", { strict_transport_security: { enabled: true } }],
    ["an object with one index among names", { 0: "A", name: "B" }],
  ])("isn't seen in %s", (_what, value) => {
    expect(rulesIn(setting(value))).toEqual([]);
  });

  test("says how to set a list past the bindings", () => {
    expect(findingsIn(setting({ 0: "A" }))[0]?.message).toBe(
      "the value is an object of indices: the bindings lost a list; meant: a list; " +
        'change: set it past the bindings: resource.addOverride("value", ["A", "B"])',
    );
  });
});

describe("a Spectrum application", () => {
  const message = (body: object) =>
    findingsIn(spectrum(body))
      .find(({ rule }) => rule === "spectrum-port")
      ?.message.split(";")[0];

  test.each([
    ["tcp/5432", "5432"],
    ["tcp/6543", "6543"],
    ["tcp/6379", "6379"],
    ["udp/6379", "6379"],
    ["tcp/5000-6000", "5432"],
    ["tcp/5432-5432", "5432"],
    ["tcp/1-65535", "5432, 6543, 6379"],
    ["tcp/6000-5000", "5432, 6543, 6379"],
    ["tcp/99999", "5432, 6543, 6379"],
    ["${var.protocol}", "5432, 6543, 6379"],
  ])("of %s exposes %s", (protocol, ports) => {
    expect(message({ protocol })).toBe(`Spectrum ${protocol} exposes ${ports} to the public`);
  });

  test.each(["tcp/22", "tcp/5433-6378", "tcp/6380-6542", "tcp/1-5431", "udp/53"])("of %s opens a port", (protocol) => {
    expect(message({ protocol })).toBe(`Spectrum ${protocol} opens a port to the public`);
  });

  test.each([
    ["an address at the origin", { origin_direct: ["tcp://192.0.2.1:22", "tcp://192.0.2.1:5432"] }, "5432"],
    ["a port at the origin", { origin_port: 6379 }, "6379"],
    ["a range at the origin", { origin_port: "6000-7000" }, "6543, 6379"],
    ["an unreadable port at the origin", { origin_port: {} }, "5432, 6543, 6379"],
    ["an unreadable address at the origin", { origin_direct: ["${var.origin}"] }, "5432, 6543, 6379"],
  ])("under another number exposes the port of %s", (_what, origin, ports) => {
    expect(message({ protocol: "tcp/2222", ...origin })).toBe(`Spectrum tcp/2222 exposes ${ports} to the public`);
  });

  test("without a protocol may expose any port", () => {
    expect(message({})).toBe("Spectrum of no known protocol exposes 5432, 6543, 6379 to the public");
  });
});

describe("a record", () => {
  test.each([
    ["false", { type: "A", proxied: false }],
    ["missing, which the provider takes for false", { type: "CNAME" }],
    ["a reference", { type: "AAAA", proxied: "${var.proxied}" }],
    ["false, and the type is a reference", { type: "${var.type}", proxied: false }],
    ["false, and the type is in lower case", { type: "cname", proxied: false }],
  ])("whose proxied is %s is found", (_what, body) => {
    expect(rulesIn(record(body))).toEqual(["unproxied-record"]);
  });

  test.each([{ type: "A", proxied: true }, { type: "TXT" }, { type: "MX", proxied: false }])("%j passes", (body) => {
    expect(rulesIn(record(body))).toEqual([]);
  });
});

test("a zone lockdown is found", () => {
  expect(rulesIn({ cloudflare_zone_lockdown: { l: { urls: ["app.example.com/webhooks/*"] } } })).toEqual(["lockdown"]);
});

test("a stack without resources has no finding", () => {
  expect(lint({ terraform: {}, "//": {} })).toEqual([]);
});
