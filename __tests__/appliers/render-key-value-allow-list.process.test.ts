import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { ALLOW_LIST, OPEN_TO_ALL, RED } from "./kinds";
import { oneLine, runKind } from "./run-kind";

const OFFICE = { cidrBlock: "203.0.113.0/28", description: "office" };

const keyValue = (ipAllowList: unknown): { readonly id: string; readonly ipAllowList: unknown } => ({
  id: RED,
  ipAllowList,
});

describe("the allow list of a Render Key Value instance", () => {
  test.concurrent("is emptied where nothing may come from the Internet", () =>
    RenderAndSupabase.during(async (platform) => {
      platform.render.keyValues.set(RED, keyValue(OPEN_TO_ALL));
      expect(await runKind(ALLOW_LIST, platform)).toMatchObject({ code: 0 });
      expect(platform.writes).toMatchObject([
        { method: "PATCH", path: `/v1/key-value/${RED}`, body: { ipAllowList: [] } },
      ]);
    }),
  );

  test.concurrent("becomes exactly the given one, and a description alone makes no difference", () =>
    RenderAndSupabase.during(async (platform) => {
      const desired = { keyValueId: RED, ipAllowList: [OFFICE] };
      platform.render.keyValues.set(RED, keyValue([]));
      expect(await runKind(ALLOW_LIST, platform, { desired })).toMatchObject({ code: 0 });
      expect(platform.writes).toMatchObject([{ body: { ipAllowList: [OFFICE] } }]);
      platform.render.keyValues.set(RED, keyValue([{ ...OFFICE, description: "renamed by hand" }]));
      expect(await runKind(ALLOW_LIST, platform, { desired })).toMatchObject({ code: 0 });
      expect(platform.writes).toHaveLength(1);
    }),
  );

  test.concurrent("fails when the platform keeps the old list", () =>
    RenderAndSupabase.during(async (platform) => {
      platform.render.keyValues.set(RED, keyValue(OPEN_TO_ALL));
      platform.render.take = (_, before) => before;
      const { code, stderr } = await runKind(ALLOW_LIST, platform, { environment: { APPLIER_DEADLINE_MS: "2500" } });
      expect(code).toBe(1);
      expect(stderr).toMatch(oneLine(ALLOW_LIST));
      expect(stderr).toContain("written, but not in force: public addresses are admitted that must not be: 0.0.0.0/0");
    }),
  );

  test.concurrent.each([
    ["no list", null],
    ["a list of another form", ["203.0.113.0/28"]],
    ["a text", "none"],
  ])("isn't taken for empty where the platform shows %s", (_, ipAllowList) =>
    RenderAndSupabase.during(async (platform) => {
      platform.render.keyValues.set(RED, keyValue(ipAllowList));
      expect(await runKind(ALLOW_LIST, platform)).toMatchObject({ code: 2, stdout: "" });
      expect(platform.writes).toEqual([]);
    }),
  );

  test.concurrent("isn't taken from an answer about another instance", () =>
    RenderAndSupabase.during(async (platform) => {
      platform.render.keyValues.set(RED, { id: "red-another", ipAllowList: [] });
      const { code, stderr } = await runKind(ALLOW_LIST, platform);
      expect(code).toBe(2);
      expect(stderr).toContain(`the answer.id must be "${RED}"`);
    }),
  );
});
