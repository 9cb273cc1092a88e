import sample from "../../../fixtures/cloudflare-resources.tf.json";
import { trace } from "../../../../verification/edge/evaluate/trace";
import type { EdgeZone } from "../../../../verification/edge/zone";
import { everyRequest, http, https, OTHER_PORTS, SPELLINGS_OF_THE_WEBHOOK } from "../../../support/edge-requests";
import { edgeZonesIn } from "../../../support/edge-zones";

const ZONE = "11112222333344445555666677778888";

function zone(phase: string, ...rules: readonly object[]): EdgeZone {
  const resource = { cloudflare_ruleset: { r: { zone_id: ZONE, kind: "zone", phase, rules } } };
  return edgeZonesIn({ resource })[0] as EdgeZone;
}

const custom = (...rules: readonly object[]) => zone("http_request_firewall_custom", ...rules);
const redirects = (parameters: object) =>
  zone("http_request_dynamic_redirect", {
    ref: "r",
    expression: "true",
    action: "redirect",
    action_parameters: parameters,
  });
const request = https("app.example.com", "/", "192.0.2.1");
const destination = (of: EdgeZone) => trace(of, request).destination;
const block = { ref: "block", expression: "true", action: "block" };

describe("a request", () => {
  test("ends at the first rule that blocks it, and the trace says which rules it met", () => {
    const { steps, destination: end } = trace(
      custom({ ...block, ref: "no", expression: "not ssl" }, block, { ...block, ref: "later" }),
      request,
    );
    expect(end).toEqual({ kind: "block" });
    expect(steps.map(({ rule, verdict }) => [rule.ref, verdict.value])).toEqual([
      ["no", false],
      ["block", true],
    ]);
  });

  test("passes a rule that changes nothing, whether or not it matches", () => {
    const log = { ref: "log", expression: "cf.new_field eq 1", action: "log" };
    const skip = { ...log, action: "skip", action_parameters: { products: ["waf"] } };
    expect(destination(custom(log, skip))).toEqual({ kind: "origin", headers: {} });
    expect(destination(custom({ ...log, action: "block" })).kind).toBe("undecided");
  });

  test("passes a rule that isn't enabled, or only logs", () => {
    expect(destination(custom({ ...block, enabled: false }, { ...block, action: "log" })).kind).toBe("origin");
  });

  test("meets redirects before custom rules, whatever their order in the JSON", () => {
    const resource = {
      cloudflare_ruleset: {
        a: { zone_id: ZONE, kind: "zone", phase: "http_request_firewall_custom", rules: [block] },
        b: {
          zone_id: ZONE,
          kind: "zone",
          phase: "http_request_dynamic_redirect",
          rules: [
            {
              ...block,
              action: "redirect",
              action_parameters: { from_value: { status_code: 302, target_url: { value: "https://example.com/" } } },
            },
          ],
        },
      },
    };
    expect(destination(edgeZonesIn({ resource })[0] as EdgeZone)).toEqual({
      kind: "redirect",
      status: 302,
      location: "https://example.com/",
    });
  });

  test("meets the rules of its own zone only", () => {
    const resource = {
      cloudflare_ruleset: {
        a: { zone_id: "other", kind: "zone", phase: "http_request_firewall_custom", rules: [block] },
      },
      cloudflare_dns_record: { r: { zone_id: ZONE } },
    };
    const ends = edgeZonesIn({ resource }).map((each) => [each.id, destination(each).kind]);
    expect(Object.fromEntries(ends)).toEqual({ other: "block", [ZONE]: "origin" });
  });
});

describe("behind a rewrite that isn't known", () => {
  const ruleset = (phase: string, rule: object) => ({ zone_id: ZONE, kind: "zone", phase, rules: [rule] });
  const uri = { path: { expression: 'concat("/b", http.host)' } };
  const behind = (expression: string, phase = "http_request_firewall_custom") =>
    edgeZonesIn({
      resource: {
        cloudflare_ruleset: {
          rewrite: ruleset("http_request_transform", {
            ...{ ref: "rewrite", expression: "true", action: "rewrite", action_parameters: { uri } },
          }),
          block: ruleset(phase, { ...block, expression }),
        },
      },
    })[0] as EdgeZone;

  test.each(['http.request.uri.path eq "/"', 'http.request.uri.query eq ""', 'http.request.full_uri contains "/"'])(
    "a rule that asks %s is undecided",
    (expression) => {
      expect(destination(behind(expression)).kind).toBe("undecided");
    },
  );

  test.each(["ip.src eq 192.0.2.1", 'raw.http.request.uri.path eq "/"', 'http.host eq "app.example.com"'])(
    "a rule that asks %s isn't concerned",
    (expression) => {
      expect(destination(behind(expression))).toEqual({ kind: "block" });
    },
  );
});

test("behind several rewrites of which one may match, a rule that asks for the path is undecided", () => {
  const rewrite = (ref: string, expression: string, value: string) => ({
    ...{ ref, expression, action: "rewrite", action_parameters: { uri: { path: { value } } } },
  });
  const behind = (...rewrites: readonly object[]) =>
    edgeZonesIn({
      resource: {
        cloudflare_ruleset: {
          rewrite: { zone_id: ZONE, kind: "zone", phase: "http_request_transform", rules: rewrites },
          block: {
            ...{ zone_id: ZONE, kind: "zone", phase: "http_request_firewall_custom" },
            rules: [{ ...block, expression: 'http.request.uri.path eq "/admin"' }],
          },
        },
      },
    })[0] as EdgeZone;
  const never = rewrite("never", 'http.host eq "other.example.com"', "/other");
  const always = rewrite("always", "true", "/admin");
  expect(destination(behind(always))).toEqual({ kind: "block" });
  expect(destination(behind(never, always)).kind).toBe("undecided");
  expect(destination(behind(always, never)).kind).toBe("undecided");
  expect(destination(behind(never, never))).toEqual({ kind: "origin", headers: {} });
});

describe("a destination is undecided", () => {
  const reasons = (of: EdgeZone) => {
    const end = destination(of);
    return end.kind === "undecided" ? end.reasons : [];
  };

  test.each([
    [
      "a rule can't be parsed",
      custom({ ...block, expression: "ip.src in $${list.name}" }),
      /^rule block: line 1, column 12/,
    ],
    [
      "a condition needs what the request doesn't say",
      custom({ ...block, expression: 'ip.src.country eq "XX"' }),
      /ip\.src\.country/,
    ],
    ["a list isn't known", custom({ ...block, expression: "ip.src in $office" }), /\$office/],
    ["a matching rule skips nobody knows what", custom({ ...block, action: "skip" }), /more than is understood/],
    ["a matching rule challenges", custom({ ...block, action: "managed_challenge" }), /the action managed_challenge/],
    ["a redirect has no target", redirects({}), /without a target/],
    [
      "a redirect's target can't be parsed",
      redirects({ from_value: { status_code: 301, target_url: { expression: "x(" } } }),
      /the target x\(/,
    ],
    [
      "a rewrite changes more than headers",
      zone("http_request_late_transform", { ...block, action: "rewrite", action_parameters: { uri: {} } }),
      /a rewrite of more/,
    ],
    [
      "a rewrite computes a header",
      zone("http_request_late_transform", {
        ...block,
        action: "rewrite",
        action_parameters: { headers: { a: { operation: "set", expression: "http.host" } } },
      }),
      /a rewrite of more/,
    ],
    [
      "rules of another phase could answer",
      zone("http_request_firewall_managed", block),
      /rules of http_request_firewall_managed/,
    ],
  ])("when %s", (_what, of, reason) => {
    expect(reasons(of)).toEqual([expect.stringMatching(reason)]);
  });

  test.each([
    ["a phase has a second ruleset", "zone"],
    ["a ruleset is no entry point", "custom"],
  ])("when %s", (_what, kind) => {
    const ruleset = { zone_id: ZONE, phase: "http_request_firewall_custom", rules: [] };
    const resource = { cloudflare_ruleset: { first: { ...ruleset, kind: "zone" }, second: { ...ruleset, kind } } };
    expect(reasons(edgeZonesIn({ resource })[0] as EdgeZone)).toEqual([
      "rules of http_request_firewall_custom in shop /resource/cloudflare_ruleset/second",
    ]);
  });

  test("but not by what comes after the rule that ended the request", () => {
    expect(destination(custom(block, { ...block, expression: "no.such.field" }))).toEqual({ kind: "block" });
  });
});

/** The two of the sample's nine seeded mistakes that only requests show. */
describe("the sample's rules", () => {
  const [seeded] = edgeZonesIn(sample).filter(({ phases }) => phases.size > 0) as [EdgeZone];
  const only = (phase: string, mend = (text: string) => text): EdgeZone => ({
    ...seeded,
    phases: new Map([
      [phase, (seeded.phases.get(phase) ?? []).map((rule) => ({ ...rule, expression: mend(rule.expression) }))],
    ]),
  });

  test("answer on other ports than 80, since the redirect doesn't name its port", () => {
    const redirect = only("http_request_dynamic_redirect");
    const cleartext = OTHER_PORTS.filter(({ scheme }) => scheme === "http").map((port) => ({
      ...http("app.example.com", "/", "192.0.2.1"),
      ...port,
    }));
    expect(new Set(cleartext.map((each) => trace(redirect, each).destination.kind))).toEqual(new Set(["redirect"]));
  });

  test("don't block the webhook as they are, since the reference in them is escaped", () => {
    const requests = everyRequest(["app.example.com"], SPELLINGS_OF_THE_WEBHOOK, ["192.0.2.1"]);
    const kinds = requests.map((each) => trace(only("http_request_firewall_custom"), each).destination.kind);
    expect(kinds).not.toContain("block");
  });

  test("let an escaped slash past the guard once the reference is mended, since it compares the whole path", () => {
    const mended = only("http_request_firewall_custom", (text) =>
      text.replace("${cloudflare_list.meta.name}", "$meta_webhook_ips"),
    );
    const ends = (target: string) => trace(mended, https("app.example.com", target, "192.0.2.1")).destination.kind;
    expect(ends("/webhooks/meta")).toBe("block");
    expect(ends("/webhooks%2Fmeta")).toBe("origin");
  });
});
