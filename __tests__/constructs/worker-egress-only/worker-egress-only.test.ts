import { App, Testing } from "cdktf";
import { WebServiceIngress, WorkerEgressOnly } from "../../../constructs";
import { Accept } from "../../../policy/accept";
import { CloudflarePlan } from "../../../policy/cloudflare-plan";
import { Datastore } from "../../../policy/datastore";
import { EgressAddresses } from "../../../policy/egress-addresses";
import { type Environment } from "../../../policy/environment";
import { ApiHosts } from "../../../policy/api-hosts";
import { Origin } from "../../../policy/origin";
import { Worker } from "../../../policy/worker";
import { WorkerEgress } from "../../../policy/worker-egress";
import { ACCOUNT_ID, aZone } from "../../support/environments";
import { policyOf, stackWith, statesOf, warningsOf } from "../../support/platform-stacks";
import { problemsWith } from "../../support/problems";
import { addressesOf, jsonOf, predecessorsOf, resourcesOf, type TerraformJson } from "../../support/synthesized";

const WORKER = "srv-d00d1ed00d1ed00d1ed0";
const egress = EgressAddresses.dedicated("egs-c0ffee", ["9.9.9.12", "9.9.9.10", "9.9.9.11"]);
const workerSet = EgressAddresses.dedicated("egs-d00d1e", ["9.9.9.20", "9.9.9.21", "9.9.9.22"]);
const enterprise = aZone({ plan: CloudflarePlan.ENTERPRISE });
const workersOf = (overrides: Partial<Environment>, name?: string, app?: App) =>
  stackWith((stack) => new WorkerEgressOnly(stack, "Workers", policyOf(overrides).workers), name, app);
const output = (json: TerraformJson, name: string): unknown =>
  (json as { output?: Record<string, { value: unknown }> }).output?.[name]?.value;

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
    expect(statesOf(workersOf({ workers, accept }))).toEqual([
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

  test("denies everything where the workers reach no host", () => {
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

  test("can use the addresses that the web service has too, where the policy says so", () => {
    const shared = { ...held, egress, workerEgress: WorkerEgress.gatewaySharedWithWebService(2_000) };
    expect(policies(shared).map(({ traffic }) => String(traffic).split("}")[0])).toEqual([
      "net.src.ip in {9.9.9.10 9.9.9.11 9.9.9.12",
      "net.src.ip in {9.9.9.10 9.9.9.11 9.9.9.12",
    ]);
  });

  test("tells the hosts and datastores that workers may reach, and the strength of that limit", () => {
    const datastores = [Datastore.renderKeyValue("red-c0ffee")];
    const reach = { hosts: ["api.openai.com", "api.stripe.com", "files.stripe.com"], datastores: ["red-c0ffee"] };
    expect(output(jsonOf(workersOf({ ...held, datastores })), "worker_egress")).toEqual({
      strength: "asserted",
      ...reach,
    });
    const declared = workersOf({ workers, datastores, accept });
    expect(output(jsonOf(declared), "worker_egress")).toEqual({ strength: "declared", ...reach });
  });

  test("warns only where their hosts are only declared", () => {
    expect(warningsOf(workersOf({ workers, accept }))).toEqual([
      "WORK-2 of shop is only declared: its workers should reach api.openai.com, api.stripe.com, files.stripe.com on 443",
    ]);
    expect(warningsOf(workersOf(held))).toEqual([]);
  });

  test("gives no output without workers", () => {
    const none = workersOf({});
    expect([output(jsonOf(none), "worker_egress"), warningsOf(none)]).toEqual([undefined, []]);
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
