import { EgressAddresses } from "../../policy/egress-addresses";
import type { Environment } from "../../policy/environment";
import { DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { DEPLOY_FAULTS } from "../support/deploy-faults";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import type { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { Loopback } from "../support/loopback";
import { status } from "../../rehearsal/fault";
import { aPlatformEnvironment, CLOSED, dedicated, EGRESS_SET, PROJECT } from "../support/platform-environment";
import { admitted, openingsOf, widened } from "../../rehearsal/openings";
import { platformStack } from "../support/platform-stack";
import { whyNoProviders } from "../support/provider-mirror";
import { QUICK } from "../support/run-applier";
import type { Terraform, TerraformRun } from "../support/terraform";
import { Workspace } from "../support/workspace";

const environment = aPlatformEnvironment();

/** Short enough for a deploy that waits for what never comes. */
const IMPATIENT = { ...QUICK, APPLIER_DEADLINE_MS: "2500", APPLIER_REQUEST_TIMEOUT_MS: "400", APPLIER_ATTEMPTS: "2" };

describeUnless(
  [whyNoProgram("terraform", "version"), whyNoProviders({ null: DEFAULT_VERSIONS.null })],
  "an apply with the real null provider",
  () => {
    const workspace = new Workspace();
    let loopback: Loopback;
    let platform: RenderAndSupabase;
    let begin: () => void;
    let end: () => void;
    const terraform = (variables: Readonly<Record<string, string>> = QUICK): Terraform =>
      loopback.terraform(workspace, environment, {}).with(variables);
    const synthesize = (of: Environment): void => {
      workspace.synthesizeApp((app) => {
        platformStack(app, of);
      });
    };
    const expectNoCredential = ({ output }: TerraformRun): void => {
      const printed = [platform.token, platform.key].filter((secret) => output.includes(secret.slice(4)));
      expect(printed).toEqual([]);
    };

    beforeAll(async () => {
      synthesize(environment);
      loopback = await Loopback.start([environment]);
      ({ platform } = loopback);
      const { take: supabase } = platform.supabase;
      const { take: render } = platform.render;
      begin = platform.remember();
      end = () => {
        platform.supabase.take = supabase;
        platform.render.take = render;
        platform.calm();
      };
      await terraform().init();
    });

    afterAll(async () => {
      await loopback.stop();
      workspace.remove();
    });

    beforeEach(() => {
      workspace.forgetState(environment.name);
      end();
      begin();
      platform.arrivals.length = 0;
    });

    test.each(DEPLOY_FAULTS)(
      "that meets $fault fails, opens nothing, says what to do, and is made good by the next",
      async (one) => {
        one.strike(platform);
        const before = openingsOf(platform);
        const run = await terraform(IMPATIENT).tryApply();
        expect(run.code).toBe(1);
        for (const text of one.says) expect(run.output).toContain(text);
        expectNoCredential(run);
        expect(widened(before, openingsOf(platform))).toEqual([]);
        expect(platform.arrivals.filter(({ path }) => one.untouched?.test(path))).toEqual([]);

        end();
        one.mend?.(platform);
        await terraform().apply();
        expect(admitted(platform)).toEqual(CLOSED);
        expect((await terraform().plan()).code).toBe(0);
      },
    );

    describe("that replaces a list", () => {
      const OTHERS = ["9.9.9.20", "9.9.9.21", "9.9.9.22"];
      const replaced = { ...CLOSED, [`Postgres of ${PROJECT}`]: ["9.9.9.20/31", "9.9.9.22/32"] };

      beforeEach(async () => {
        await terraform().apply();
        synthesize(aPlatformEnvironment({ egress: EgressAddresses.dedicated(EGRESS_SET, OTHERS) }));
        dedicated(OTHERS)(platform);
      });

      afterEach(() => {
        platform.afterWrite = () => undefined;
        synthesize(environment);
      });

      test("opens nothing in between", async () => {
        const before = openingsOf(platform);
        const opened: (readonly string[])[] = [];
        platform.afterWrite = () => void opened.push(widened(before, openingsOf(platform)));
        platform.arrivals.length = 0;
        await terraform().apply();
        expect(admitted(platform)).toEqual(replaced);
        expect([opened, platform.writes.length]).toEqual([[[`Postgres of ${PROJECT}`]], 1]);
      });

      test("and fails leaves the former one in force until the next succeeds", async () => {
        platform.strike(status(500), { on: "writes" });
        expect((await terraform(IMPATIENT).tryApply()).code).toBe(1);
        expect(admitted(platform)).toEqual(CLOSED);
        end();
        await terraform().apply();
        expect(admitted(platform)).toEqual(replaced);
      });
    });
  },
);
