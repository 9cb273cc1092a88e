import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { ASSERTING, KINDS, WRITING } from "./kinds";
import { oneLine, runKind } from "./run-kind";

const named = <T extends { readonly kind: string }>(kinds: readonly T[]): readonly (readonly [string, T])[] =>
  kinds.map((kind) => [kind.kind, kind]);

describe("a state that is in force", () => {
  test.concurrent.each(named(KINDS))("%s says so and writes nothing", (_, kind) =>
    RenderAndSupabase.during(async (platform) => {
      kind.inForce(platform);
      const { code, stdout, stderr } = await runKind(kind, platform);
      expect({ code, stderr, writes: platform.writes }).toEqual({ code: 0, stderr: "", writes: [] });
      expect(stdout).toMatch(new RegExp(`^${kind.kind} ${kind.target}: in force: .*\\(nothing written\\)\\n$`));
    }),
  );
});

describe("a state that differs", () => {
  test.concurrent.each(named(KINDS))("%s --check reads only and says so with exit code 1", (_, kind) =>
    RenderAndSupabase.during(async (platform) => {
      kind.differing(platform);
      const { code, stdout, stderr } = await runKind(kind, platform, { check: true });
      expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
      for (const line of stderr.trimEnd().split("\n")) expect(`${line}\n`).toMatch(oneLine(kind));
      expect(platform.arrivals.filter(({ method }) => method !== "GET")).toEqual([]);
    }),
  );

  test.concurrent.each(named(WRITING))("%s is written once, read back, and a second run writes nothing", (_, kind) =>
    RenderAndSupabase.during(async (platform) => {
      kind.differing(platform);
      const first = await runKind(kind, platform);
      expect(first).toMatchObject({ code: 0, stderr: "" });
      expect(first.stdout).toMatch(/\(written and read back\)\n$/);
      expect(platform.arrivals.at(-1)?.method).toBe("GET");
      const second = await runKind(kind, platform);
      expect(second.stdout).toMatch(/\(nothing written\)\n$/);
      expect(platform.writes).toHaveLength(1);
    }),
  );

  test.concurrent.each(named(WRITING))("%s that was opened by hand is found by --check and closed again", (_, kind) =>
    RenderAndSupabase.during(async (platform) => {
      kind.inForce(platform);
      expect(await runKind(kind, platform, { check: true })).toMatchObject({ code: 0 });
      kind.differing(platform);
      const found = await runKind(kind, platform, { check: true });
      expect(found.code).toBe(1);
      expect(found.stderr).toContain("taint its resource, then deploy");
      expect(await runKind(kind, platform)).toMatchObject({ code: 0 });
    }),
  );

  test.concurrent.each(named(ASSERTING))("%s is only asserted: nothing but reads, and exit code 1", (_, kind) =>
    RenderAndSupabase.during(async (platform) => {
      kind.differing(platform);
      const { code, stderr } = await runKind(kind, platform);
      expect(code).toBe(1);
      for (const line of stderr.trimEnd().split("\n")) expect(`${line}\n`).toMatch(oneLine(kind));
      expect(platform.arrivals.every(({ method }) => method === "GET")).toBe(true);
    }),
  );
});
