import { environments as shipped } from "../../environments";
import type { Environment } from "../../policy/environment";
import { BINDINGS_VERSIONS, DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { CloudflareStandIn } from "../support/cloudflare-stand-in";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { edgeTerraform, shortForm, zonesOf } from "../support/edge-run";
import { whyNoProviders } from "../support/provider-mirror";
import { withRealValues } from "../support/real-values";
import type { TerraformRun } from "../support/terraform";
import { Workspace } from "../support/workspace";

const SECRET = "4f1d7c2b9a8e6053d1c4b7a2e9f80615";
const TOO_SHORT = "hush-a-bye";

const environments = shipped.map(withRealValues);

describe.each([DEFAULT_VERSIONS, BINDINGS_VERSIONS])("with cloudflare $cloudflare", (versions) => {
  describeUnless(
    [whyNoProgram("terraform", "version"), whyNoProviders(versions)],
    "the environments, with every example value replaced",
    () => {
      const workspace = new Workspace();
      let standIn: CloudflareStandIn;
      const runs: TerraformRun[] = [];
      const terraform = (name: string, secret = SECRET) =>
        edgeTerraform(workspace, standIn, { name }, { [name]: secret });
      const kept = async (run: Promise<TerraformRun>): Promise<TerraformRun> => {
        runs.push(await run);
        return run;
      };

      beforeAll(async () => {
        workspace.synthesize(environments, versions);
        standIn = await CloudflareStandIn.start(zonesOf(environments));
        for (const { name } of environments) await kept(terraform(name).init());
      });

      afterAll(async () => {
        await standIn.stop();
        workspace.remove();
      });

      describe.each(environments)("$name", ({ name, hosts }: Environment) => {
        const hostCount = Object.keys(hosts).length;

        beforeEach(() => {
          standIn.forgetRequests();
          standIn.slowDown(undefined);
        });

        test("refuses a secret of 10 characters at plan, without showing it", async () => {
          const { code, output } = await kept(terraform(name, TOO_SHORT).plan());
          expect(code).toBe(1);
          expect(output).toContain(`TF_VAR_edge_secret_${name} must hold at least 32`);
          expect(output).not.toContain(TOO_SHORT);
          expect(standIn.writes).toEqual([]);
        });

        test("applies, and makes its hosts public when everything else is in force", async () => {
          standIn.slowDown(/rulesets|settings|url_normalization/);
          await kept(terraform(name).apply());
          const writes = standIn.writes.map(shortForm);
          expect(standIn.refusals).toEqual([]);
          expect(writes.slice(-hostCount)).toEqual(Array<string>(hostCount).fill("POST dns_records"));
          expect(writes.slice(0, -hostCount).sort()).toEqual([
            ...Array<string>(5).fill("PATCH settings"),
            ...Array<string>(3).fill("POST rulesets"),
            "PUT url_normalization",
          ]);
        });

        test("has nothing to change in a second plan", async () => {
          const { code, output } = await kept(terraform(name).plan());
          expect([code, output]).toEqual([0, expect.stringContaining("No changes.")]);
        });

        test("withdraws its hosts before it takes down what protects them", async () => {
          standIn.slowDown(/dns_records/);
          await kept(terraform(name).destroy());
          const writes = standIn.writes.map(shortForm);
          expect(writes.slice(0, hostCount)).toEqual(Array<string>(hostCount).fill("DELETE dns_records"));
          expect(writes.slice(hostCount).sort()).toEqual([
            ...Array<string>(3).fill("DELETE rulesets"),
            "DELETE url_normalization",
          ]);
        });
      });

      test("the secret reaches the platform", async () => {
        standIn.forgetRequests();
        await kept(terraform("production").apply());
        expect(JSON.stringify(standIn.writes)).toContain(SECRET);
      });

      test("the secret is in no output of Terraform and in no synthesized file", () => {
        expect(runs).not.toEqual([]);
        expect(runs.filter(({ output }) => output.includes(SECRET))).toEqual([]);
        expect(environments.filter(({ name }) => workspace.jsonOf(name).includes(SECRET))).toEqual([]);
      });
    },
  );
});
