import { EdgeFirewall } from "../../../constructs";
import { AddressPlacement } from "../../../policy/edge-options";
import { EdgePhase } from "../../../policy/edge-phase";
import type { Environment } from "../../../policy/environment";
import { Policy } from "../../../policy/policy";
import { Webhook } from "../../../policy/webhook";
import type { Destination } from "../../../verification/edge/ends";
import type { EdgeRequest } from "../../../verification/edge/evaluate/edge-request";
import { trace } from "../../../verification/edge/evaluate/trace";
import type { EdgeZone } from "../../../verification/edge/zone";
import {
  ANYONE,
  BESIDE_META,
  ELSEWHERE,
  everyRequest,
  http,
  https,
  META,
  NEAR_THE_WEBHOOK,
  OTHER_PORTS,
  SPELLINGS_OF_THE_WEBHOOK,
  spellingsOfHost,
} from "../../support/edge-requests";
import { edgeZonesIn } from "../../support/edge-zones";
import { aGuest, anEnvironment } from "../../support/environments";
import { aStack, jsonOf } from "../../support/synthesized";

const HOST = "app.shop.dev";

function zoneOf(owner: Environment, ...guests: readonly Environment[]): EdgeZone {
  const [policy] = Policy.across([owner, ...guests]);
  const [zone] = edgeZonesIn(jsonOf(aStack((stack) => new EdgeFirewall(stack, "Edge", policy?.edge as never))));
  if (zone === undefined) throw new Error("there is no zone");
  return zone;
}

/** The zone with the expression of one rule changed. */
function changed(zone: EdgeZone, ref: string, change: (expression: string) => string): EdgeZone {
  const phases = [...zone.phases].map(([phase, rules]) => {
    const edited = rules.map((rule) => (rule.ref === ref ? { ...rule, expression: change(rule.expression) } : rule));
    return [phase, edited] as const;
  });
  return { ...zone, phases: new Map(phases) };
}

const shop = zoneOf(anEnvironment());
const to = (zone: EdgeZone, request: EdgeRequest): Destination["kind"] => trace(zone, request).destination.kind;
const kinds = (zone: EdgeZone, requests: readonly EdgeRequest[]) => [
  ...new Set(requests.map((request) => to(zone, request))),
];

describe("a request on port 80", () => {
  const redirected = (request: EdgeRequest) => trace(shop, request).destination;

  test("is redirected to the same host, path and query on 443", () => {
    for (const [target, location] of [
      ["/", "https://app.shop.dev/"],
      ["/a/b?c=d&e=%2F", "https://app.shop.dev/a/b?c=d&e=%2F"],
      ["/a%2Fb", "https://app.shop.dev/a%2Fb"],
    ] as const) {
      expect(redirected(http(HOST, target, "8.8.8.8"))).toEqual({ kind: "redirect", status: 301, location });
    }
  });

  test("is redirected on the webhook path too, from any sender", () => {
    for (const from of [...ANYONE, ...META]) {
      expect(redirected(http(HOST, "/webhooks/meta", from)).kind).toBe("redirect");
    }
  });

  test("is blocked when its host names a port, since the redirect would lead back to it", () => {
    expect(redirected(http(`${HOST}:80`, "/", "8.8.8.8"))).toEqual({ kind: "block" });
    expect(redirected(http(`${HOST}:443`, "/", "8.8.8.8"))).toEqual({ kind: "block" });
  });

  test("passes on no host", () => {
    for (const host of [...spellingsOfHost(HOST), "", ":", "[::1]:80"]) {
      expect(["redirect", "block"]).toContain(redirected(http(host, "/", "8.8.8.8")).kind);
    }
  });

  test("would be sent back to port 80 if the rule didn't look at the host's port", () => {
    const careless = changed(shop, "edge_ports_2_redirect_to_https", () => "not ssl and cf.edge.server_port eq 80");
    expect(trace(careless, http(`${HOST}:80`, "/", "8.8.8.8")).destination).toMatchObject({
      location: "https://app.shop.dev:80/",
    });
  });
});

describe("a request on another port", () => {
  const elsewhere = OTHER_PORTS.map((port) => ({ ...port, host: HOST, target: "/", from: "8.8.8.8" }));

  test("is blocked on each that the proxy accepts", () => {
    expect(elsewhere).toHaveLength(11);
    expect(kinds(shop, elsewhere)).toEqual(["block"]);
  });

  test("would be redirected there if the redirect didn't name its port", () => {
    const careless = changed(shop, "edge_ports_2_redirect_to_https", () => "not ssl");
    expect(kinds(careless, elsewhere)).toEqual(["redirect", "block"]);
  });

  test("would pass if the block let it", () => {
    const open = changed(shop, "edge_ports_1_only_https", () => "not cf.edge.server_port in {80 443 8443}");
    expect(kinds(open, elsewhere)).toContain("origin");
  });
});

describe("a request to the webhook", () => {
  const spellings = everyRequest(spellingsOfHost(HOST), SPELLINGS_OF_THE_WEBHOOK, [...ANYONE, ...BESIDE_META]);
  const guard = "edge_hook_1_only_meta";

  test("is blocked from anyone but Meta, however path and host are spelled", () => {
    expect(spellings).toHaveLength(5 * 15 * 6);
    expect(kinds(shop, spellings)).toEqual(["block"]);
  });

  test("is blocked also where the path only comes near", () => {
    expect(kinds(shop, everyRequest([HOST], NEAR_THE_WEBHOOK, ANYONE))).toEqual(["block"]);
  });

  test("passes from Meta, from the first to the last address of a block", () => {
    expect(kinds(shop, everyRequest([HOST], SPELLINGS_OF_THE_WEBHOOK, META))).toEqual(["origin"]);
  });

  test("gets the same answer with every method", () => {
    for (const method of ["POST", "HEAD", "OPTIONS", "PATCH", "X"]) {
      expect(to(shop, { ...https(HOST, "/webhooks/meta", "8.8.8.8"), method })).toBe("block");
    }
  });

  test("gets the same answer with the addresses in a list", () => {
    const listed = zoneOf(anEnvironment({ edge: { addresses: AddressPlacement.LIST } }));
    expect(kinds(listed, spellings)).toEqual(["block"]);
    expect(kinds(listed, everyRequest([HOST], SPELLINGS_OF_THE_WEBHOOK, META))).toEqual(["origin"]);
  });

  test("is judged by its own sender where there are several", () => {
    const webhooks = [Webhook.meta("/webhooks/meta"), Webhook.from("/billing", "billing", ["8.8.8.8"])];
    const zone = zoneOf(anEnvironment({ webhooks }));
    expect(to(zone, https(HOST, "/billing", "8.8.8.8"))).toBe("origin");
    expect(to(zone, https(HOST, "/billing", "31.13.24.1"))).toBe("block");
    expect(to(zone, https(HOST, "/webhooks/meta", "8.8.8.8"))).toBe("block");
  });

  test("isn't let past the guard by another team's rule", () => {
    const skip = { phase: EdgePhase.CUSTOM, ref: "skip", description: "partner", expression: "true", action: "skip" };
    const zone = zoneOf(anEnvironment({ edge: { otherRules: [skip] } }));
    expect(kinds(zone, spellings)).toEqual(["block"]);
  });

  test.each([
    ["eq", (text: string) => text.replace(/^.* contains/, "http.request.uri.path eq")],
    [
      "starts_with",
      (text: string) => text.replace(/^.*? and not/, 'starts_with(http.request.uri.path, "/webhooks/meta") and not'),
    ],
    ["no decoding", (text: string) => text.replace('url_decode(http.request.uri.path, "r")', "http.request.uri.path")],
    ["a condition on the host", (text: string) => `http.host eq "${HOST}" and ${text}`],
    ["a condition on the method", (text: string) => `http.request.method eq "POST" and ${text}`],
    ["a wider block", (text: string) => text.replace("31.13.24.0/21", "31.13.0.0/16")],
    ["an added address", (text: string) => text.replace("{", "{8.8.8.8 ")],
  ])("would get past a guard with %s", (_what, change) => {
    expect(kinds(changed(shop, guard, change), spellings)).toContain("origin");
  });

  test("would get past the guard with a backslash or a dot segment if nothing were normalised", () => {
    expect(kinds({ ...shop, normalised: false }, spellings)).toContain("origin");
  });
});

describe("an ordinary request", () => {
  test("passes on 443, from anyone, with the environment's secret", () => {
    for (const request of everyRequest([HOST, HOST.toUpperCase()], ELSEWHERE, [...ANYONE, ...META])) {
      expect(trace(shop, request).destination).toEqual({
        kind: "origin",
        headers: { "x-edge-secret": "${var.edge_secret_shop}" },
      });
    }
  });

  test("can't bring a secret of its own", () => {
    const headers = { "x-edge-secret": ["guess"], accept: ["*/*"] };
    expect(trace(shop, { ...https(HOST, "/", "8.8.8.8"), headers }).destination).toMatchObject({
      headers: { "x-edge-secret": "${var.edge_secret_shop}", accept: "*/*" },
    });
  });

  test("carries no secret to a host that isn't the environment's", () => {
    for (const host of ["www.shop.dev", "shop.dev", `x.${HOST}`, `${HOST}.`, `${HOST}:443`, ""]) {
      expect(trace(shop, https(host, "/", "8.8.8.8")).destination).toEqual({ kind: "origin", headers: {} });
    }
  });

  test("carries the secret of its own environment where several share the zone", () => {
    const zone = zoneOf(anEnvironment(), aGuest("dev", "shop"));
    const secretOf = (host: string) => trace(zone, https(host, "/", "8.8.8.8")).destination;
    expect(secretOf(HOST)).toMatchObject({ headers: { "x-edge-secret": "${var.edge_secret_shop}" } });
    expect(secretOf("dev.shop.dev")).toMatchObject({ headers: { "x-edge-secret": "${var.edge_secret_dev}" } });
  });

  test("would carry the secret to every host if the rule said true", () => {
    const leaky = changed(shop, "edge_web_1_secret_shop", () => "true");
    expect(trace(leaky, https("www.shop.dev", "/", "8.8.8.8")).destination).toMatchObject({
      headers: { "x-edge-secret": "${var.edge_secret_shop}" },
    });
  });
});
