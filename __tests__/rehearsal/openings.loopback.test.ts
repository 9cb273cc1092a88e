import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { admitted, openingsOf, widened } from "../../rehearsal/openings";
import { UNRESTRICTED } from "../../rehearsal/supabase";

const REF = "abcdefghijklmnopqrst";
const ONE = { dbAllowedCidrs: ["9.9.9.9/32"], dbAllowedCidrsV6: [] };

describe("whom a platform admits", () => {
  test.each([
    ["a project that was never restricted", UNRESTRICTED, ["0.0.0.0/0", "::/0"]],
    ["an applied list", { ...UNRESTRICTED, config: ONE }, ["9.9.9.9/32"]],
    ["a stored list", { ...UNRESTRICTED, status: "stored", config: ONE }, ["0.0.0.0/0", "::/0"]],
    [
      "a stored list after an applied one",
      { ...UNRESTRICTED, status: "stored", config: UNRESTRICTED.config, old_config: ONE },
      ["9.9.9.9/32"],
    ],
    [
      "a list without the entitlement",
      { ...UNRESTRICTED, entitlement: "disallowed", config: ONE },
      ["0.0.0.0/0", "::/0"],
    ],
  ])("is what is in force: %s", (_, project, cidrs) => {
    const platform = new RenderAndSupabase();
    platform.supabase.projects.set(REF, project);
    expect(admitted(platform)).toEqual({ [`Postgres of ${REF}`]: cidrs });
  });

  test("counts as widened by one more address, not by one fewer", () => {
    const platform = new RenderAndSupabase();
    const list = (...blocks: string[]) => blocks.map((cidrBlock) => ({ cidrBlock, description: "" }));
    platform.render.keyValues.set("red-1", { id: "red-1", ipAllowList: list("9.9.9.0/31") });
    const before = openingsOf(platform);
    platform.render.keyValues.set("red-1", { id: "red-1", ipAllowList: list("9.9.9.1/32") });
    expect(widened(before, openingsOf(platform))).toEqual([]);
    platform.render.keyValues.set("red-1", { id: "red-1", ipAllowList: list("9.9.9.1/32", "9.9.9.2/32") });
    expect(widened(before, openingsOf(platform))).toEqual(["Redis of red-1"]);
  });

  test("counts as widened by an onrender.com name that goes on", () => {
    const platform = new RenderAndSupabase();
    const set = (renderSubdomainPolicy: string) =>
      platform.render.services.set("srv-1", {
        id: "srv-1",
        type: "web_service",
        serviceDetails: { renderSubdomainPolicy },
      });
    set("disabled");
    const before = openingsOf(platform);
    set("enabled");
    expect(widened(before, openingsOf(platform))).toEqual(["onrender.com of srv-1"]);
  });
});
