import manifest from "../../appliers/manifest.json";
import { appliedStatesOf } from "../../__tests__/support/applied-states";
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
import { edgeZonesIn } from "../../__tests__/support/edge-zones";
import { addressesOf, predecessorsOf, resourcesOf } from "../../__tests__/support/synthesized";
import { STATEMENT_IDS, type StatementId, STATEMENTS } from "../../policy/statements";
import type { Destination } from "../../verification/edge/ends";
import type { EdgeRequest } from "../../verification/edge/evaluate/edge-request";
import { gatewayEnd } from "../../verification/gateway/evaluate";
import { trace } from "../../verification/edge/evaluate/trace";
import { lint } from "../../__tests__/support/lint";
import type { EdgeZone } from "../../verification/edge/zone";
import { gatewayOf } from "../../verification/gateway/account";
import { Model } from "../../verification/terraform/model";
import { ACCOUNT, API_HOSTS, STACKS } from "./promised-stacks";
import { REGISTERS, REPOSITORIES, SCAN_ASSERTIONS } from "./scan-assertions";
import { synthesizeApp, type TerraformJson, withoutControls } from "./synthesized-app";

/*
 * The policy table on the Terraform JSON that the real app synthesizes. With CONTRACT_CONTROLS=removed the same assertions
 * run on the same JSON with every control taken out, and each of them fails: `npm run red`.
 */

type Promised = (typeof STACKS)[number];

const synthesized = synthesizeApp();
const controlled = process.env["CONTRACT_CONTROLS"] !== "removed";

function jsonOf(stack: string): TerraformJson {
  const json = synthesized[stack] ?? {};
  return controlled ? json : withoutControls(json);
}

/** The one zone that a stack has an edge for. */
function zoneOf(stack: string): EdgeZone {
  const zones = edgeZonesIn(jsonOf(stack));
  expect(zones).toHaveLength(1);
  return zones[0] as EdgeZone;
}

/** Where requests end in a stack's zone: each destination once. */
function destinations(stack: string, requests: readonly EdgeRequest[]): readonly Destination["kind"][] {
  const zone = zoneOf(stack);
  expect(requests).not.toEqual([]);
  return [...new Set(requests.map((request) => trace(zone, request).destination.kind))];
}

/** The destination of a request that the edge lets through, as the origin sees it. */
function served(stack: string): Destination {
  return { kind: "origin", headers: { "x-edge-secret": `\${var.edge_secret_${stack}}` } };
}

/** The states of a kind that a stack applies through a platform's API, each by the very program that the manifest lists. */
function applied(stack: string, kind: string): readonly unknown[] {
  const states = appliedStatesOf(jsonOf(stack)).filter((state) => state.kind === kind);
  const hash = manifest.kinds.find((row) => row.kind === kind)?.hash;
  expect(states.map(({ resource }) => (resource["triggers"] as { program: string }).program)).toEqual(
    states.map(() => hash),
  );
  return states.map(({ desired }) => desired);
}

function settingOf(stack: string, id: string): unknown {
  return resourcesOf(jsonOf(stack), "cloudflare_zone_setting").find((setting) => setting["setting_id"] === id)?.[
    "value"
  ];
}

const covered = new Set<StatementId>();

/** The assertions of one statement, made on every stack that it concerns, or on every repository of one. */
function statementOn<Subject extends { readonly stack: string }>(
  subjects: readonly Subject[],
  title: string,
  id: StatementId,
  assertions: Readonly<Record<string, (subject: Subject) => void>>,
): void {
  covered.add(id);
  describe(`${id}: ${STATEMENTS[id].sentence}`, () => {
    describe.each(subjects)(title, (subject) => {
      for (const [fact, assert] of Object.entries(assertions)) {
        test(fact, () => {
          assert(subject);
        });
      }
    });
  });
}

function statement(id: StatementId, assertions: Readonly<Record<string, (promised: Promised) => void>>): void {
  statementOn(STACKS, "$stack", id, assertions);
}

statement("PORTS-1", {
  "every port of the proxy but 443 and 80 is blocked": ({ stack, host }) => {
    const requests = OTHER_PORTS.map((port) => ({ ...port, host, target: "/", from: "8.8.8.8" }));
    expect(destinations(stack, requests)).toEqual(["block"]);
  },
  "443 is served, with the edge's secret": ({ stack, host }) => {
    const zone = zoneOf(stack);
    for (const request of everyRequest([host], ELSEWHERE, ANYONE)) {
      expect(trace(zone, request).destination).toEqual(served(stack));
    }
  },
  "443 speaks HTTPS: TLS 1.2 at least, 1.3 offered, strict to the origin, HSTS": ({ stack }) => {
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
  "every host is proxied, and public only after the rules and settings": ({ stack }) => {
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
  "a request on 80 is sent to the same host, path and query on 443": ({ stack, host }) => {
    const sent = trace(zoneOf(stack), http(host, "/a%2Fb?c=d", "8.8.8.8")).destination;
    expect(sent).toEqual({ kind: "redirect", status: 301, location: `https://${host}/a%2Fb?c=d` });
  },
  "whatever host it names, a request on 80 is redirected or blocked": ({ stack, host }) => {
    const hosts = [...spellingsOfHost(host), `${host}:80`];
    const requests = hosts.flatMap((name) => ELSEWHERE.map((target) => http(name, target, "8.8.8.8")));
    expect(destinations(stack, requests)).not.toContain("origin");
  },
  "nothing but the rule redirects": ({ stack }) => {
    expect(settingOf(stack, "always_use_https")).toBe("off");
  },
});

statement("HOOK-1", {
  "nobody but Meta reaches the webhook, however path and host are spelled": ({ stack, host }) => {
    const targets = [...SPELLINGS_OF_THE_WEBHOOK, ...NEAR_THE_WEBHOOK];
    const requests = everyRequest(spellingsOfHost(host), targets, [...ANYONE, ...BESIDE_META]);
    expect(destinations(stack, requests)).toEqual(["block"]);
  },
  "Meta reaches the webhook, and the origin knows that it came through the edge": ({ stack, host }) => {
    const zone = zoneOf(stack);
    for (const request of everyRequest([host], SPELLINGS_OF_THE_WEBHOOK, META)) {
      expect(trace(zone, request).destination).toEqual(served(stack));
    }
  },
  "rules and origin see the same normalised path": ({ stack }) => {
    expect(resourcesOf(jsonOf(stack), "cloudflare_url_normalization_settings")).toEqual([
      expect.objectContaining({ scope: "both", type: "cloudflare" }),
    ]);
  },
});

statement("WEB-1", {
  "the origin gets the environment's secret, whatever the client sends": ({ stack, host }) => {
    const headers = { "x-edge-secret": ["guess"] };
    expect(trace(zoneOf(stack), { ...https(host, "/", "8.8.8.8"), headers }).destination).toEqual(served(stack));
  },
  "the origin has no onrender.com name any more, once Render has verified exactly the environment's hosts": ({
    stack,
    host,
    service,
  }) => {
    expect(applied(stack, "render-web-service-subdomain")).toEqual([
      { serviceId: service, renderSubdomainPolicy: "disabled", customDomains: [host] },
    ]);
  },
  "the onrender.com name goes off after the host's record": ({ stack }) => {
    const json = jsonOf(stack);
    const [subdomain = ""] = addressesOf(json, "null_resource").filter((address) => address.includes("Ingress"));
    expect(predecessorsOf(json, subdomain)).toContain(addressesOf(json, "cloudflare_dns_record")[0]);
  },
});

statement("PORTS-3", {
  "Postgres and its pooler admit the backend's addresses, no other IPv4 and no IPv6, and nothing else opens a port": ({
    stack,
    project,
    egress,
  }) => {
    const restrictions = applied(stack, "supabase-network-restrictions");
    const dbAllowedCidrs = egress.map((address) => `${address}/32`);
    expect({ restrictions, openings: lint(jsonOf(stack)) }).toEqual({
      restrictions: [{ projectRef: project, dbAllowedCidrs, dbAllowedCidrsV6: [] }],
      openings: [],
    });
  },
});

statement("PORTS-4", {
  "Redis admits no public address, and nothing else opens a port": ({ stack, keyValue }) => {
    const lists = applied(stack, "render-key-value-allow-list");
    expect({ lists, openings: lint(jsonOf(stack)) }).toEqual({
      lists: [{ keyValueId: keyValue, ipAllowList: [] }],
      openings: [],
    });
  },
});

statement("DB-1", {
  "the admitted addresses are the environment's own, or the deploy fails": ({ stack, egress }) => {
    const declared = applied(stack, "render-dedicated-addresses").map((state) => (state as { ips: unknown }).ips);
    expect(declared).toContainEqual(egress);
  },
  "the database admits them only after that is known": ({ stack, project }) => {
    const json = jsonOf(stack);
    const [database = ""] = addressesOf(json, "null_resource").filter((address) => address.includes(project));
    const first = [...predecessorsOf(json, database)].map((address) => address.replace(/_[0-9A-F]+$/, ""));
    expect(first).toEqual(["null_resource.Databases_EgressAddresses"]);
  },
});

statement("WORK-1", {
  "every worker is of a type without inbound, or the deploy fails": ({ stack, worker }) => {
    expect(applied(stack, "render-service-type")).toEqual([{ serviceId: worker, type: "background_worker" }]);
  },
});

statement("WORK-2", {
  "workers reach AI and payment APIs on 443 and nothing else, or it is declared which they should": ({
    stack,
    gateway,
  }) => {
    const { network } = gatewayOf(Model.of([{ name: stack, json: jsonOf(stack) }]), ACCOUNT);
    const elsewhere = ["example.com", "evil.api.stripe.com", "api.stripe.com.example.com", "stripe.com", ""];
    const answers = (hosts: readonly string[], port: number, protocol: "tcp" | "udp") =>
      new Set(
        gateway.flatMap((source) =>
          hosts.map((serverName) => gatewayEnd(network, { source, serverName, port, protocol }).answer),
        ),
      );
    const held = gateway.length > 0;
    expect({
      apis: answers(API_HOSTS, 443, "tcp"),
      otherHosts: answers(elsewhere, 443, "tcp"),
      otherPorts: answers(API_HOSTS, 80, "tcp"),
      udp: answers(elsewhere, 443, "udp"),
      devicesOfTheAccount: gatewayEnd(network, {
        source: "203.0.113.99",
        serverName: "example.com",
        port: 443,
        protocol: "tcp",
      }).answer,
      output: jsonOf(stack).output?.["worker_egress"]?.value,
    }).toEqual({
      apis: new Set(held ? ["allow"] : []),
      otherHosts: new Set(held ? ["block"] : []),
      otherPorts: new Set(held ? ["block"] : []),
      udp: new Set(held ? ["block"] : []),
      devicesOfTheAccount: "allow",
      output: expect.objectContaining({ strength: held ? "asserted" : "declared", hosts: API_HOSTS }) as unknown,
    });
  },
});

for (const id of ["PEN-1", "PEN-2", "SCAN-1", "SCAN-2", "SCAN-3", "SCAN-4"] as const) {
  const facts = Object.entries(SCAN_ASSERTIONS[id]).map(
    ([fact, assert]) =>
      [
        fact,
        (promised: (typeof REPOSITORIES)[number]) => {
          assert(jsonOf(promised.stack), promised);
        },
      ] as const,
  );
  statementOn(id.startsWith("PEN") ? REGISTERS : REPOSITORIES, "$stack: $repository", id, Object.fromEntries(facts));
}

describe("open", () => {
  for (const id of STATEMENT_IDS.filter((statementId) => !covered.has(statementId))) {
    test.todo(`${id}: ${STATEMENTS[id].sentence}`);
  }
});
