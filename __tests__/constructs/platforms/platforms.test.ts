import { NullProvider } from "@cdktf/provider-null/lib/provider";
import { App, TerraformStack, Testing } from "cdktf";
import { DbNetworkRestriction, EdgeFirewall, WebServiceIngress, WorkerEgressOnly } from "../../../constructs";
import { Accept } from "../../../policy/accept";
import { CloudflarePlan } from "../../../policy/cloudflare-plan";
import { Datastore } from "../../../policy/datastore";
import { EgressAddresses } from "../../../policy/egress-addresses";
import type { Environment } from "../../../policy/environment";
import { ApiHosts } from "../../../policy/known-api-hosts";
import { Origin } from "../../../policy/origin";
import { Policy } from "../../../policy/policy";
import { WebIngress } from "../../../policy/web-ingress";
import { Worker } from "../../../policy/worker";
import { WorkerEgress } from "../../../policy/worker-egress";
import { appliedStatesOf } from "../../support/applied-states";
import { ACCOUNT_ID, anEnvironment, aZone } from "../../support/environments";
import { problemsWith } from "../../support/problems";
import {
  addressesOf,
  aStack,
  jsonOf,
  predecessorsOf,
  resourcesOf,
  type TerraformJson,
} from "../../support/synthesized";

const PROJECT = "abcdefghijabcdefghij";
const WORKER = "srv-d00d1ed00d1ed00d1ed0";
const egress = EgressAddresses.dedicated("egs-c0ffee", ["9.9.9.12", "9.9.9.10", "9.9.9.11"]);
const workerSet = EgressAddresses.dedicated("egs-d00d1e", ["9.9.9.20", "9.9.9.21", "9.9.9.22"]);
const region = EgressAddresses.shared(["9.9.8.128/25", "9.9.8.0/25"], "the region has no dedicated addresses yet");
const enterprise = aZone({ plan: CloudflarePlan.ENTERPRISE });

function policyOf(overrides: Partial<Environment> = {}): Policy {
  const [policy] = Policy.across([anEnvironment(overrides)]);
  if (policy === undefined) throw new Error("there is no policy");
  return policy;
}

/** A stack with both providers, filled by a test. */
function stackWith(fill: (stack: TerraformStack) => void, name = "shop", app?: App): TerraformStack {
  const filled = (stack: TerraformStack) => {
    new NullProvider(stack, "null");
    fill(stack);
  };
  return app === undefined ? aStack(filled, name) : aStack(filled, name, app);
}

const databases = (overrides: Partial<Environment>, name?: string, app?: App) =>
  stackWith((stack) => new DbNetworkRestriction(stack, "Databases", policyOf(overrides).databases), name, app);
const workersOf = (overrides: Partial<Environment>, name?: string, app?: App) =>
  stackWith((stack) => new WorkerEgressOnly(stack, "Workers", policyOf(overrides).workers), name, app);
const states = (stack: TerraformStack) =>
  appliedStatesOf(jsonOf(stack)).map(({ kind, target, desired }) => ({ kind, target, desired }));
const warnings = (stack: TerraformStack): readonly string[] =>
  stack.node
    .findAll()
    .flatMap(({ node }) => node.metadata.filter(({ type }) => type === "@cdktf/warn").map(({ data }) => String(data)));
const output = (json: TerraformJson, name: string): unknown =>
  (json as { output?: Record<string, { value: unknown }> }).output?.[name]?.value;

describe("DbNetworkRestriction", () => {
  const datastores = [Datastore.supabase(PROJECT), Datastore.renderKeyValue("red-c0ffee")];

  test("lets exactly the dedicated addresses reach Postgres, both families stated, and nothing reach Redis", () => {
    expect(states(databases({ egress, datastores }))).toEqual([
      {
        kind: "render-dedicated-addresses",
        target: "egs-c0ffee",
        desired: { dedicatedIpId: "egs-c0ffee", ips: ["9.9.9.10", "9.9.9.11", "9.9.9.12"] },
      },
      {
        kind: "supabase-network-restrictions",
        target: PROJECT,
        desired: {
          projectRef: PROJECT,
          dbAllowedCidrs: ["9.9.9.10/32", "9.9.9.11/32", "9.9.9.12/32"],
          dbAllowedCidrsV6: [],
        },
      },
      {
        kind: "render-key-value-allow-list",
        target: "red-c0ffee",
        desired: { keyValueId: "red-c0ffee", ipAllowList: [] },
      },
    ]);
  });

  test("makes sure that dedicated addresses are the environment's before a database admits them", () => {
    const json = jsonOf(databases({ egress, datastores }));
    const [addresses = "", project = "", keyValue = ""] = addressesOf(json, "null_resource");
    expect([...predecessorsOf(json, project)]).toEqual([addresses]);
    expect([...predecessorsOf(json, keyValue)]).toEqual([]);
  });

  test("states a region's ranges as the fewest blocks, of both families, and says with DB-1 whom they admit", () => {
    const both = EgressAddresses.shared([...region.addresses, "2001:4860:1::/64"], region.reason);
    const stack = databases({ egress: both, datastores: [Datastore.supabase(PROJECT)] });
    expect(states(stack)).toEqual([
      expect.objectContaining({
        desired: { projectRef: PROJECT, dbAllowedCidrs: ["9.9.8.0/24"], dbAllowedCidrsV6: ["2001:4860:1::/64"] },
      }),
    ]);
    expect(warnings(stack)).toEqual([
      `DB-1 of shop: its addresses are a region's ranges, which admit other tenants of Render: ${region.reason}`,
    ]);
  });

  test("locks a database out only where that is said, and says so with DB-1", () => {
    const stack = databases({
      egress,
      datastores: [Datastore.supabase(PROJECT, { lockedOut: "nothing uses it yet" })],
    });
    expect(states(stack).at(-1)?.desired).toEqual({ projectRef: PROJECT, dbAllowedCidrs: [], dbAllowedCidrsV6: [] });
    expect(warnings(stack)).toEqual([`DB-1 of shop: ${PROJECT} admits nobody: nothing uses it yet`]);
  });

  test("says with DB-1 why a wide block is admitted", () => {
    const wide = EgressAddresses.shared(["9.8.0.0/16"], region.reason);
    const stack = databases({
      egress: wide,
      datastores: [Datastore.supabase(PROJECT, { wideBlocks: "as wide as the region" })],
    });
    expect(warnings(stack)).toContain(`DB-1 of shop: ${PROJECT} admits wide blocks: as wide as the region`);
  });

  test("says nothing where there is nothing to say", () => {
    expect(warnings(databases({ egress, datastores }))).toEqual([]);
  });

  test("fails for a datastore that another stack owns, and names both", () => {
    const app = new App({ stackTraces: false });
    databases({ egress, datastores }, "one", app);
    const problems = problemsWith(() => databases({ egress, datastores }, "two", app));
    expect(problems.map(({ got }) => got)).toEqual([
      `a second owner of the datastore ${PROJECT}, which one/Databases owns`,
      "a second owner of the datastore red-c0ffee, which one/Databases owns",
    ]);
  });

  test("fails for a datastore that is named twice", () => {
    const twice = [Datastore.renderKeyValue("red-c0ffee"), Datastore.renderKeyValue("red-c0ffee")];
    expect(() => databases({ datastores: twice })).toThrow("a second owner of the datastore red-c0ffee");
  });

  test("fails for props that no policy would give", () => {
    const props = { name: "shop", datastores: [Datastore.supabase(PROJECT)] };
    expect(
      problemsWith(() => stackWith((stack) => new DbNetworkRestriction(stack, "Db", props))).map(({ at }) => at),
    ).toEqual(["shop.datastores[0]"]);
  });

  test("snapshot", () => {
    expect(Testing.synth(databases({ egress, datastores }), true)).toMatchSnapshot();
  });
});

describe("WebServiceIngress", () => {
  const hosts = {
    "www.shop.dev": Origin.render("srv-aaaaaaaaaaaaaaaaaaaa", "a.onrender.com"),
    "app.shop.dev": Origin.render("srv-aaaaaaaaaaaaaaaaaaaa", "a.onrender.com"),
    "api.shop.dev": Origin.render("srv-bbbbbbbbbbbbbbbbbbbb", "b.onrender.com"),
  };
  const withEdge = (after: boolean) =>
    stackWith((stack) => {
      const { edge, ingress } = policyOf({ hosts });
      const { records } = new EdgeFirewall(stack, "Edge", edge);
      new WebServiceIngress(stack, "Ingress", after ? { ...ingress, after: records } : ingress);
    });

  test("turns the onrender.com name of every service off, whose domains are exactly its hosts", () => {
    expect(states(withEdge(true))).toEqual(
      [
        { serviceId: "srv-aaaaaaaaaaaaaaaaaaaa", customDomains: ["app.shop.dev", "www.shop.dev"] },
        { serviceId: "srv-bbbbbbbbbbbbbbbbbbbb", customDomains: ["api.shop.dev"] },
      ].map(({ serviceId, customDomains }) => ({
        kind: "render-web-service-subdomain",
        target: serviceId,
        desired: { serviceId, renderSubdomainPolicy: "disabled", customDomains },
      })),
    );
  });

  test("turns it off after the hosts' records, and with them after every rule", () => {
    const json = jsonOf(withEdge(true));
    const everythingElse = Object.keys(json.resource ?? {})
      .filter((type) => type !== "null_resource")
      .flatMap((type) => addressesOf(json, type));
    for (const state of addressesOf(json, "null_resource")) {
      expect([...predecessorsOf(json, state)].sort()).toEqual([...everythingElse].sort());
    }
  });

  test("fails to synthesize when the hosts' records are in the stack and don't come first", () => {
    expect(() => jsonOf(withEdge(false))).toThrow(
      /shop\/Ingress would turn onrender\.com off before .*; pass after: edge\.records/,
    );
  });

  test("passes where the records are elsewhere", () => {
    const alone = stackWith((stack) => new WebServiceIngress(stack, "Ingress", policyOf({ hosts }).ingress));
    expect(states(alone)).toHaveLength(2);
  });

  test("fails for a service that another environment owns", () => {
    const app = new App({ stackTraces: false });
    const ingress = (name: string) =>
      stackWith((stack) => new WebServiceIngress(stack, "Ingress", policyOf({ hosts }).ingress), name, app);
    ingress("one");
    expect(() => ingress("two")).toThrow(
      "a second owner of the Render service srv-aaaaaaaaaaaaaaaaaaaa, which one/Ingress owns",
    );
  });

  test("fails for props that no policy would give", () => {
    const props = { name: "shop", hosts: {} };
    expect(
      problemsWith(() => stackWith((stack) => new WebServiceIngress(stack, "Ingress", props))).map(({ at }) => at),
    ).toEqual(["hosts"]);
  });

  test("snapshot", () => {
    const alone = stackWith((stack) => new WebServiceIngress(stack, "Ingress", policyOf({ hosts }).ingress));
    expect(Testing.synth(alone, true)).toMatchSnapshot();
  });

  describe("with Render's own allow list", () => {
    const addresses = ["9.9.8.128/25", "9.9.8.0/25", "9.9.7.1", "2001:4860:1::/64"];
    const ingress = WebIngress.renderAllowList(addresses, "seen at a service that nobody needs");
    const listed = (after = true) =>
      stackWith((stack) => {
        const policy = policyOf({ hosts, ingress });
        const { records } = new EdgeFirewall(stack, "Edge", policy.edge);
        new WebServiceIngress(stack, "Ingress", after ? { ...policy.ingress, after: records } : policy.ingress);
      });

    test("admits exactly the listed addresses to every service, as the fewest blocks", () => {
      const lists = states(listed()).filter(({ kind }) => kind === "render-web-service-allow-list");
      const blocks = ["9.9.7.1/32", "9.9.8.0/24", "2001:4860:1::/64"];
      expect(lists).toEqual(
        ["srv-aaaaaaaaaaaaaaaaaaaa", "srv-bbbbbbbbbbbbbbbbbbbb"].map((serviceId) => ({
          kind: "render-web-service-allow-list",
          target: serviceId,
          desired: {
            serviceId,
            ipAllowList: blocks.map((cidrBlock) => ({ cidrBlock, description: "ingress of shop" })),
          },
        })),
      );
    });

    test("admits them after the hosts' records, and after the service's onrender.com name is off", () => {
      const json = jsonOf(listed());
      const records = addressesOf(json, "cloudflare_dns_record");
      const ingressStates = addressesOf(json, "null_resource");
      const lists = ingressStates.filter((address) => address.includes("AllowList"));
      expect(lists).toHaveLength(2);
      for (const list of lists) {
        const service = /srv-[ab]+/.exec(list)?.[0] ?? "none";
        const subdomain = ingressStates.filter((address) => address.includes(service) && !lists.includes(address));
        expect([...predecessorsOf(json, list)]).toEqual(expect.arrayContaining([...records, ...subdomain]));
      }
    });

    test("fails to synthesize when the hosts' records are in the stack and don't come first", () => {
      expect(() => jsonOf(listed(false))).toThrow(/pass after: edge\.records/);
    });

    test("says with WEB-1 why those addresses", () => {
      expect(warnings(listed())).toContain(`WEB-1 of shop: Render admits listed addresses only: ${ingress.reason}`);
    });

    test("says and sets nothing where the policy has none", () => {
      expect(warnings(withEdge(true)).filter((text) => text.startsWith("WEB-1"))).toEqual([]);
      expect(states(withEdge(true)).map(({ kind }) => kind)).not.toContain("render-web-service-allow-list");
    });

    test("fails for addresses that no policy would give", () => {
      const props = { name: "shop", hosts, ingress: WebIngress.renderAllowList(["10.0.0.0/8"], ingress.reason) };
      const problems = problemsWith(() => stackWith((stack) => new WebServiceIngress(stack, "Ingress", props)));
      expect(problems.map(({ at }) => at)).toEqual(["shop.ingress.addresses[0]"]);
    });

    test("snapshot", () => {
      const alone = stackWith((stack) => new WebServiceIngress(stack, "Ingress", policyOf({ hosts, ingress }).ingress));
      expect(Testing.synth(alone, true)).toMatchSnapshot();
    });
  });
});

describe("WorkerEgressOnly", () => {
  const workers = [
    Worker.render(WORKER, { reaches: [ApiHosts.STRIPE, ApiHosts.OPENAI] }),
    Worker.cron("crn-c0ffee", { reaches: [ApiHosts.OPENAI] }),
  ];
  const workerEgress = WorkerEgress.gateway(2_000, workerSet);
  const accept = [Accept.declared("WORK-2", "there is no Gateway on this plan")];
  const held: Partial<Environment> = { zone: enterprise, workers, workerEgress };
  const policies = (overrides: Partial<Environment>) =>
    resourcesOf(jsonOf(workersOf(overrides)), "cloudflare_zero_trust_gateway_policy");

  test("asserts that every worker is of a type without inbound", () => {
    expect(states(workersOf({ workers, accept }))).toEqual([
      { kind: "render-service-type", target: "crn-c0ffee", desired: { serviceId: "crn-c0ffee", type: "cron_job" } },
      { kind: "render-service-type", target: WORKER, desired: { serviceId: WORKER, type: "background_worker" } },
    ]);
  });

  test("allows the documented hosts on 443 by server name, and denies the rest, both for the workers' addresses alone", () => {
    const source = "net.src.ip in {9.9.9.20 9.9.9.21 9.9.9.22}";
    expect(policies(held)).toEqual([
      expect.objectContaining({
        action: "allow",
        enabled: true,
        filters: ["l4"],
        precedence: 2_000,
        traffic: `${source} and net.sni.host in {"api.openai.com" "api.stripe.com" "files.stripe.com"} and net.dst.port in {443}`,
      }),
      expect.objectContaining({
        action: "block",
        enabled: true,
        filters: ["l4"],
        precedence: 2_500,
        traffic: `${source} and net.protocol in {"tcp" "udp"}`,
      }),
    ]);
  });

  test("denies everything where the workers reach nobody", () => {
    const silent = [Worker.render(WORKER, { reaches: [] })];
    expect(policies({ ...held, workers: silent }).map(({ action }) => action)).toEqual(["block"]);
  });

  test("gives the workers' addresses a proxy, once the addresses are asserted and the policies in force", () => {
    const json = jsonOf(workersOf(held));
    const [endpoint = ""] = addressesOf(json, "cloudflare_zero_trust_gateway_proxy_endpoint");
    const [source = ""] = addressesOf(json, "null_resource").filter((address) => address.includes("Source"));
    expect([...predecessorsOf(json, endpoint)].sort()).toEqual(
      [...addressesOf(json, "cloudflare_zero_trust_gateway_policy"), source].sort(),
    );
    expect(resourcesOf(json, "cloudflare_zero_trust_gateway_proxy_endpoint")).toEqual([
      expect.objectContaining({
        account_id: ACCOUNT_ID,
        kind: "ip",
        ips: ["9.9.9.20/32", "9.9.9.21/32", "9.9.9.22/32"],
      }),
    ]);
    expect(output(json, "worker_proxy")).toMatch(/^https:\/\/\$\{.*\.subdomain\}\.proxy\.cloudflare-gateway\.com$/);
  });

  test("can use the addresses that the web service has too, where that is said", () => {
    const shared = { ...held, egress, workerEgress: WorkerEgress.gatewaySharedWithWebService(2_000) };
    expect(policies(shared).map(({ traffic }) => String(traffic).split("}")[0])).toEqual([
      "net.src.ip in {9.9.9.10 9.9.9.11 9.9.9.12",
      "net.src.ip in {9.9.9.10 9.9.9.11 9.9.9.12",
    ]);
  });

  test("tells what workers may reach, the environment's own datastores among it, and how far that is held", () => {
    const datastores = [Datastore.renderKeyValue("red-c0ffee")];
    const reach = { hosts: ["api.openai.com", "api.stripe.com", "files.stripe.com"], datastores: ["red-c0ffee"] };
    expect(output(jsonOf(workersOf({ ...held, datastores })), "worker_egress")).toEqual({
      strength: "asserted",
      ...reach,
    });
    const declared = workersOf({ workers, datastores, accept });
    expect(output(jsonOf(declared), "worker_egress")).toEqual({ strength: "declared", ...reach });
  });

  test("warns where what they reach is only declared, and not otherwise", () => {
    expect(warnings(workersOf({ workers, accept }))).toEqual([
      "WORK-2 of shop is only declared: its workers should reach api.openai.com, api.stripe.com, files.stripe.com on 443",
    ]);
    expect(warnings(workersOf(held))).toEqual([]);
  });

  test("says nothing where there are no workers", () => {
    const none = workersOf({});
    expect([output(jsonOf(none), "worker_egress"), warnings(none)]).toEqual([undefined, []]);
  });

  test.each([
    [
      "a precedence",
      { workerEgress: WorkerEgress.gateway(2_000, EgressAddresses.dedicated("egs-other", ["9.9.7.1"])) },
      /precedence 2000/,
    ],
    [
      "a source address",
      { workerEgress: WorkerEgress.gateway(3_000, EgressAddresses.dedicated("egs-other", ["9.9.7.1", "9.9.9.21"])) },
      /source 9\.9\.9\.21/,
    ],
  ])("fails for %s that another environment of the account has", (_what, overrides, message) => {
    const app = new App({ stackTraces: false });
    workersOf(held, "one", app);
    const other = {
      ...held,
      ...overrides,
      name: "store",
      workers: [Worker.cron("crn-beef", { reaches: [ApiHosts.OPENAI] })],
    };
    expect(() => workersOf(other, "two", app)).toThrow(message);
  });

  test("passes for the same precedence and source in another account", () => {
    const app = new App({ stackTraces: false });
    workersOf(held, "one", app);
    const zone = aZone({ plan: CloudflarePlan.ENTERPRISE, account: "f".repeat(32) });
    expect(() => workersOf({ ...held, zone, workers: [] }, "two", app)).not.toThrow();
  });

  test("fails for a worker that is a web service elsewhere", () => {
    const app = new App({ stackTraces: false });
    stackWith(
      (stack) =>
        new WebServiceIngress(
          stack,
          "Ingress",
          policyOf({ hosts: { "app.shop.dev": Origin.render(WORKER, "a.onrender.com") } }).ingress,
        ),
      "one",
      app,
    );
    expect(() => workersOf(held, "two", app)).toThrow(
      `a second owner of the Render service ${WORKER}, which one/Ingress owns`,
    );
  });

  test("fails for props that no policy would give", () => {
    const { workers: props } = policyOf({ workers, accept });
    const without = { ...props, accept: [] };
    expect(
      problemsWith(() => stackWith((stack) => new WorkerEgressOnly(stack, "Workers", without))).map(({ at }) => at),
    ).toEqual(["shop.workerEgress"]);
  });

  test("snapshot: with Gateway", () => {
    expect(Testing.synth(workersOf(held), true)).toMatchSnapshot();
  });

  test("snapshot: declared", () => {
    expect(Testing.synth(workersOf({ workers, accept }), true)).toMatchSnapshot();
  });
});
