import { environments as shipped } from "../../environments";
import type { Environment } from "../../policy/environment";
import { BINDINGS_VERSIONS, DEFAULT_VERSIONS } from "../../stacks/provider-versions";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { Loopback } from "../support/loopback";
import { shortForm } from "../../rehearsal/watch";
import { whyNoProviders } from "../support/provider-mirror";
import { withRealValues } from "../../rehearsal/rehearsal-values";
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
      let loopback: Loopback;
      const runs: TerraformRun[] = [];
      const terraform = (name: string, secret = SECRET) => loopback.terraform(workspace, { name }, { [name]: secret });
      const kept = async (run: Promise<TerraformRun>): Promise<TerraformRun> => {
        runs.push(await run);
        return run;
      };

      beforeAll(async () => {
        workspace.synthesize(environments, versions);
        loopback = await Loopback.start(environments);
        for (const { name } of environments) await kept(terraform(name).init());
      });

      afterAll(async () => {
        await loopback.stop();
        workspace.remove();
      });

      /** The writes to the zone, and to the account's Gateway. */
      const writes = (scope: "zones" | "accounts"): readonly string[] =>
        loopback.cloudflare.writes.filter(({ path }) => path.startsWith(scope)).map(shortForm);

      describe.each(environments)("$name", ({ name, hosts, workerEgress }: Environment) => {
        const hostCount = Object.keys(hosts).length;
        const policies = workerEgress === undefined ? 0 : 2;
        const endpoints = workerEgress === undefined ? 0 : 1;

        beforeEach(() => {
          loopback.cloudflare.forgetRequests();
          loopback.cloudflare.slowDown(undefined);
          loopback.platform.arrivals.length = 0;
        });

        test("refuses a secret of 10 characters at plan, without showing it", async () => {
          const { code, output } = await kept(terraform(name, TOO_SHORT).plan());
          expect(code).toBe(1);
          expect(output).toContain(`TF_VAR_edge_secret_${name} must hold at least 32`);
          expect(output).not.toContain(TOO_SHORT);
          expect(loopback.cloudflare.writes).toEqual([]);
          expect(loopback.platform.writes).toEqual([]);
        });

        test("applies, and makes its hosts public when everything else is in force", async () => {
          loopback.cloudflare.slowDown(/rulesets|settings|url_normalization|gateway.rules/);
          await kept(terraform(name).apply());
          expect(loopback.cloudflare.refusals).toEqual([]);
          expect(writes("zones").slice(-hostCount)).toEqual(Array<string>(hostCount).fill("POST dns_records"));
          expect(writes("zones").slice(0, -hostCount).sort()).toEqual([
            ...Array<string>(5).fill("PATCH settings"),
            ...Array<string>(3).fill("POST rulesets"),
            "PUT url_normalization",
          ]);
          expect(writes("accounts")).toEqual([
            ...Array<string>(policies).fill("POST gateway rules"),
            ...Array<string>(endpoints).fill("POST gateway proxy_endpoints"),
          ]);
        });

        test("has nothing to change in a second plan", async () => {
          const { code, output } = await kept(terraform(name).plan());
          expect([code, output]).toEqual([0, expect.stringContaining("No changes.")]);
        });

        test("withdraws its hosts before it takes down what protects them", async () => {
          loopback.cloudflare.slowDown(/dns_records/);
          await kept(terraform(name).destroy());
          expect(writes("zones").slice(0, hostCount)).toEqual(Array<string>(hostCount).fill("DELETE dns_records"));
          expect(writes("zones").slice(hostCount).sort()).toEqual([
            ...Array<string>(3).fill("DELETE rulesets"),
            "DELETE url_normalization",
          ]);
        });
      });

      test("the secret reaches the platform", async () => {
        loopback.cloudflare.forgetRequests();
        await kept(terraform("production").apply());
        expect(JSON.stringify(loopback.cloudflare.writes)).toContain(SECRET);
      });

      test("the secret and the credentials are in no output of Terraform and in no synthesized file", () => {
        const secrets = [SECRET, loopback.cloudflare.token, loopback.platform.token, loopback.platform.key];
        const texts = [...runs.map(({ output }) => output), ...environments.map(({ name }) => workspace.jsonOf(name))];
        expect(texts.length).toBeGreaterThan(environments.length);
        expect(texts.filter((text) => secrets.some((secret) => text.includes(secret)))).toEqual([]);
      });
    },
  );
});
