import { BINDINGS_VERSIONS, DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { Loopback } from "../support/loopback";
import { anEnvironment } from "../support/environments";
import { whyNoProviders } from "../support/provider-mirror";
import { Workspace } from "../support/workspace";

const environment = anEnvironment();
const old = BINDINGS_VERSIONS.cloudflare;
const present = DEFAULT_VERSIONS.cloudflare;

describeUnless(
  [whyNoProgram("terraform", "version"), whyNoProviders({ cloudflare: old }), whyNoProviders({ cloudflare: present })],
  `an environment that cloudflare ${old} has applied`,
  () => {
    const workspace = new Workspace();
    let loopback: Loopback;

    beforeAll(async () => {
      loopback = await Loopback.start([environment]);
    });

    afterAll(async () => {
      await loopback.stop();
      workspace.remove();
    });

    test(`has nothing to change with ${present}`, async () => {
      const terraform = loopback.terraform(workspace, environment, {
        [environment.name]: "4f1d7c2b9a8e6053d1c4b7a2e9f80615",
      });
      workspace.synthesize([environment], BINDINGS_VERSIONS);
      await terraform.init();
      await terraform.apply();
      workspace.synthesize([environment], DEFAULT_VERSIONS);
      await terraform.init();
      const { code, output } = await terraform.plan();
      expect([code, output]).toEqual([0, expect.stringContaining("No changes.")]);
    });
  },
);
