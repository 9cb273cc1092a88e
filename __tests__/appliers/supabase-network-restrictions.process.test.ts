import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import type { Call } from "../../rehearsal/server";
import { hang } from "../../rehearsal/fault";
import { UNRESTRICTED, type NetworkRestrictions } from "../../rehearsal/supabase";
import type { Ended } from "../support/run-program";
import { LISTS, REF, RESTRICTIONS } from "./kinds";
import { oneLine, runKind } from "./run-kind";

const IN_FORCE: NetworkRestrictions = { ...UNRESTRICTED, config: LISTS };

/** For a state that never comes into force. */
const IMPATIENT = { APPLIER_DEADLINE_MS: "2500" };

const check = (state: NetworkRestrictions, desired: unknown = RESTRICTIONS.desired): ReturnType<typeof runKind> =>
  RenderAndSupabase.during((platform) => {
    platform.supabase.projects.set(REF, state);
    return runKind(RESTRICTIONS, platform, { check: true, desired });
  });

describe("what a Supabase project shows", () => {
  test.concurrent.each<[string, NetworkRestrictions, string]>([
    ["a project that was never restricted", UNRESTRICTED, "IPv4 addresses are admitted that must not be: 0.0.0.0/0"],
    ["the list, stored and not applied", { ...IN_FORCE, status: "stored" }, 'Supabase says status "stored"'],
    ["the list without the entitlement", { ...IN_FORCE, entitlement: "disallowed" }, 'entitlement "disallowed"'],
    [
      "one address too many",
      { ...IN_FORCE, config: { ...LISTS, dbAllowedCidrs: [...LISTS.dbAllowedCidrs, "203.0.113.12/32"] } },
      "admitted that must not be: 203.0.113.12/32",
    ],
    [
      "one address too few",
      { ...IN_FORCE, config: { ...LISTS, dbAllowedCidrs: ["203.0.113.10/32"] } },
      "not admitted that must be: 203.0.113.11/32",
    ],
    ["the other family open", { ...IN_FORCE, config: { ...LISTS, dbAllowedCidrsV6: ["::/0"] } }, "::/0"],
    [
      "one family left out",
      { ...IN_FORCE, config: { dbAllowedCidrs: LISTS.dbAllowedCidrs } },
      "IPv6 addresses are admitted that must not be, as far as can be known",
    ],
    [
      "an entry that is no block",
      { ...IN_FORCE, config: { ...LISTS, dbAllowedCidrs: [...LISTS.dbAllowedCidrs, "any"] } },
      "admitted that must not be: any",
    ],
  ])("%s differs", async (_, state, says) => {
    const { code, stderr } = await check(state);
    expect(code).toBe(1);
    expect(stderr).toContain(says);
  });

  test.concurrent("empty lists that aren't applied are open, even where empty lists are desired", async () => {
    const nothing = { dbAllowedCidrs: [], dbAllowedCidrsV6: [] };
    const desired = { projectRef: REF, ...nothing };
    const stored = await check({ entitlement: "allowed", status: "stored", config: nothing }, desired);
    expect(stored.code).toBe(1);
    expect(stored.stderr).toContain("the database counts as open");
    expect(await check({ entitlement: "allowed", status: "applied", config: nothing }, desired)).toMatchObject({
      code: 0,
    });
  });

  test.concurrent("the same addresses in another order, spelling and cut are in force", async () => {
    const config = {
      dbAllowedCidrs: ["203.0.113.10/31"],
      dbAllowedCidrsV6: ["2001:0DB8:0::/65", "2001:db8:0:0:8000::/65"],
    };
    expect(await check({ ...IN_FORCE, config })).toMatchObject({ code: 0 });
  });
});

describe("the write to a Supabase project", () => {
  interface Seen extends Ended {
    readonly writes: readonly Call[];
    readonly project: NetworkRestrictions | undefined;
  }

  const converge = (prepare: (platform: RenderAndSupabase) => void): Promise<Seen> =>
    RenderAndSupabase.during(async (platform) => {
      platform.supabase.projects.set(REF, UNRESTRICTED);
      prepare(platform);
      const ended = await runKind(RESTRICTIONS, platform, { environment: IMPATIENT });
      return { ...ended, writes: platform.writes, project: platform.supabase.projects.get(REF) };
    });

  test.concurrent("sends both families, whole", async () => {
    const { writes } = await converge(() => undefined);
    expect(writes).toMatchObject([
      { method: "POST", path: `/v1/projects/${REF}/network-restrictions/apply`, body: LISTS },
    ]);
  });

  test.concurrent("sends an empty family too", () =>
    RenderAndSupabase.during(async (platform) => {
      platform.supabase.projects.set(REF, UNRESTRICTED);
      const desired = { projectRef: REF, dbAllowedCidrs: ["203.0.113.10/32"], dbAllowedCidrsV6: [] };
      expect(await runKind(RESTRICTIONS, platform, { desired })).toMatchObject({ code: 0 });
      expect(platform.writes[0]?.body).toEqual({ dbAllowedCidrs: ["203.0.113.10/32"], dbAllowedCidrsV6: [] });
    }),
  );

  test.concurrent("is in force whether it was answered with 201 or 200", async () => {
    expect(await converge(({ supabase }) => (supabase.writeStatus = 200))).toMatchObject({ code: 0 });
  });

  test.concurrent("waits for a list that is applied late", async () => {
    let reads = 0;
    const { code, writes } = await converge(({ supabase }) => {
      supabase.take = (config, before) => ({
        entitlement: "allowed",
        status: "stored",
        config,
        old_config: before.config,
      });
      supabase.onRead = (project) =>
        project.status === "stored" && (reads += 1) > 3 ? { ...project, status: "applied" } : project;
    });
    expect({ code, writes: writes.length }).toEqual({ code: 0, writes: 1 });
  });

  test.concurrent("fails on 201 with a list that stays stored, and says that it is not in force", async () => {
    const ended = await converge(({ supabase }) => {
      supabase.take = (config) => ({ entitlement: "allowed", status: "stored", config });
    });
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toMatch(oneLine(RESTRICTIONS));
    expect(ended.stderr).toContain('written, but not in force: Supabase says status "stored"');
    expect(ended.writes).toHaveLength(1);
  });

  test.concurrent("counts as last seen when the deadline cuts a read-back short", async () => {
    const ended = await converge((platform) => {
      platform.supabase.take = (config) => ({ entitlement: "allowed", status: "stored", config });
      platform.supabase.onRead = (project) => {
        if (project.status === "stored") platform.strike(hang, { on: "reads" });
        return project;
      };
    });
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toContain('written, but not in force: Supabase says status "stored"');
  });

  test.concurrent("fails on 201 with another list than was sent", async () => {
    const ended = await converge(({ supabase }) => {
      supabase.take = (config) => ({
        ...UNRESTRICTED,
        config: { ...config, dbAllowedCidrs: [...(config.dbAllowedCidrs ?? []), "198.51.100.0/24"] },
      });
    });
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toContain("admitted that must not be: 198.51.100.0/24");
  });

  test.concurrent("fails on 201 that changed nothing", async () => {
    const ended = await converge(({ supabase }) => (supabase.take = (_, before) => before));
    expect(ended).toMatchObject({ code: 1, stdout: "", project: UNRESTRICTED });
    expect(ended.stderr).toContain("0.0.0.0/0");
  });

  test.concurrent("isn't tried without the entitlement, and the failure says what to check", async () => {
    const ended = await converge(({ supabase }) => {
      supabase.projects.set(REF, { ...UNRESTRICTED, entitlement: "disallowed" });
    });
    expect(ended).toMatchObject({ code: 1, stdout: "", writes: [] });
    expect(ended.stderr).toContain("check the organization's plan");
  });

  test.concurrent("fails at once when the entitlement is found missing afterwards", async () => {
    const ended = await converge(({ supabase }) => {
      supabase.take = (config) => ({ entitlement: "disallowed", status: "stored", config });
    });
    expect(ended).toMatchObject({ code: 1, stdout: "" });
    expect(ended.stderr).toContain('written, but not in force: Supabase says entitlement "disallowed"');
  });

  test.concurrent("is done again for a list that is right and only stored", async () => {
    const { code, writes } = await converge(({ supabase }) =>
      supabase.projects.set(REF, { ...IN_FORCE, status: "stored" }),
    );
    expect({ code, writes: writes.length }).toEqual({ code: 0, writes: 1 });
  });
});
