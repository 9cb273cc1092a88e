import type { Environment } from "../../policy/environment";
import { databaseOf, deployed, environments, gatewayed, webServiceOf, whyNoDeploy } from "../support/deployed";
import { describeUnless } from "../support/describe-unless";
import { type Call, SLOW_MS } from "../../rehearsal/server";
import type { Loopback } from "../support/loopback";

describeUnless(whyNoDeploy, "the order of a deploy", () => {
  const arrivals = ({ platform }: Loopback, method: string, path: string): readonly Call[] =>
    platform.arrivals.filter((each) => each.method === method && each.path.startsWith(path));
  const requests = ({ cloudflare }: Loopback, method: string, path: RegExp): readonly Call[] =>
    cloudflare.requests.filter((each) => each.method === method && path.test(each.path));
  /** When the answer to the last of some slowed reads was given, at the earliest. A timer may fire a moment early. */
  const answered = (reads: readonly Call[]): number => Math.max(...reads.map(({ at }) => at + SLOW_MS - 5));

  test.each(environments)("$name: every record is written before the onrender.com name is turned off", (environment) =>
    deployed(environment, async (loopback, terraform) => {
      loopback.cloudflare.slowDown(/dns_records/);
      await terraform.apply();
      const records = requests(loopback, "POST", /dns_records$/);
      const [off, ...more] = arrivals(loopback, "PATCH", `/v1/services/${webServiceOf(environment)}`);
      expect(records).toHaveLength(Object.keys(environment.hosts).length);
      expect([off?.body, more]).toEqual([{ serviceDetails: { renderSubdomainPolicy: "disabled" } }, []]);
      expect(off?.at).toBeGreaterThan(Math.max(...records.map(({ answered = NaN }) => answered)));
    }),
  );

  test.each(environments)("$name: the dedicated addresses are read before the database is asked", (environment) =>
    deployed(environment, async (loopback, terraform) => {
      loopback.platform.slowDown(/dedicated-ips/);
      await terraform.apply();
      const set = environment.egress?.kind === "dedicated" ? environment.egress.set : "none";
      const reads = arrivals(loopback, "GET", `/v1/dedicated-ips/${set}`);
      const [write, ...more] = arrivals(loopback, "POST", `/v1/projects/${databaseOf(environment)}`);
      const [first] = loopback.platform.arrivals.filter(({ path }) => path.startsWith("/v1/projects/"));
      expect([reads.length, more]).toEqual([1, []]);
      expect(first?.at).toBeGreaterThan(answered(reads));
      expect(write?.at).toBeGreaterThan(first?.at ?? Infinity);
    }),
  );

  test.each(gatewayed)("$name: the workers' addresses, then the policies, then the proxy", (environment) =>
    deployed(environment, async (loopback, terraform) => {
      loopback.platform.slowDown(/dedicated-ips/);
      loopback.cloudflare.slowDown(/gateway.rules/);
      await terraform.apply();
      const source = environment.workerEgress?.source;
      const set = source?.kind === "dedicated" ? source.set : "none";
      const policies = requests(loopback, "POST", /gateway.rules$/);
      const [endpoint, ...more] = requests(loopback, "POST", /gateway.proxy_endpoints$/);
      expect([policies.length, more]).toEqual([2, []]);
      const reads = arrivals(loopback, "GET", `/v1/dedicated-ips/${set}`);
      expect(Math.min(...policies.map(({ at }) => at))).toBeGreaterThan(answered(reads));
      expect(endpoint?.at).toBeGreaterThan(Math.max(...policies.map(({ answered = NaN }) => answered)));
    }),
  );

  test.each(environments)("$name: a host that can't be published leaves the onrender.com name on", (environment) =>
    deployed(environment, async (loopback, terraform) => {
      const { cloudflare, platform } = loopback;
      const before = platform.render.services.get(webServiceOf(environment));
      const [host = ""] = Object.keys(environment.hosts);
      await occupied(cloudflare.environment, environment, host);
      expect((await terraform.tryApply()).code).toBe(1);
      expect(arrivals(loopback, "PATCH", "/v1/services/")).toEqual([]);
      expect(platform.render.services.get(webServiceOf(environment))).toEqual(before);
    }),
  );

  test.each(gatewayed)("$name: workers' addresses that are others leave Gateway as it was", (environment) =>
    deployed(environment, async (loopback, terraform) => {
      const source = environment.workerEgress?.source;
      const id = source?.kind === "dedicated" ? source.set : "none";
      loopback.platform.render.dedicatedIps.set(id, { id, status: "RUNNING", ips: ["9.9.1.1"] });
      const { code, output } = await terraform.tryApply();
      expect([code, output]).toEqual([1, expect.stringContaining("write the addresses that Render shows into")]);
      expect(requests(loopback, "POST", /gateway/)).toEqual([]);
    }),
  );
});

/** Gives the host an address record, beside which no other can be. */
async function occupied(
  { CLOUDFLARE_BASE_URL: base = "", CLOUDFLARE_API_TOKEN: token = "" }: Readonly<Record<string, string>>,
  { zone }: Environment,
  name: string,
): Promise<void> {
  const id = zone.kind === "owned" ? zone.id : "none";
  const response = await fetch(`${base}/zones/${id}/dns_records`, {
    method: "POST",
    headers: { authorization: `Bearer ${token}` },
    body: JSON.stringify({ name, type: "A", content: "9.9.9.9", proxied: true }),
  });
  if (!response.ok) throw new Error(`the record was refused: ${await response.text()}`);
}
