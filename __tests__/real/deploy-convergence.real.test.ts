import { databaseOf, deployed, environments, whyNoDeploy } from "../support/deployed";
import { describeUnless } from "../support/describe-unless";
import { UNRESTRICTED } from "../../rehearsal/supabase";
import { check, shippedAppliers } from "../support/shipped-appliers";

describeUnless(whyNoDeploy, "a whole stack, deployed", () => {
  describe.each(environments)("$name", (environment) => {
    test("converges, then writes nothing, also when every applier runs again; what it applied is in force", () =>
      deployed(environment, async ({ cloudflare, platform }, terraform, workspace) => {
        const appliers = shippedAppliers(workspace, environment.name);
        const codes = () =>
          Promise.all(appliers.map(async (applier) => (await check(applier, platform.environment)).code));
        await terraform.apply();
        expect(cloudflare.refusals).toEqual([]);
        expect(await codes()).toEqual(appliers.map(() => 0));
        expect((await terraform.plan()).code).toBe(0);

        cloudflare.forgetRequests();
        platform.arrivals.length = 0;
        await terraform.apply();
        for (const { address } of appliers) await terraform.taint(address);
        await terraform.apply();
        expect(cloudflare.writes).toEqual([]);
        expect(platform.writes).toEqual([]);
        expect(platform.arrivals).not.toEqual([]);
        expect((await terraform.plan()).code).toBe(0);
      }));

    test("closes a database that was opened by hand, once its applier is tainted", () =>
      deployed(environment, async ({ platform }, terraform, workspace) => {
        const [database] = shippedAppliers(workspace, environment.name).filter(
          ({ kind }) => kind === "supabase-network-restrictions",
        );
        if (database === undefined) throw new Error("there is no database");
        await terraform.apply();
        const before = platform.state;
        platform.supabase.projects.set(databaseOf(environment), UNRESTRICTED);
        const found = await check(database, platform.environment);
        expect(found).toMatchObject({ code: 1, stdout: "" });
        expect(found.stderr).toContain("taint its resource, then deploy");
        await terraform.taint(database.address);
        await terraform.apply();
        expect(platform.state).toBe(before);
        expect((await terraform.plan()).code).toBe(0);
      }));
  });
});
