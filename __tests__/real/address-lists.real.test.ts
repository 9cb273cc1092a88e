import { AddressPlacement } from "../../policy/edge-options";
import type { Environment } from "../../policy/environment";
import { Webhook } from "../../policy/webhook";
import { DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { Loopback } from "../support/loopback";
import { shortForm } from "../../rehearsal/watch";
import { anEnvironment } from "../support/environments";
import { whyNoProviders } from "../support/provider-mirror";
import { Workspace } from "../support/workspace";

const SECRET = "4f1d7c2b9a8e6053d1c4b7a2e9f80615";

const inline = anEnvironment();
const inList = anEnvironment({ edge: { addresses: AddressPlacement.LIST } });
const [meta] = inline.webhooks as readonly [Webhook];
const renamed = anEnvironment({
  webhooks: [Webhook.from(meta.path, "partners", meta.sender.addresses)],
  edge: { addresses: AddressPlacement.LIST },
});

describeUnless(
  [whyNoProgram("terraform", "version"), whyNoProviders({ cloudflare: DEFAULT_VERSIONS.cloudflare })],
  "an account's list of webhook addresses",
  () => {
    const workspace = new Workspace();
    let loopback: Loopback;

    /** Applies the environment and returns its writes; a second plan must have nothing to change. */
    const converge = async (environment: Environment): Promise<readonly string[]> => {
      workspace.synthesize([environment]);
      loopback.cloudflare.forgetRequests();
      const terraform = loopback.terraform(workspace, environment, { [environment.name]: SECRET });
      await terraform.init();
      await terraform.apply();
      expect(loopback.cloudflare.refusals).toEqual([]);
      const writes = loopback.cloudflare.writes.map(shortForm);
      expect((await terraform.plan()).code).toBe(0);
      return writes;
    };

    beforeAll(async () => {
      loopback = await Loopback.start([inline]);
      loopback.cloudflare.slowDown(/rulesets/);
    });

    afterAll(async () => {
      await loopback.stop();
      workspace.remove();
    });

    test("is filled before the ruleset that names it", async () => {
      const writes = await converge(inList);
      expect(writes.filter((write) => write.includes("list"))).toEqual(["POST lists", "PUT list items"]);
      const names = loopback.cloudflare.writes.findIndex(({ body }) =>
        JSON.stringify(body ?? "").includes("ip.src in $"),
      );
      expect(writes.indexOf("PUT list items")).toBeLessThan(names);
    });

    test("under a new name replaces the old one only when no rule names that any more", async () => {
      expect(await converge(renamed)).toEqual(["POST lists", "PUT list items", "PUT rulesets", "DELETE lists"]);
    });

    test("goes when the addresses move into the expression, after the ruleset has changed", async () => {
      expect(await converge(inline)).toEqual(["PUT rulesets", "DELETE lists"]);
    });

    test("comes back before the ruleset names it again", async () => {
      expect(await converge(inList)).toEqual(["POST lists", "PUT list items", "PUT rulesets"]);
    });

    test("is deleted after the ruleset when everything is destroyed", async () => {
      loopback.cloudflare.forgetRequests();
      await loopback.terraform(workspace, inList, { [inList.name]: SECRET }).destroy();
      const writes = loopback.cloudflare.writes.map(shortForm);
      expect(loopback.cloudflare.refusals).toEqual([]);
      expect(writes.indexOf("DELETE lists")).toBeGreaterThan(writes.indexOf("DELETE rulesets"));
    });
  },
);
