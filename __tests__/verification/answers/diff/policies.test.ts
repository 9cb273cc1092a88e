import { Accept } from "../../../../policy/accept";
import { Datastore } from "../../../../policy/datastore";
import { EdgePart } from "../../../../policy/edge-options";
import { EdgePhase } from "../../../../policy/edge-phase";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import type { Environment } from "../../../../policy/environment";
import { ApiHosts } from "../../../../policy/api-hosts";
import { Origin } from "../../../../policy/origin";
import { ScannedManifest } from "../../../../policy/scanned-manifest";
import { Severity } from "../../../../policy/snyk-options";
import { WebIngress } from "../../../../policy/web-ingress";
import { Webhook } from "../../../../policy/webhook";
import { Worker } from "../../../../policy/worker";
import { WorkerEgress } from "../../../../policy/worker-egress";
import { policyDifferences } from "../../../../verification/answers/diff/policies/environments";
import { aGuest } from "../../../support/environments";
import { A_CADENCE, aRepository } from "../../../support/repositories";
import { PROJECT, REDIS, SERVICE, SHOP, WORKER } from "./apps";

const OPEN: Environment = {
  ...SHOP,
  webhooks: [Webhook.from("/hooks/billing", "billing", ["198.51.100.0/25"])],
  ingress: WebIngress.renderAllowList(["198.51.100.0/25"], "seen in the logs of a whole month"),
  accept: [
    Accept.declared("PORTS-4", "nobody here needs a Redis to be closed"),
    Accept.thing("cloudflare/dns-record/1", "the status page, run by its vendor"),
  ],
  edge: {
    hsts: { maxAge: 31_536_000, includeSubDomains: true },
    leave: [EdgePart.TLS],
    otherRules: [
      { phase: EdgePhase.CUSTOM, ref: "a", description: "a rule", expression: "ssl", action: "log" },
      { phase: EdgePhase.CUSTOM, ref: "b", description: "a rule", expression: "ssl", action: "log" },
    ],
  },
  repositories: [aRepository("acme/api", { snyk: { severity: Severity.HIGH } })],
};

const sideOf = (environments: readonly Environment[]) => ({
  policies: environments.map((environment) => ({ environment })),
});

/** The differences that a change makes, each with its direction. */
const noticed = (before: readonly Environment[], after: readonly Environment[]): readonly string[] =>
  policyDifferences({ before: sideOf(before), after: sideOf(after) }).map(
    ({ direction, what }) => `${direction}: ${what}`,
  );
const both = (others: Partial<Environment>) => {
  const after = { ...OPEN, ...others };
  return [noticed([OPEN], [after]), noticed([after], [OPEN])];
};
const repository = (others: object): Partial<Environment> => ({
  repositories: [{ ...aRepository("acme/api", { snyk: { severity: Severity.HIGH } }), ...others }],
});
const without = (key: keyof Environment): Environment => {
  const { [key]: _, ...rest } = OPEN;
  return rest as Environment;
};

describe("a policy that promises less is weakened, and the way back is no weakening", () => {
  test.each<readonly [string, Partial<Environment>, string, string]>([
    [
      "a client's addresses",
      { webhooks: [Webhook.from("/hooks/billing", "billing", ["198.51.100.0/24"])] },
      "weakened: /hooks/billing admits 198.51.100.128/25 more",
      "strengthened: /hooks/billing admits 198.51.100.128/25 less",
    ],
    [
      "a guarded path",
      { webhooks: [] },
      "weakened: no longer guards /hooks/billing",
      "strengthened: guards /hooks/billing for billing",
    ],
    [
      "a statement",
      { accept: [...(OPEN.accept ?? []), Accept.declared("DB-1", "the database is elsewhere now")] },
      "weakened: DB-1 is only declared: the database is elsewhere now",
      "strengthened: no longer accepts: DB-1 is only declared",
    ],
    [
      "the egress",
      { egress: EgressAddresses.dedicated("egs-c0ffee", ["203.0.113.10", "203.0.113.11", "203.0.113.12"]) },
      "weakened: its egress has 203.0.113.12 more",
      "strengthened: its egress has 203.0.113.12 less",
    ],
    [
      "a wide exception",
      {
        datastores: [
          Datastore.supabase(PROJECT, { wideBlocks: "a whole region reaches it" }),
          Datastore.renderKeyValue(REDIS),
        ],
      },
      `weakened: ${PROJECT} may admit wide blocks: a whole region reaches it`,
      `strengthened: ${PROJECT} may no longer admit wide blocks`,
    ],
    [
      "what is listed for Render",
      { ingress: WebIngress.renderAllowList(["198.51.100.0/24"], "seen in the logs of a whole month") },
      "weakened: Render admits 198.51.100.128/25 more",
      "strengthened: Render admits 198.51.100.128/25 less",
    ],
    [
      "a worker's hosts",
      {
        workers: [
          Worker.render(WORKER, { reaches: [ApiHosts.OPENAI, { ...ApiHosts.STRIPE, hosts: ["api.stripe.com"] }] }),
        ],
      },
      `weakened: ${WORKER} may reach api.stripe.com`,
      `strengthened: ${WORKER} may no longer reach api.stripe.com`,
    ],
    [
      "the workers' addresses",
      {
        workerEgress: WorkerEgress.gateway(
          1_000,
          EgressAddresses.dedicated("egs-d0ffee", ["203.0.113.20", "203.0.113.21"]),
        ),
      },
      "weakened: Gateway takes for workers 203.0.113.21 more",
      "strengthened: Gateway takes for workers 203.0.113.21 less",
    ],
    [
      "HSTS",
      { edge: { ...OPEN.edge, hsts: { maxAge: 60, includeSubDomains: true } } },
      "weakened: edge.hsts.maxAge: 31536000 → 60",
      "strengthened: edge.hsts.maxAge: 60 → 31536000",
    ],
    [
      "a part of the edge",
      { edge: { ...OPEN.edge, leave: [EdgePart.TLS, EdgePart.DNS] } },
      "weakened: dns is left to others, so PORTS-1, PORTS-2, HOOK-1, WEB-1 is only declared",
      "strengthened: dns is no longer left to others",
    ],
    [
      "what the inventory lets be",
      { accept: [...(OPEN.accept ?? []), Accept.thing("render/service/srv-1", "a demo of last year")] },
      "weakened: render/service/srv-1 may be there: a demo of last year",
      "strengthened: no longer accepts: render/service/srv-1 may be there",
    ],
    [
      "a repository",
      { repositories: [] },
      "weakened: drops the repository acme/api",
      "strengthened: the repository acme/api is new",
    ],
    [
      "the severity",
      repository({ snyk: { severity: Severity.CRITICAL } }),
      "weakened: repositories[acme/api].snyk.severity: high → critical",
      "strengthened: repositories[acme/api].snyk.severity: critical → high",
    ],
    [
      "the gate's reviewers",
      repository({ gate: { terraformApp: "123456" } }),
      "weakened: nobody has to review what could change the gate",
      "strengthened: security has to review what could change the gate",
    ],
    [
      "the cadence",
      repository({ pentest: { ...A_CADENCE, cadenceDays: 366 } }),
      "weakened: repositories[acme/api].pentest.cadenceDays: 365 → 366",
      "strengthened: repositories[acme/api].pentest.cadenceDays: 366 → 365",
    ],
    [
      "whose test counts",
      repository({ pentest: { ...A_CADENCE, accreditations: ["CREST", "OSCP"] } }),
      "weakened: firms count that hold OSCP",
      "strengthened: firms no longer count that hold OSCP",
    ],
    [
      "the scope",
      repository({ pentest: { ...A_CADENCE, dashboard: ["https://admin.shop.dev"] } }),
      "weakened: the penetration test no longer covers https://app.shop.dev",
      "weakened: the penetration test no longer covers https://admin.shop.dev",
    ],
    [
      "the first due day",
      repository({ pentest: { ...A_CADENCE, adoptedOn: "2026-06-15" } }),
      "weakened: repositories[acme/api].pentest.adoptedOn: 2026-01-15 → 2026-06-15",
      "strengthened: repositories[acme/api].pentest.adoptedOn: 2026-06-15 → 2026-01-15",
    ],
    [
      "a manifest",
      repository({ manifests: [ScannedManifest.npm("package-lock.json")] }),
      "weakened: uv.lock of acme/api is no longer scanned",
      "weakened: package-lock.json of acme/api is no longer scanned",
    ],
  ])("%s", (_what, others, forwards, backwards) => {
    const [there, back] = both(others);
    expect(there).toContain(forwards);
    expect(back).toContain(backwards);
  });

  test.each<readonly [keyof Environment, string]>([
    ["ingress", "weakened: Render no longer admits listed addresses only"],
    ["workerEgress", "weakened: Gateway no longer holds its workers to the hosts that they reach"],
    ["datastores", `weakened: drops the datastore ${PROJECT}`],
    ["workers", `weakened: drops the worker ${WORKER}`],
  ])("without %s", (key, notice) => {
    expect(noticed([OPEN], [without(key)])).toContain(notice);
    expect(noticed([without(key)], [OPEN]).filter((each) => each.startsWith("weakened"))).toEqual([]);
  });

  test("without a gate, or a register", () => {
    const { gate: _, ...ungated } = aRepository("acme/api");
    const { pentest: __, ...untested } = aRepository("acme/api");
    const shop = (own: object): Environment => ({ ...OPEN, repositories: [own as ReturnType<typeof aRepository>] });
    const [full, open, untried] = [shop(aRepository("acme/api")), shop(ungated), shop(untested)];
    expect(noticed([full], [open])).toEqual(["weakened: a merge into acme/api needs no check any more"]);
    expect(noticed([full], [untried])).toEqual([
      "weakened: acme/api no longer keeps the register of penetration tests",
    ]);
  });

  test("addresses that are shared with others", () => {
    const shared = EgressAddresses.shared(["203.0.113.10", "203.0.113.11"], "a set of one's own costs too much");
    expect(noticed([SHOP], [{ ...SHOP, egress: shared }])).toEqual([
      "weakened: its egress addresses are shared with other tenants: a set of one's own costs too much",
    ]);
  });
});

describe("a policy that moved is told so", () => {
  const guest = aGuest("lab", "shop");
  const host = { "app.shop.dev": Origin.render(SERVICE, "shop.onrender.com") };

  test("a host in another environment", () => {
    const first = { ...SHOP, hosts: { ...SHOP.hosts, "a.shop.dev": Origin.render(SERVICE, "shop.onrender.com") } };
    const moved = [
      { ...first, hosts: host },
      { ...guest, hosts: { ...guest.hosts, "a.shop.dev": Origin.render(SERVICE, "shop.onrender.com") } },
    ];
    expect(noticed([first, guest], moved)).toEqual([
      "changed: the host a.shop.dev moves to lab",
      "changed: the host a.shop.dev is new",
    ]);
  });

  test("and weakened, where more is lowered", () => {
    const lax = { ...guest, accept: [Accept.declared("WORK-2", "there is no Gateway in the laboratory")] };
    const worker = Worker.render(WORKER, { reaches: [ApiHosts.OPENAI] });
    expect(
      noticed(
        [SHOP, lax],
        [
          { ...SHOP, workers: [] },
          { ...lax, workers: [worker] },
        ],
      ),
    ).toContain(`weakened: the worker ${WORKER} moves to lab, where WORK-2 is only declared`);
  });

  test("an environment that is gone weakens, one that is new doesn't", () => {
    expect(noticed([SHOP, guest], [SHOP])).toEqual(["weakened: the environment is dropped, with lab.shop.dev"]);
    expect(noticed([SHOP], [SHOP, guest])).toEqual(["changed: the environment is new, with lab.shop.dev"]);
  });

  test("other words, other notations and another order", () => {
    const [, ...accepted] = OPEN.accept ?? [];
    const reworded = {
      ...OPEN,
      accept: [Accept.declared("PORTS-4", "nobody needs the Redis to be closed"), ...accepted],
    };
    expect(noticed([OPEN], [reworded])).toEqual(["changed: accept[PORTS-4].reason is worded otherwise"]);
    const same = Webhook.from("/hooks/billing", "billing", ["198.51.100.0/26", "198.51.100.64/26"]);
    expect(noticed([OPEN], [{ ...OPEN, webhooks: [same] }])).toEqual([
      "changed: webhooks is written otherwise, and means the same",
    ]);
    const otherRules = [...(OPEN.edge?.otherRules ?? [])].reverse();
    expect(noticed([OPEN], [{ ...OPEN, edge: { ...OPEN.edge, otherRules } }])).toEqual([
      "changed: other teams' rules come in another order",
    ]);
  });
});

test("the same policy has nothing to tell", () => {
  expect(noticed([OPEN], [structuredClone(OPEN)])).toEqual([]);
});
