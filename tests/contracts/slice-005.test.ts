import { STATEMENT_IDS, STATEMENTS, type StatementId } from "../../policy/statements";
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
} from "../../__tests__/support/edge-requests";
import { addressesOf, predecessorsOf, resourcesOf } from "../../__tests__/support/synthesized";
import type { EdgeRequest } from "../../verification/evaluate/edge-request";
import { type Destination, trace } from "../../verification/evaluate/trace";
import { edgeZonesOf, type EdgeZone } from "../../verification/model/edge-zone";
import { synthesizeApp, type TerraformJson, withoutControls } from "./synthesized-app";

/*
 * The policy table on the Terraform JSON that the real app synthesizes. With CONTRACT_CONTROLS=removed the same assertions
 * run on the same JSON with every control taken out, and each of them fails: `npm run red`.
 */

const STACKS = [
  { stack: "production", host: "app.example.com" },
  { stack: "staging", host: "app.example.net" },
  { stack: "dev", host: "app.example.org" },
] as const;

const synthesized = synthesizeApp();
const controlled = process.env["CONTRACT_CONTROLS"] !== "removed";

function jsonOf(stack: string): TerraformJson {
  const json = synthesized[stack] ?? {};
  return controlled ? json : withoutControls(json);
}

/** The one zone that a stack has an edge for. */
function zoneOf(stack: string): EdgeZone {
  const zones = edgeZonesOf(jsonOf(stack));
  expect(zones).toHaveLength(1);
  return zones[0] as EdgeZone;
}

/** Where requests end in a stack's zone: each destination once. */
function destinations(stack: string, requests: readonly EdgeRequest[]): readonly Destination["kind"][] {
  const zone = zoneOf(stack);
  expect(requests).not.toEqual([]);
  return [...new Set(requests.map((request) => trace(zone, request).destination.kind))];
}

/** What a request that the edge lets through looks like at the origin. */
function served(stack: string): Destination {
  return { kind: "origin", headers: { "x-edge-secret": `\${var.edge_secret_${stack}}` } };
}

function settingOf(stack: string, id: string): unknown {
  return resourcesOf(jsonOf(stack), "cloudflare_zone_setting").find((setting) => setting["setting_id"] === id)?.[
    "value"
  ];
}

const covered = new Set<StatementId>();

/** The assertions of one statement, made on every stack. */
function statement(id: StatementId, assertions: Readonly<Record<string, (stack: string, host: string) => void>>): void {
  covered.add(id);
  describe(`${id}: ${STATEMENTS[id].sentence}`, () => {
    describe.each(STACKS)("$stack", ({ stack, host }) => {
      for (const [fact, assert] of Object.entries(assertions)) {
        test(fact, () => {
          assert(stack, host);
        });
      }
    });
  });
}

statement("PORTS-1", {
  "every port of the proxy but 443 and 80 is blocked": (stack, host) => {
    const requests = OTHER_PORTS.map((port) => ({ ...port, host, target: "/", from: "8.8.8.8" }));
    expect(destinations(stack, requests)).toEqual(["block"]);
  },
  "443 is served, with the edge's secret": (stack, host) => {
    const zone = zoneOf(stack);
    for (const request of everyRequest([host], ELSEWHERE, ANYONE)) {
      expect(trace(zone, request).destination).toEqual(served(stack));
    }
  },
  "443 speaks HTTPS: TLS 1.2 at least, 1.3 offered, strict to the origin, HSTS": (stack) => {
    expect({
      least: settingOf(stack, "min_tls_version"),
      tls13: settingOf(stack, "tls_1_3"),
      origin: settingOf(stack, "ssl"),
      hsts: settingOf(stack, "security_header"),
    }).toEqual({
      least: "1.2",
      tls13: "on",
      origin: "strict",
      hsts: {
        strict_transport_security: expect.objectContaining({ enabled: true, max_age: 31_536_000 }) as unknown,
      },
    });
  },
  "every host is proxied, and public only after the rules and settings": (stack) => {
    const json = jsonOf(stack);
    const records = addressesOf(json, "cloudflare_dns_record");
    const first = records.map((record) =>
      [...predecessorsOf(json, record)].map((address) => address.split(".")[0]).sort(),
    );
    expect(resourcesOf(json, "cloudflare_dns_record").map(({ proxied }) => proxied)).toEqual(records.map(() => true));
    expect(first).toEqual([
      [
        ...Array<string>(3).fill("cloudflare_ruleset"),
        "cloudflare_url_normalization_settings",
        ...Array<string>(5).fill("cloudflare_zone_setting"),
      ],
    ]);
  },
});

statement("PORTS-2", {
  "a request on 80 is sent to the same host, path and query on 443": (stack, host) => {
    const sent = trace(zoneOf(stack), http(host, "/a%2Fb?c=d", "8.8.8.8")).destination;
    expect(sent).toEqual({ kind: "redirect", status: 301, location: `https://${host}/a%2Fb?c=d` });
  },
  "whatever host it names, a request on 80 is redirected or blocked": (stack, host) => {
    const hosts = [...spellingsOfHost(host), `${host}:80`];
    const requests = hosts.flatMap((name) => ELSEWHERE.map((target) => http(name, target, "8.8.8.8")));
    expect(destinations(stack, requests)).not.toContain("origin");
  },
  "nothing but the rule redirects": (stack) => {
    expect(settingOf(stack, "always_use_https")).toBe("off");
  },
});

statement("HOOK-1", {
  "nobody but Meta reaches the webhook, however path and host are spelled": (stack, host) => {
    const targets = [...SPELLINGS_OF_THE_WEBHOOK, ...NEAR_THE_WEBHOOK];
    const requests = everyRequest(spellingsOfHost(host), targets, [...ANYONE, ...BESIDE_META]);
    expect(destinations(stack, requests)).toEqual(["block"]);
  },
  "Meta reaches the webhook, and the origin knows that it came through the edge": (stack, host) => {
    const zone = zoneOf(stack);
    for (const request of everyRequest([host], SPELLINGS_OF_THE_WEBHOOK, META)) {
      expect(trace(zone, request).destination).toEqual(served(stack));
    }
  },
  "rules and origin see the same normalised path": (stack) => {
    expect(resourcesOf(jsonOf(stack), "cloudflare_url_normalization_settings")).toEqual([
      expect.objectContaining({ scope: "both", type: "cloudflare" }),
    ]);
  },
});

statement("WEB-1", {
  "the origin gets the environment's secret, whatever the client sends": (stack, host) => {
    const headers = { "x-edge-secret": ["guess"] };
    expect(trace(zoneOf(stack), { ...https(host, "/", "8.8.8.8"), headers }).destination).toEqual(served(stack));
  },
});

describe("open", () => {
  for (const id of STATEMENT_IDS.filter((statementId) => !covered.has(statementId))) {
    test.todo(`${id}: ${STATEMENTS[id].sentence}`);
  }
});
