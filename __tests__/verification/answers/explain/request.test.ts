import { Accept } from "../../../../policy/accept";
import { AddressPlacement, EdgePart } from "../../../../policy/edge-options";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import { Webhook } from "../../../../policy/webhook";
import { explainRequest } from "../../../../verification/answers/explain/explain";
import { exitCodeOf } from "../../../../verification/answers/explain/explanation";
import { aGuest, anEnvironment, ZONE_ID } from "../../../support/environments";
import { pointerTo, replaceAt } from "../../../support/proof-scenes";
import { appOf, asked, stepOf, withResource, withRules, withRuleset } from "./app";

const CUSTOM = "http_request_firewall_custom";
const GUARD = "edge_hook_1_only_meta";
const PORTS = "edge_ports_1_only_https";
const REDIRECT = "edge_ports_2_redirect_to_https";

describe("a request that is blocked", () => {
  const explanation = asked();

  test("is explained by the rule that blocks it, where that stands and the statement that it holds", () => {
    const { decision, decidedBy } = explanation;
    expect(decision).toEqual({ kind: "block", status: 403 });
    expect(decidedBy?.rule).toMatchObject({
      ref: GUARD,
      description: "HOOK-1: only meta may call /webhooks/meta",
      path: "shop/Edge/Rules-http_request_firewall_custom/Resource",
      pointer: expect.stringMatching(/^\/resource\/cloudflare_ruleset\/Edge_Rules-.*\/rules\/1$/) as string,
    });
    expect(decidedBy?.statements).toMatchObject([{ id: "HOOK-1", verdict: "proven", strength: "enforced" }]);
    expect(exitCodeOf(explanation)).toBe(0);
  });

  test("says what of the rule's condition is true of it", () => {
    expect(explanation.decidedBy?.because).toEqual([
      {
        conjunct: 'lower(url_decode(http.request.uri.path, "r")) contains "/webhooks/meta"',
        saw: 'it is "/webhooks/meta"',
      },
      { conjunct: "not ip.src in {…}", saw: "8.8.8.8 is not in meta (31.13.24.0/21 and 26 more)" },
    ]);
  });

  test("says of each rule before it why it didn't match, and of those behind it that they weren't reached", () => {
    expect(stepOf(explanation, REDIRECT)).toMatchObject({
      state: "not matched",
      why: { conjunct: "not ssl", facts: [{ conjunct: "not ssl", saw: "ssl is true" }] },
    });
    expect(stepOf(explanation, PORTS).why).toEqual({
      conjunct: "not ssl or cf.edge.server_port ne 443",
      facts: [
        { conjunct: "not ssl", saw: "ssl is true" },
        { conjunct: "cf.edge.server_port ne 443", saw: "it is 443" },
      ],
    });
    expect(stepOf(explanation, "edge_web_1_secret_shop").state).toBe("not reached");
    expect(explanation.origin).toMatchObject({ isReached: false, headers: [] });
  });

  test("meets the phases in the platform's order", () => {
    expect(explanation.phases.map(({ name }) => name)).toEqual([
      "http_request_dynamic_redirect",
      "http_request_firewall_custom",
      "http_request_late_transform",
    ]);
  });

  test("names the status that a rule's own response has", () => {
    const rule = {
      ref: "gone",
      expression: "true",
      action: "block",
      action_parameters: { response: { status_code: 410, content: "gone", content_type: "text/plain" } },
    };
    expect(asked({}, withRules(CUSTOM, rule)).decision).toEqual({ kind: "block", status: 410 });
  });
});

describe("a request that passes", () => {
  test.each(["31.13.24.5", "2a03:2880::5"])("says why the guard lets Meta's %s through", (from) => {
    const explanation = asked({ from });
    expect(explanation.decision).toEqual({ kind: "origin" });
    expect(explanation.decidedBy).toBeUndefined();
    expect(explanation.request.from).toEqual({ address: from, sets: ["meta"], isAnyone: false });
    const [fact] = stepOf(explanation, GUARD).why?.facts ?? [];
    expect(fact?.saw).toMatch(new RegExp(`^${from} is in meta \\([0-9a-f.:]+/\\d+\\)$`));
  });

  test("names the origin and the secret's variable, never a value", () => {
    const { origin } = asked({ from: "31.13.24.5" });
    expect(origin).toMatchObject({
      isReached: true,
      address: "shop.onrender.com",
      headers: [{ name: "X-Edge-Secret", value: "${var.edge_secret_shop}", by: "edge_web_1_secret_shop" }],
      statements: [
        {
          id: "WEB-1",
          assumptions: expect.arrayContaining(["the application refuses requests without the edge secret"]) as string[],
        },
      ],
    });
  });

  test("hides a secret that stands in the JSON", () => {
    const explanation = asked({ from: "31.13.24.5" }, (folder) => {
      const pointer = pointerTo(folder, "shop", "cloudflare_ruleset", "late_transform");
      const at = `${pointer}/rules/0/action_parameters/headers/X-Edge-Secret/value`;
      replaceAt(folder, "shop", at, () => "correct-horse-battery-staple");
    });
    expect(explanation.origin.headers).toMatchObject([{ name: "X-Edge-Secret", value: "(hidden)" }]);
    expect(JSON.stringify(explanation)).not.toContain("correct-horse");
  });

  test("hides what its client sends as a credential, also where a rule looks at it", () => {
    const looks = (field: string) => ({ ref: field, expression: `any(${field}[*] eq "x")`, action: "log" });
    const cookie = { ref: "cookie", expression: 'http.cookie contains "x"', action: "log" };
    const explanation = asked(
      { headers: ["Authorization: Bearer hush", "Cookie: sid=hush", "X-Edge-Secret: hush", "X-Team: red"] },
      withRules(
        CUSTOM,
        looks('http.request.headers["authorization"]'),
        looks("http.request.headers.values"),
        looks('http.request.headers["x-team"]'),
        cookie,
      ),
    );
    expect(JSON.stringify(explanation)).not.toContain("hush");
    expect(stepOf(explanation, "cookie").why?.facts[0]?.saw).toBe("(hidden)");
    expect(stepOf(explanation, 'http.request.headers["x-team"]').why?.facts[0]?.saw).toContain('["red"]');
  });
});

describe("a request on port 80", () => {
  test("is redirected, and the answer says where to", () => {
    const explanation = asked({ url: "http://app.shop.dev/a?b=c" });
    const location = "https://app.shop.dev/a?b=c";
    expect(explanation.decision).toEqual({ kind: "redirect", status: 301, location });
    expect(explanation.decidedBy?.statements.map(({ id }) => id)).toEqual(["PORTS-2"]);
  });

  test("with a port in its Host is not, and the rule's conjunct says so", () => {
    const explanation = asked({ url: "http://app.shop.dev/", headers: ["Host: app.shop.dev:80"] });
    expect(explanation.decision.kind).toBe("block");
    expect(stepOf(explanation, REDIRECT).why?.facts).toEqual([
      { conjunct: 'not http.host contains ":"', saw: 'it is "app.shop.dev:80"' },
    ]);
  });
});

describe("another port", () => {
  test("meets the rules where the edge answers on it, with a Host that names it", () => {
    const explanation = asked({ url: "https://app.shop.dev:8443/" });
    expect(explanation.request).toMatchObject({ port: 8443, host: "app.shop.dev:8443" });
    expect(explanation.decidedBy?.rule.ref).toBe(PORTS);
  });

  test.each([
    ["https://app.shop.dev:5432/", "the edge doesn't answer on port 5432"],
    ["http://app.shop.dev:443/", "the edge speaks https on port 443, not http"],
  ])("is refused where it doesn't: %s", (url, reason) => {
    expect(asked({ url })).toMatchObject({ decision: { kind: "refused", reason }, phases: [] });
  });

  test("is undecided where a Spectrum application may open it", () => {
    const application = { zone_id: ZONE_ID, protocol: "tcp/22", dns: { type: "CNAME", name: "ssh.shop.dev" } };
    const explanation = asked(
      { url: "https://app.shop.dev:22/" },
      withResource("cloudflare_spectrum_application", application),
    );
    expect(explanation.decision).toMatchObject({ kind: "undecided", byTheRules: { kind: "refused" } });
  });
});

describe("the path", () => {
  test("is shown as it is sent and as the rules see it", () => {
    const { normalisation, decision } = asked({ url: "https://app.shop.dev/x/../%77ebhooks//meta?a=b" });
    expect(normalisation).toEqual({ isOn: true, before: "/x/../%77ebhooks//meta", after: "/webhooks/meta" });
    expect(decision.kind).toBe("block");
  });

  test("stays as it is where the zone doesn't normalise", () => {
    const explanation = asked({ url: "https://app.shop.dev/x/../a" }, (folder) => {
      const pointer = pointerTo(folder, "shop", "cloudflare_url_normalization_settings");
      replaceAt(folder, "shop", `${pointer}/scope`, () => "none");
    });
    expect(explanation.normalisation).toEqual({ isOn: false, before: "/x/../a", after: "/x/../a" });
  });
});

describe("without an address", () => {
  test("it is anyone's, in no set that has a name or that a rule asks for, and IPv6 is looked at too", () => {
    const { from: _, ...options } = { url: "https://app.shop.dev/webhooks/meta", from: "" };
    const rule = { ref: "office", expression: "ip.src in {192.0.2.0/24}", action: "block" };
    const { request, notes, decidedBy } = explainRequest(appOf(withRules(CUSTOM, rule)), options);
    expect(request.from).toEqual({ address: "198.51.100.1", sets: [], isAnyone: true });
    expect(decidedBy?.rule.ref).toBe(GUARD);
    expect(notes).toEqual(["from 2001:db8::1 it ends the same"]);
  });

  test("it says where IPv6 ends elsewhere", () => {
    const rule = { ref: "six", expression: "ip.src in {2000::/3}", action: "block" };
    const { notes } = explainRequest(appOf(withRules(CUSTOM, rule)), { url: "https://app.shop.dev/" });
    expect(notes).toEqual(["from 2001:db8::1 it ends differently: ask with --from 2001:db8::1"]);
  });
});

describe("names of addresses", () => {
  const stranger = Webhook.from("/webhooks/billing", "billing", ["198.51.100.0/24"]);
  const environment = anEnvironment({
    webhooks: [Webhook.meta("/webhooks/meta"), stranger],
    egress: EgressAddresses.dedicated("egs-c0ffee0c0ffee", ["203.0.113.10"]),
    edge: { addresses: AddressPlacement.LIST },
  });
  const ask = (from: string, url = "https://app.shop.dev/webhooks/billing") =>
    explainRequest(appOf(undefined, [environment]), { url, from });

  test("are the environment's own senders, its egress and its lists", () => {
    expect(ask("203.0.113.10").request.from.sets).toEqual(["egress of shop"]);
    expect(ask("198.51.100.7").request.from.sets).toContain("billing");
    expect(ask("198.51.100.7").request.from.sets.some((name) => name.startsWith("the list $"))).toBe(true);
    expect(ask("173.245.48.1").request.from.sets).toEqual(["cloudflare"]);
  });

  test("stand in what was seen, also where a rule asks for a list", () => {
    const { decidedBy } = ask("203.0.113.10");
    expect(decidedBy?.because.at(-1)?.conjunct).toMatch(/^not ip\.src in \$/);
    expect(decidedBy?.because.at(-1)?.saw).toBe("203.0.113.10 is not in billing (198.51.100.0/24)");
  });
});

describe("rules that may stop it and needn't", () => {
  const challenge = { ref: "bots", expression: "true", action: "managed_challenge" };
  const limit = { ref: "limit", expression: 'http.request.uri.path eq "/"', action: "block", ratelimit: {} };

  test("don't decide: they are named beside the decision", () => {
    const explanation = asked({ url: "https://app.shop.dev/" }, (folder) => {
      withRules(CUSTOM, challenge)(folder);
      withRuleset("http_ratelimit", { enabled: true, ...limit })(folder);
    });
    expect(explanation.decision).toEqual({ kind: "origin" });
    expect(explanation.unless).toEqual(["bots (custom rules: managed_challenge)", "limit (rate limits: block)"]);
    expect(stepOf(explanation, "limit").does).toBe("may stop it: block");
    expect(exitCodeOf(explanation)).toBe(0);
  });

  test("aren't named where they certainly don't match, or aren't reached", () => {
    const { unless, phases } = asked({}, (folder) => {
      withRules(CUSTOM, { ...challenge, expression: "not ssl" })(folder);
      withRuleset("http_ratelimit", { enabled: true, ...limit, expression: "true" })(folder);
    });
    expect(unless).toEqual([]);
    expect(phases.map(({ name }) => name).indexOf("http_ratelimit")).toBe(2);
  });
});

describe("a rule that skips", () => {
  test("leaves out the rest of its phase, and is named there", () => {
    const skip = { ref: "skip", expression: "true", action: "skip", action_parameters: { ruleset: "current" } };
    const explanation = asked({}, withRules(CUSTOM, skip));
    expect(explanation.decision.kind).toBe("origin");
    expect(stepOf(explanation, GUARD)).toMatchObject({ state: "skipped", by: "skip" });
  });

  test("decides where a rule behind it would have ended the request, and only there", () => {
    const skip = { ref: "skip", expression: "true", action: "skip", action_parameters: { ruleset: "current" } };
    const change = withRules(CUSTOM, skip);
    expect(asked({}, change).decidedBy?.rule.ref).toBe("skip");
    expect(asked({ url: "https://app.shop.dev/" }, change).decidedBy).toBeUndefined();
    expect(asked({ url: "http://app.shop.dev/" }, change).decidedBy?.rule.ref).not.toBe("skip");
  });

  test("leaves out the rate limits that it names", () => {
    const skip = { ref: "skip", expression: "true", action: "skip", action_parameters: { phases: ["http_ratelimit"] } };
    const explanation = asked({ from: "31.13.24.5" }, (folder) => {
      withRules(CUSTOM, skip)(folder);
      withRuleset("http_ratelimit", { ref: "limit", enabled: true, expression: "true", action: "block" })(folder);
    });
    expect(stepOf(explanation, "limit")).toMatchObject({ state: "skipped", by: "skip" });
    expect(explanation.unless).toEqual([]);
  });
});

describe("nobody can say", () => {
  const undecided = (change: Parameters<typeof asked>[1], url = "https://app.shop.dev/webhooks/meta") => {
    const explanation = asked({ url }, change);
    expect(exitCodeOf(explanation)).toBe(2);
    const { decision } = explanation;
    if (decision.kind !== "undecided") throw new Error(decision.kind);
    return { explanation, decision, reasons: decision.reasons.map(({ reason }) => reason).join("\n") };
  };

  test("where a rule asks what isn't known of the request: the rule and the question are named", () => {
    const rule = { ref: "geo", expression: 'ssl and ip.src.country eq "XX"', action: "block" };
    const { explanation, reasons } = undecided(withRules(CUSTOM, rule));
    expect(reasons).toBe("rule geo: the value of ip.src.country is not known");
    expect(stepOf(explanation, "geo").why).toEqual({
      conjunct: 'ip.src.country eq "XX"',
      facts: [{ conjunct: 'ip.src.country eq "XX"', saw: "the value of ip.src.country is not known" }],
    });
    expect(explanation.decidedBy?.rule.ref).toBe("geo");
    expect(stepOf(explanation, GUARD).state).toBe("matched");
  });

  test.each([
    ["an action that isn't known", { action: "teleport", expression: "true" }, /the action teleport/],
    ["a condition that can't be read", { action: "block", expression: "no.such eq 1" }, /no\.such/],
    ["a condition that only the apply knows", { action: "block", expression: "${var.x}" }, /only the apply knows/],
  ])("where a rule has %s", (_what, rule, reason) => {
    expect(undecided(withRules(CUSTOM, { ref: "odd", ...rule })).reasons).toMatch(reason);
  });

  test("where the URL is rewritten before the rules that see it", () => {
    const rewrite = {
      ref: "move",
      enabled: true,
      expression: 'starts_with(http.request.uri.path, "/webhooks")',
      action: "rewrite",
      action_parameters: { uri: { path: { value: "/x" } } },
    };
    const { explanation, reasons } = undecided(withRuleset("http_request_transform", rewrite));
    expect(reasons).toMatch(/rule move: it rewrites the URL/);
    expect(stepOf(explanation, GUARD).state).toBe("undecided");
    const elsewhere = asked({ url: "https://app.shop.dev/" }, withRuleset("http_request_transform", rewrite));
    expect(elsewhere.decision.kind).toBe("origin");
    expect(stepOf(elsewhere, "move").why?.facts[0]?.saw).toBe('http.request.uri.path is "/"');
    const redirected = asked({ url: "http://app.shop.dev/webhooks" }, withRuleset("http_request_transform", rewrite));
    expect(redirected.decision.kind).toBe("redirect");
  });

  test("where a phase isn't modelled", () => {
    const rule = { ref: "new", enabled: true, expression: "true", action: "block" };
    expect(undecided(withRuleset("http_request_sanitize", rule), "https://app.shop.dev/").reasons).toBe(
      "rules of http_request_sanitize",
    );
  });

  test("where something else could answer, though the rules alone are clear", () => {
    const { decision, reasons } = undecided(
      withResource("cloudflare_workers_route", { zone_id: ZONE_ID, pattern: "*/*" }),
    );
    expect(decision.byTheRules).toEqual({ kind: "block", status: 403 });
    expect(reasons).toBe(
      "what a cloudflare_workers_route does isn't modelled: it answers, checks or names a host that it is given",
    );
    expect(decision.reasons[0]?.place).toMatchObject({ stack: "shop" });
  });

  test("where the host's requests don't meet the edge", () => {
    const { reasons } = undecided((folder) => {
      const pointer = pointerTo(folder, "shop", "cloudflare_dns_record");
      replaceAt(folder, "shop", `${pointer}/proxied`, () => false);
    });
    expect(reasons).toMatch(/^app\.shop\.dev is published with its origin's own address/);
  });

  test("where the platform's own redirect answers before the rules, on port 80 alone", () => {
    const always = (folder: Parameters<NonNullable<Parameters<typeof asked>[1]>>[0]) => {
      const pointer = pointerTo(folder, "shop", "cloudflare_zone_setting", "always_use_https");
      replaceAt(folder, "shop", `${pointer}/value`, () => "on");
    };
    expect(undecided(always, "http://app.shop.dev/").reasons).toMatch(/always_use_https is "on"/);
    expect(asked({}, always).decision.kind).toBe("block");
  });

  test("where a part that decides is left to others", () => {
    const environment = anEnvironment({
      edge: { leave: [EdgePart.WEBHOOK_GUARD] },
      accept: [Accept.declared("HOOK-1", "the guard is another team's until they move it")],
    });
    const { decision } = explainRequest(appOf(undefined, [environment]), { url: "https://app.shop.dev/webhooks/meta" });
    expect(decision).toMatchObject({ kind: "undecided", byTheRules: { kind: "origin" } });
  });
});

describe("the edge that a request meets", () => {
  const environments = [anEnvironment(), aGuest("preview", "shop")];
  const ask = (url: string, environment?: string) =>
    explainRequest(appOf(undefined, environments), {
      url,
      from: "8.8.8.8",
      ...(environment === undefined ? {} : { environment }),
    });

  test("is that of the zone's owner for the host of a guest, with the guest's origin and secret", () => {
    const { environment, zone, origin } = ask("https://preview.shop.dev/");
    expect({ environment, zone }).toEqual({ environment: "preview", zone: "shop.dev" });
    expect(origin).toMatchObject({
      address: "shop-preview.onrender.com",
      headers: [{ value: "${var.edge_secret_preview}" }],
    });
  });

  test("is unknown for another host, and the error names those that there are", () => {
    expect(() => ask("https://elsewhere.example/")).toThrow(
      /"elsewhere\.example", which no environment has; allowed: app\.shop\.dev \(shop\), preview\.shop\.dev \(preview\)/,
    );
    expect(() => ask("https://elsewhere.example/", "nobody")).toThrow(/"nobody"; allowed: shop, preview/);
  });

  test("can be named for another host, which has no declared origin", () => {
    const { decision, origin } = ask("https://elsewhere.example/", "shop");
    expect(decision.kind).toBe("origin");
    expect(origin).toEqual({ isReached: true, headers: [], statements: [] });
  });

  test.each(["https://APP.shop.dev/webhooks/meta", "https://app.shop.dev./webhooks/meta"])(
    "is found in another spelling: %s",
    (url) => {
      expect(ask(url).environment).toBe("shop");
    },
  );
});

describe("a rule of others", () => {
  const foreign = { ref: "neighbour", action: "block", expression: "ip.src in {8.8.8.0/24 192.0.2.0/24}" };
  const change = withRules(CUSTOM, foreign);

  test("is named as what decides, and holds no statement, though the proof meets it first", () => {
    const explanation = asked({}, change);
    expect(explanation.decidedBy).toMatchObject({ rule: { ref: "neighbour" }, statements: [] });
    expect(stepOf(explanation, "neighbour").statements).toEqual([]);
  });
});
