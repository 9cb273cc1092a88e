import { ZONE_ID } from "../../support/environments";
import { adding, all, HOST, type ShopChange, type Tree } from "../../support/shop";
import { ALL_PROVEN, inWords, judged, verdicts } from "./edge-statements";

/** Rules of others in a phase of their own. */
const rule =
  (phase: string, action: string, parameters: Tree, expression = "true"): ShopChange =>
  ({ json: { resource } }) => {
    const rules = [{ ref: "others", enabled: true, expression, action, action_parameters: parameters }];
    const ruleset = { zone_id: ZONE_ID, kind: "zone", name: "default", phase, rules };
    resource["cloudflare_ruleset"] = { ...resource["cloudflare_ruleset"], others: ruleset };
  };

const ORIGIN_RULES = "http_request_origin";
const CONFIGURATION = "http_config_settings";
const RESPONSE = "http_response_headers_transform";
const elsewhere = { origin: { host: "other.onrender.com" } };
const header = (name: string) => ({ headers: { [name]: { operation: "remove" } } });

describe("a rule that leads requests to another origin", () => {
  test("breaks every statement about the edge, whose rules that origin doesn't have", () => {
    expect(verdicts(rule(ORIGIN_RULES, "route", elsewhere))).toEqual({
      ...{ "PORTS-1": "violated", "PORTS-2": "violated" },
      ...{ "HOOK-1": "violated", "WEB-1": "violated" },
    });
  });

  test("is named with a request that it leads there", () => {
    const words = inWords(judged("WEB-1", rule(ORIGIN_RULES, "route", elsewhere, 'http.request.method eq "PATCH"')));
    expect(words).toContain(`curl -i --path-as-is -X PATCH https://${HOST}/ # from 192.0.2.1`);
    expect(words).toContain("one of these rules: others");
  });

  test("breaks nothing where it is for another host", () => {
    expect(verdicts(rule(ORIGIN_RULES, "route", elsewhere, 'http.host eq "other.shop.dev"'))).toEqual(ALL_PROVEN);
  });
});

describe("a rule that leads on what is rewritten", () => {
  const rewrites = (path: Tree): ShopChange =>
    adding("cloudflare_ruleset", {
      ...{ zone_id: ZONE_ID, kind: "zone", name: "default", phase: "http_request_transform" },
      rules: [{ ref: "r", expression: "true", action: "rewrite", action_parameters: { uri: { path } } }],
    });
  const leads = (expression: string) => rule(ORIGIN_RULES, "route", elsewhere, expression);
  const doubled = leads('http.request.uri.path contains "//"');

  test("leads no request on that a client can send", () => {
    expect(verdicts(doubled)).toEqual(ALL_PROVEN);
  });

  test.each<[string, Tree, string]>([
    ["a constant", { value: "//x" }, "violated"],
    ["a constant that it doesn't ask for", { value: "/x" }, "proven"],
    ["what depends on the request", { expression: 'concat("//", http.request.uri.path)' }, "undecided"],
  ])("is asked about the path behind a rewrite to %s", (_, path, kind) => {
    const { "PORTS-1": ports1, "WEB-1": web1 } = verdicts(all(doubled, rewrites(path)));
    expect([ports1, web1]).toEqual([kind, kind]);
  });
});

describe("a rule that leads another spelling of a public host to another origin", () => {
  test.each([`${HOST}:443`, `${HOST}:8443`, `${HOST}.`, `${HOST}.:443`, HOST.toUpperCase()])("%s", (host) => {
    const result = judged("HOOK-1", rule(ORIGIN_RULES, "route", elsewhere, `http.host eq "${host}"`));
    expect(result.verdict).toBe("violated");
    expect(inWords(result)).toContain(host);
  });

  test.each([`${HOST}..`, `x${HOST}`, `${HOST}:x`, `${HOST.replace(".", "-")}`])("isn't one for %s", (host) => {
    expect(verdicts(rule(ORIGIN_RULES, "route", elsewhere, `http.host eq "${host}"`))).toEqual(ALL_PROVEN);
  });
});

describe("a rule that takes back what the settings hold of HTTPS", () => {
  test.each([
    ["a weaker mode to the origin", rule(CONFIGURATION, "set_config", { ssl: "flexible" })],
    ["HSTS that is removed", rule(RESPONSE, "rewrite", header("Strict-Transport-Security"))],
    ["HSTS that is removed, in lower case", rule(RESPONSE, "rewrite", header("strict-transport-security"))],
    ["another weaker mode", rule(CONFIGURATION, "set_config", { ssl: "full" })],
  ])("breaks PORTS-1: %s", (_, change) => {
    expect(verdicts(change)).toEqual({ ...ALL_PROVEN, "PORTS-1": "violated" });
  });

  test.each([
    ["a mode that the apply knows", rule(CONFIGURATION, "set_config", { ssl: "${var.mode}" })],
    ["an unknown mode", rule(CONFIGURATION, "set_config", { ssl: "origin_pull" })],
    ["a configuration that the apply knows", rule(CONFIGURATION, "set_config", "${var.p}" as unknown as Tree)],
  ])("leaves PORTS-1 undecided: %s", (_, change) => {
    expect(verdicts(change)).toEqual({ ...ALL_PROVEN, "PORTS-1": "undecided" });
  });

  test.each([
    ["headers that the apply knows", rule(RESPONSE, "rewrite", { headers: "${var.headers}" })],
    ["a rewrite that the apply knows", rule(RESPONSE, "rewrite", "${var.p}" as unknown as Tree)],
  ])("leaves undecided PORTS-1, PORTS-2 and WEB-1, whose secret it may answer: %s", (_, change) => {
    const undecided = { "PORTS-1": "undecided", "PORTS-2": "undecided", "WEB-1": "undecided" };
    expect(verdicts(change)).toEqual({ ...ALL_PROVEN, ...undecided });
  });

  test.each([
    ["another configuration that the apply knows", rule(CONFIGURATION, "set_config", { bic: "${var.bic}" })],
    ["no mode", rule(CONFIGURATION, "set_config", { ssl: null, bic: true })],
    [
      "a value of another header that the apply knows",
      rule(RESPONSE, "rewrite", { headers: { "X-Version": { operation: "set", value: "${var.version}" } } }),
    ],
    ["the same mode", rule(CONFIGURATION, "set_config", { ssl: "strict" })],
    ["another configuration", rule(CONFIGURATION, "set_config", { rocket_loader: true })],
    ["another header", rule(RESPONSE, "rewrite", header("X-Powered-By"))],
    ["requests that there are none of", rule(CONFIGURATION, "set_config", { ssl: "off" }, "ssl and not ssl")],
  ])("breaks nothing: %s", (_, change) => {
    expect(verdicts(change)).toEqual(ALL_PROVEN);
  });
});

describe("80", () => {
  test("may lead elsewhere where a rule changes the target of answers", () => {
    const change = rule(RESPONSE, "rewrite", header("Location"));
    expect(verdicts(change)).toEqual({ ...ALL_PROVEN, "PORTS-2": "undecided" });
    expect(verdicts(rule(RESPONSE, "rewrite", header("Location"), "ssl"))).toEqual(ALL_PROVEN);
  });

  const without: ShopChange = ({ json: { resource } }) => {
    const { redirects = {} } = resource["cloudflare_ruleset"] ?? {};
    redirects["rules"] = [];
  };
  const onlyFor =
    (condition: string): ShopChange =>
    ({ json: { resource } }) => {
      const { redirects = {} } = resource["cloudflare_ruleset"] ?? {};
      const [first = {}] = redirects["rules"] as readonly Tree[];
      redirects["rules"] = [{ ...first, expression: `(${String(first["expression"])}) and ${condition}` }];
    };

  test("has to redirect: that it is blocked isn't enough", () => {
    expect(inWords(judged("PORTS-2", without))).toContain("isn't redirected to 443");
  });

  test.each([`http.host eq "${HOST}"`, 'http.request.method eq "GET"', "not ip.src in {198.51.100.0/24}"])(
    "has to redirect every request for a declared host, not only where %s",
    (condition) => {
      expect(judged("PORTS-2", onlyFor(condition)).verdict).toBe("violated");
    },
  );

  test("may be blocked for hosts that nobody declared", () => {
    expect(verdicts(onlyFor('http.host ne "undeclared.shop.dev"'))).toEqual(ALL_PROVEN);
  });
});
