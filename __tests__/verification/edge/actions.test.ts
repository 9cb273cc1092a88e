import { treatmentOf } from "../../../verification/edge/actions";
import { isKnownPhase, Treatment } from "../../../verification/edge/phases";
import { skippedBy } from "../../../verification/edge/skip";
import { constantRewriteOf, mayRewriteUrl } from "../../../verification/edge/rewrite";
import type { ZoneRule } from "../../../verification/edge/zone";

const rule = (action: string, parameters: ZoneRule["parameters"] = {}, areParametersKnown = true): ZoneRule => ({
  ...{ stack: "shop", pointer: "/", ref: "r", expression: "true", isConditionKnown: true },
  ...{ action, parameters, areParametersKnown, others: {} },
});

describe("a skip leaves out", () => {
  test.each<[string, ZoneRule["parameters"], string | undefined]>([
    ["the rest of its ruleset", { ruleset: "current" }, "ruleset"],
    ["that and phases", { ruleset: "current", phases: ["http_ratelimit"], products: ["bic"] }, "ruleset"],
    [
      "phases that aren't followed",
      { phases: ["http_ratelimit", "http_request_firewall_managed", "http_request_sbfm"] },
      "nothing",
    ],
    ["products", { products: ["waf"] }, "nothing"],
    ["nobody knows what, without parameters", {}, undefined],
    ["nobody knows what, of another ruleset", { ruleset: "other" }, undefined],
    ["nobody knows what, of a phase that is followed", { phases: ["http_request_firewall_custom"] }, undefined],
    ["nobody knows what, of a phase beside others", { phases: ["http_ratelimit", "x"] }, undefined],
    ["nobody knows what, by another parameter", { ruleset: "current", rules: {} }, undefined],
    ["nobody knows what, by a list that is none", { phases: "http_ratelimit" }, undefined],
    ["nobody knows what, by products that are no list", { ruleset: "current", products: "waf" }, undefined],
  ])("%s", (_what, parameters, skipped) => {
    expect(skippedBy(parameters)).toBe(skipped);
  });
});

describe("a rewrite is one to constants", () => {
  const of = (uri: unknown, others: object = {}) => constantRewriteOf(rule("rewrite", { uri, ...others }));

  test.each<[string, unknown, object]>([
    ["of the path", { path: { value: "/a" } }, { path: "/a" }],
    ["of the query", { query: { value: "" } }, { query: "" }],
    ["of both", { path: { value: "/a" }, query: { value: "b" } }, { path: "/a", query: "b" }],
    ["with a part that is kept", { path: { value: "/a" }, query: null }, { path: "/a" }],
    ["of nothing", {}, {}],
  ])("%s", (_what, uri, constants) => {
    expect(of(uri)).toEqual(constants);
  });

  test.each<[string, unknown]>([
    ["a path that is computed", { path: { expression: "http.host" } }],
    ["a constant beside an expression", { path: { value: "/a", expression: "http.host" } }],
    ["a constant that is no text", { query: { value: 1 } }],
    ["a part that is a text", { path: "/a" }],
    ["a part that is a list", { path: ["/a"] }],
    ["another part", { path: { value: "/a" }, origin: true }],
    ["no parts", "x"],
    ["nothing at all", null],
  ])("not one of %s", (_what, uri) => {
    expect(of(uri)).toBeUndefined();
  });

  test("not by another action, with headers, or where only the apply knows", () => {
    const uri = { path: { value: "/a" } };
    expect(of(uri, { headers: {} })).toBeUndefined();
    expect(constantRewriteOf(rule("block", { uri }))).toBeUndefined();
    expect(constantRewriteOf(rule("rewrite", { uri }, false))).toBeUndefined();
  });
});

describe("how a rule bears on where a request ends", () => {
  test.each<[string, string, ZoneRule, Treatment]>([
    ["a block", "http_request_firewall_custom", rule("block"), Treatment.ENDS],
    ["a redirect", "http_request_dynamic_redirect", rule("redirect"), Treatment.ENDS],
    ["an action that nobody knows", "http_request_firewall_custom", rule("execute"), Treatment.ENDS],
    ["a log", "http_request_firewall_custom", rule("log"), Treatment.NEUTRAL],
    ["a challenge", "http_request_firewall_custom", rule("challenge"), Treatment.MAY_BLOCK],
    ["a managed challenge", "http_request_firewall_custom", rule("managed_challenge"), Treatment.MAY_BLOCK],
    ["a JavaScript challenge", "http_request_firewall_custom", rule("js_challenge"), Treatment.MAY_BLOCK],
    ["a rate limit", "http_ratelimit", rule("block"), Treatment.MAY_BLOCK],
    ["a managed rule", "http_request_firewall_managed", rule("execute"), Treatment.MAY_BLOCK],
    ["a bot rule", "http_request_sbfm", rule("block"), Treatment.MAY_BLOCK],
    ["a bulk redirect", "http_request_redirect", rule("redirect"), Treatment.MAY_BLOCK],
    ["a cache rule", "http_request_cache_settings", rule("set_cache_settings"), Treatment.NEUTRAL],
    ["an origin rule", "http_request_origin", rule("route"), Treatment.NEUTRAL],
    ["a rewrite of the URL", "http_request_transform", rule("rewrite", { uri: {} }), Treatment.NEUTRAL],
    ["headers", "http_request_late_transform", rule("rewrite", { headers: {} }), Treatment.NEUTRAL],
    ["headers and more", "http_request_late_transform", rule("rewrite", { headers: {}, uri: {} }), Treatment.ENDS],
    ["a skip of the rest", "http_request_firewall_custom", rule("skip", { ruleset: "current" }), Treatment.SKIPS],
    ["a skip of products", "http_request_firewall_custom", rule("skip", { products: ["waf"] }), Treatment.NEUTRAL],
    ["a skip of nobody knows what", "http_request_firewall_custom", rule("skip"), Treatment.ENDS],
    [
      "a skip that only the apply knows",
      "http_request_firewall_custom",
      rule("skip", { products: ["waf"] }, false),
      Treatment.ENDS,
    ],
  ])("%s", (_what, phase, given, treatment) => {
    expect(treatmentOf(phase, given)).toBe(treatment);
  });

  test("is unknown for phases that nobody here knows", () => {
    const known = ["ddos_l7", "http_request_transform", "http_request_firewall_custom", "http_response_compression"];
    expect(known.map(isKnownPhase)).toEqual(known.map(() => true));
    expect(["magic_transit", "http_request_snippets", ""].map(isKnownPhase)).toEqual([false, false, false]);
  });
});

describe("a rule may rewrite the URL", () => {
  test.each<[string, ZoneRule, boolean]>([
    ["where it says so", rule("rewrite", { uri: { path: { value: "/a" } } }), true],
    ["where it says so beside headers", rule("rewrite", { uri: {}, headers: {} }), true],
    ["where it is given what nobody here knows", rule("rewrite", { url: {}, headers: {} }), true],
    ["where only the apply knows what it is given", rule("rewrite", {}, false), true],
    ["by an action that nobody here knows", rule("execute", { id: "x" }), true],
    ["unless it is given headers alone", rule("rewrite", { headers: {} }), false],
    ["unless headers are what only the apply knows", rule("rewrite", { headers: "${var.x}" }, false), false],
    ["unless it is given nothing", rule("rewrite"), false],
    ["unless it only logs", rule("log"), false],
    ["unless it blocks what only the apply knows", rule("block", {}, false), false],
  ])("%s", (_what, of, may) => {
    expect(mayRewriteUrl(of)).toBe(may);
  });
});
