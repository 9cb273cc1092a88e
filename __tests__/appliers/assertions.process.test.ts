import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { DEDICATED, EGS, IPS, SERVICE_TYPE, SRV } from "./kinds";
import { runKind } from "./run-kind";

describe("the type of a worker", () => {
  test.concurrent.each(["web_service", "private_service", "something_new"])("%s is not background_worker", (type) =>
    RenderAndSupabase.during(async (platform) => {
      platform.render.services.set(SRV, { id: SRV, type, serviceDetails: {} });
      const { code, stderr } = await runKind(SERVICE_TYPE, platform);
      expect(code).toBe(1);
      expect(stderr).toContain(`the service is of type ${type}, not background_worker`);
    }),
  );

  test.concurrent("a cron job is one where a cron job is declared", () =>
    RenderAndSupabase.during(async (platform) => {
      const id = "crn-example00000000000";
      platform.render.services.set(id, { id, type: "cron_job", serviceDetails: {} });
      const desired = { serviceId: id, type: "cron_job" };
      expect(await runKind(SERVICE_TYPE, platform, { desired })).toMatchObject({ code: 0 });
    }),
  );
});

describe("dedicated addresses", () => {
  const holding = (status: string, ips: readonly string[]): ReturnType<typeof runKind> =>
    RenderAndSupabase.during((platform) => {
      platform.render.dedicatedIps.set(EGS, { id: EGS, status, ips });
      return runKind(DEDICATED, platform);
    });

  test.concurrent.each(["UNKNOWN", "PENDING", "DELETED"])("that are %s are not in force", async (status) => {
    const { code, stderr } = await holding(status, IPS);
    expect(code).toBe(1);
    expect(stderr).toContain(`the dedicated addresses are ${status}, not RUNNING`);
  });

  test.concurrent.each<[string, readonly string[], string]>([
    ["none", [], "the set lacks addresses that the environment names: 203.0.113.10, 203.0.113.11, 203.0.113.12"],
    ["one fewer", IPS.slice(1), "the set lacks addresses that the environment names: 203.0.113.10"],
    ["one more", [...IPS, "203.0.113.99"], "the set holds addresses that the environment doesn't name: 203.0.113.99"],
  ])("that are %s than declared are not in force", async (_, ips, says) => {
    const { code, stderr } = await holding("RUNNING", ips);
    expect(code).toBe(1);
    expect(stderr).toContain(says);
    expect(stderr).toContain("write the addresses that Render shows into the environment");
  });
});
