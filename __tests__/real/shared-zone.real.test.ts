import type { Environment } from "../../policy/environment";
import { DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { Loopback } from "../support/loopback";
import { shortForm } from "../../rehearsal/watch";
import { aGuest, anEnvironment } from "../support/environments";
import { whyNoProviders } from "../support/provider-mirror";
import { Workspace } from "../support/workspace";

const owner = anEnvironment();
const guests = [aGuest("staging", owner.name), aGuest("dev", owner.name)];
const environments: readonly Environment[] = [owner, ...guests];
const SECRETS = Object.fromEntries(environments.map(({ name }) => [name, `${name}-4f1d7c2b9a8e6053d1c4b7a2e9f80615`]));

describeUnless(
  [whyNoProgram("terraform", "version"), whyNoProviders({ cloudflare: DEFAULT_VERSIONS.cloudflare })],
  "three environments in one zone",
  () => {
    const workspace = new Workspace();
    let loopback: Loopback;
    const terraform = (environment: Environment, secrets: Readonly<Record<string, string>>) =>
      loopback.terraform(workspace, environment, secrets);

    beforeAll(async () => {
      workspace.synthesize(environments);
      loopback = await Loopback.start(environments);
      for (const environment of environments) await terraform(environment, {}).init();
    });

    afterAll(async () => {
      await loopback.stop();
      workspace.remove();
    });

    test.each(guests)("refuses the plan of the owner without the secret of $name", async ({ name }) => {
      const others = Object.fromEntries(Object.entries(SECRETS).filter(([tenant]) => tenant !== name));
      const { code, output } = await terraform(owner, others).plan();
      expect([code, output]).toEqual([1, expect.stringContaining(`edge_secret_${name}`)]);
      expect(loopback.cloudflare.writes).toEqual([]);
    });

    test("are protected by one ruleset per phase, and made public last", async () => {
      loopback.cloudflare.slowDown(/rulesets|settings|url_normalization/);
      await terraform(owner, SECRETS).apply();
      const writes = loopback.cloudflare.writes.map(shortForm);
      expect(loopback.cloudflare.refusals).toEqual([]);
      expect(writes.filter((write) => write === "POST rulesets")).toHaveLength(3);
      expect(writes.slice(-3)).toEqual(environments.map(() => "POST dns_records"));
    });

    test("have nothing to change in a second plan", async () => {
      expect((await terraform(owner, SECRETS).plan()).code).toBe(0);
    });

    test.each(guests)("leave nothing of the edge to the stack of $name, which needs no secret", async (guest) => {
      loopback.cloudflare.forgetRequests();
      await terraform(guest, {}).apply();
      expect(loopback.cloudflare.requests).toEqual([]);
      expect((await terraform(guest, {}).plan()).code).toBe(0);
    });
  },
);
