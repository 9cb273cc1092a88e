import { EdgePhase } from "../../policy/edge-phase";
import { DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { Loopback } from "../support/loopback";
import { shortForm } from "../../rehearsal/watch";
import { anEnvironment, ZONE_ID } from "../support/environments";
import { whyNoProviders } from "../support/provider-mirror";
import { Workspace } from "../support/workspace";

const SECRET = "4f1d7c2b9a8e6053d1c4b7a2e9f80615";
const HOST = "app.shop.dev";

const fresh = anEnvironment();

describeUnless(
  [whyNoProgram("terraform", "version"), whyNoProviders({ cloudflare: DEFAULT_VERSIONS.cloudflare })],
  "a zone that has rules and a record already",
  () => {
    const workspace = new Workspace();
    let loopback: Loopback;
    let ruleset = "";
    let record = "";
    const terraform = () => loopback.terraform(workspace, fresh, { [fresh.name]: SECRET });

    const create = async (path: string, body: unknown): Promise<string> => {
      const { CLOUDFLARE_BASE_URL: base = "", CLOUDFLARE_API_TOKEN: token = "" } = loopback.cloudflare.environment;
      const response = await fetch(`${base}/zones/${ZONE_ID}/${path}`, {
        method: "POST",
        headers: { authorization: `Bearer ${token}` },
        body: JSON.stringify(body),
      });
      return ((await response.json()) as { readonly result: { readonly id: string } }).result.id;
    };

    beforeAll(async () => {
      loopback = await Loopback.start([fresh]);
      const rule = { ref: "by_hand", action: "block", expression: 'ip.src.country eq "T1"' };
      const phase = EdgePhase.CUSTOM;
      ruleset = await create("rulesets", { kind: "zone", name: "by hand", phase, rules: [rule] });
      record = await create("dns_records", { name: HOST, type: "CNAME", content: "old.onrender.com", proxied: true });
    });

    afterAll(async () => {
      await loopback.stop();
      workspace.remove();
    });

    test("fails to apply without their ids, and publishes no host", async () => {
      workspace.synthesize([fresh]);
      await terraform().init();
      loopback.cloudflare.forgetRequests();
      const { code, output } = await terraform().tryApply();
      expect(code).toBe(1);
      expect(output).toContain("20217");
      expect(loopback.cloudflare.writes.map(shortForm)).not.toContain("POST dns_records");
    });

    test("is taken over with their ids: both are changed in place, and nothing is replaced", async () => {
      const rulesets = { [EdgePhase.CUSTOM]: { id: ruleset, name: "by hand" } };
      workspace.synthesize([{ ...fresh, edge: { existing: { rulesets, records: { [HOST]: record } } } }]);
      loopback.cloudflare.forgetRequests();
      await terraform().apply();
      expect(loopback.cloudflare.refusals).toEqual([]);
      expect(loopback.cloudflare.writes.filter(({ method }) => method !== "PATCH").map(shortForm)).toEqual([
        "PUT rulesets",
        "PUT dns_records",
      ]);
    });

    test("has nothing to change in the next plan", async () => {
      expect((await terraform().plan()).code).toBe(0);
    });
  },
);
