import { Accept } from "../../policy/accept";
import { ApiPurpose, ApiHosts } from "../../policy/api-hosts";
import { CloudflarePlan } from "../../policy/cloudflare-plan";
import { Datastore } from "../../policy/datastore";
import { EgressAddresses } from "../../policy/egress-addresses";
import type { Environment } from "../../policy/environment";
import { Policy } from "../../policy/policy";
import { WebIngress } from "../../policy/web-ingress";
import { Worker } from "../../policy/worker";
import { WorkerEgress } from "../../policy/worker-egress";
import { anEnvironment, aZone } from "../support/environments";
import { problemsWith } from "../support/problems";

const PROJECT = "abcdefghijabcdefghij";
const SERVICE = "srv-d00d1ed00d1ed00d1ed0";
const refused = (overrides: Partial<Environment>) => problemsWith(() => Policy.across([anEnvironment(overrides)]));
const passes = (overrides: Partial<Environment>) => {
  expect(() => Policy.across([anEnvironment(overrides)])).not.toThrow();
};
const dedicated = EgressAddresses.dedicated("egs-c0ffee", ["8.8.8.8", "8.8.4.4"]);
const shared = (...addresses: string[]) =>
  EgressAddresses.shared(addresses, "the region has no dedicated addresses yet");
const datastores = [Datastore.supabase(PROJECT)];

describe("egress addresses", () => {
  test.each([
    "10.1.2.3",
    "172.16.0.0/12",
    "100.64.0.1",
    "127.0.0.1",
    "169.254.169.254",
    "fd00::/8",
    "224.0.0.1",
    "0.0.0.0/0",
  ])("are refused when they hold a private or special address: %s", (address) => {
    const [problem] = refused({ egress: shared(address) });
    expect(problem).toMatchObject({ at: "shop.egress.addresses[0]", got: `"${address}"` });
  });

  test("may be documentation addresses, which count as example values", () => {
    const [policy] = Policy.across([anEnvironment({ egress: shared("203.0.113.0/24") })]);
    expect(policy?.exampleValues).toEqual(["egress.addresses[0] (203.0.113.0/24)"]);
  });

  test.each(["8.8.8.0/30", "8.8.8.8-8.8.8.9", "2001:4860:4860::8888"])(
    "of a dedicated set are refused when they aren't single IPv4 addresses: %s",
    (address) => {
      const [problem] = refused({ egress: EgressAddresses.dedicated("egs-c0ffee", [address]) });
      expect(problem?.allowed).toMatch(/single IPv4 addresses/);
    },
  );
});

describe("the allow list of the web services", () => {
  const ingress = (...addresses: string[]) =>
    WebIngress.renderAllowList(addresses, "seen at a service that nobody needs");

  test("is part of the ingress of an environment that has one", () => {
    const policies = [{ ingress: ingress("8.8.8.0/24") }, {}].map((overrides) =>
      Policy.across([anEnvironment(overrides)]),
    );
    expect(policies.map(([policy]) => policy?.ingress.ingress)).toEqual([ingress("8.8.8.0/24"), undefined]);
  });

  test.each(["10.1.2.3", "100.64.0.0/10", "127.0.0.1", "169.254.169.254", "fd00::/8", "0.0.0.0/0", "::/0"])(
    "is refused when it holds a private or special address: %s",
    (address) => {
      const [problem, ...more] = refused({ ingress: ingress("8.8.8.8", address) });
      expect(problem).toMatchObject({ at: "shop.ingress.addresses[1]", got: `"${address}"` });
      expect(more).toEqual([]);
    },
  );

  test("may hold documentation addresses, which count as example values", () => {
    const [policy] = Policy.across([anEnvironment({ ingress: ingress("203.0.113.0/24") })]);
    expect(policy?.exampleValues).toEqual(["ingress.addresses[0] (203.0.113.0/24)"]);
  });

  test("passes with public addresses of both families", () => {
    passes({ ingress: ingress("8.8.8.0/24", "8.8.4.4", "2001:4860::/64") });
  });
});

describe("a Supabase project", () => {
  test("admits the environment's egress addresses", () => {
    passes({ egress: dedicated, datastores });
  });

  test("is refused when it would admit no address, unless it is locked out with a reason", () => {
    expect(refused({ datastores }).map(({ at }) => at)).toEqual(["shop.datastores[0]"]);
    passes({ datastores: [Datastore.supabase(PROJECT, { lockedOut: "nothing uses it yet" })] });
  });

  test.each(["8.8.0.0/23", "2001:4860::/63"])(
    "is refused when it would admit a block as wide as %s, unless the block has a reason",
    (wide) => {
      const egress = shared(wide, "8.8.4.0/24");
      expect(refused({ egress, datastores }).map(({ at }) => at)).toEqual(["shop.egress.addresses"]);
      passes({ egress, datastores: [Datastore.supabase(PROJECT, { wideBlocks: "the region's range is as wide" })] });
    },
  );

  test("is judged by the blocks that its addresses make together", () => {
    expect(refused({ egress: shared("8.8.4.0/24", "8.8.5.0/24"), datastores })).toHaveLength(1);
  });
});

describe("a worker", () => {
  const workers = [Worker.render(SERVICE, { reaches: [ApiHosts.OPENAI] })];
  const zone = aZone({ plan: CloudflarePlan.ENTERPRISE });

  test("is refused without an egress control, unless WORK-2 is accepted as declared", () => {
    expect(refused({ workers }).map(({ at }) => at)).toEqual(["shop.workerEgress"]);
    passes({ workers, accept: [Accept.declared("WORK-2", "there is no Gateway on this plan")] });
  });

  test("is refused when it is the origin of a public host", () => {
    const accept = [Accept.declared("WORK-2", "there is no Gateway on this plan")];
    const worker = Worker.render("srv-c0ffee0c0ffee0c0ffee", { reaches: [] });
    expect(refused({ workers: [worker], accept }).map(({ at }) => at)).toEqual(["shop.workers[0].service"]);
  });

  test("has Gateway on the Enterprise plan only", () => {
    const workerEgress = WorkerEgress.gateway(1000, dedicated);
    passes({ zone, workers, workerEgress });
    const [problem] = refused({ workers, workerEgress });
    expect(problem).toMatchObject({ at: "shop.workerEgress", got: "Gateway on the pro plan" });
  });

  test("can share dedicated addresses with the web service, but not a region's ranges", () => {
    const workerEgress = WorkerEgress.gatewaySharedWithWebService(1000);
    passes({ zone, workers, workerEgress, egress: dedicated });
    expect(refused({ zone, workers, workerEgress, egress: shared("8.8.8.0/24") }).map(({ at }) => at)).toEqual([
      "shop.workerEgress.source",
    ]);
  });

  test("reaches out for AI and payments, as vendors document it", () => {
    const vendors = Object.values(ApiHosts).filter((each) => typeof each !== "function");
    expect(vendors.length).toBeGreaterThan(5);
    passes({
      zone,
      workers: [Worker.cron("crn-d00d1e", { reaches: vendors })],
      workerEgress: WorkerEgress.gateway(1000, dedicated),
    });
    passes({
      workers: [
        Worker.render(SERVICE, {
          reaches: [ApiHosts.of("Acme", ApiPurpose.AI, ["api.acme.dev"], "https://acme.dev/api")],
        }),
      ],
      accept: [Accept.declared("WORK-2", "there is no Gateway on this plan")],
    });
  });
});
