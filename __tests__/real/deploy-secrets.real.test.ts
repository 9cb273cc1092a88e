import { deployed, environments, SECRET, webServiceOf, whyNoDeploy } from "../support/deployed";
import { describeUnless } from "../support/describe-unless";
import type { TerraformRun } from "../support/terraform";

describeUnless(whyNoDeploy, "secrets of a deploy", () => {
  test.each(environments)("$name: none in JSON or output; in the state the edge's secret alone", (environment) =>
    deployed(environment, async (loopback, terraform, workspace) => {
      const { cloudflare, platform } = loopback;
      const runs: TerraformRun[] = [];
      const ran = async (run: Promise<TerraformRun>) => runs.push(await run);
      await ran(terraform.plan());
      platform.render.customDomains.set(webServiceOf(environment), []);
      await ran(terraform.with({ APPLIER_DEADLINE_MS: "2500" }).tryApply());
      await ran(
        terraform.with({ RENDER_API_KEY: `${platform.key}-old`, SUPABASE_ACCESS_TOKEN: platform.key }).tryApply(),
      );
      await ran(terraform.tryApply());
      await ran(terraform.plan());
      expect(runs.map(({ code }) => code)).toEqual([2, 1, 1, 1, 2]);

      const credentials = [cloudflare.token, platform.token, platform.key];
      const secrets = [SECRET, ...credentials];
      const holding = (text: string) => secrets.filter((secret) => text.includes(secret));
      for (const { output } of runs) expect(holding(output)).toEqual([]);
      expect(holding(workspace.jsonOf(environment.name))).toEqual([]);
      expect(holding(workspace.stateOf(environment.name))).toEqual([SECRET]);
    }),
  );
});
