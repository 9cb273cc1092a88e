import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { status } from "../../rehearsal/fault";
import type { Ended } from "../support/run-program";
import { admitting, EDGE, OPEN_TO_ALL, SRV, WEB_ALLOW_LIST } from "./kinds";
import { oneLine, runKind, type Options } from "./run-kind";

interface Seen extends Ended {
  readonly writes: readonly unknown[];
  readonly service: unknown;
}

/** Runs the program against a service that shows this, on a platform that `prepare` has changed. */
const applied = (
  show: (platform: RenderAndSupabase) => void,
  { prepare, ...options }: Options & { readonly prepare?: (platform: RenderAndSupabase) => void } = {},
): Promise<Seen> =>
  RenderAndSupabase.during(async (platform) => {
    show(platform);
    prepare?.(platform);
    const ended = await runKind(WEB_ALLOW_LIST, platform, options);
    const writes = platform.writes.map(({ method, path, body }) => ({ method, path, body }));
    return { ...ended, writes, service: platform.render.services.get(SRV)?.serviceDetails };
  });

describe("the allow list of a Render web service", () => {
  test.concurrent("replaces the rule that admits everybody, and changes nothing else", async () => {
    const { code, writes } = await applied(admitting(OPEN_TO_ALL));
    const body = { serviceDetails: { ipAllowList: EDGE } };
    expect({ code, writes }).toEqual({ code: 0, writes: [{ method: "PATCH", path: `/v1/services/${SRV}`, body }] });
  });

  test.concurrent("stays where the addresses are the same, whatever cut, order and descriptions", async () => {
    const halves = ["2001:db8:0:0:8000::/65", "203.0.113.8/29", "2001:DB8::/65", "203.0.113.0/29"];
    const list = halves.map((cidrBlock) => ({ cidrBlock, description: "by hand" }));
    expect(await applied(admitting(list))).toMatchObject({ code: 0, writes: [] });
  });

  test.concurrent.each<[string, unknown, string]>([
    ["one block too many", [...EDGE, { cidrBlock: "198.51.100.0/24" }], "admitted that must not be: 198.51.100.0/24"],
    ["one block too few", EDGE.slice(1), "not admitted that must be: 203.0.113.0/28"],
    ["nobody admitted", [], "not admitted that must be: 203.0.113.0/28, 2001:db8::/64"],
    ["no list", undefined, "as far as can be known: the platform doesn't show the list"],
  ])("differs with %s, and is written", async (_, list, says) => {
    const found = await applied(admitting(list), { check: true });
    expect(found).toMatchObject({ code: 1, writes: [] });
    expect(found.stderr).toContain(says);
    const closed = await applied(admitting(list));
    expect(closed).toMatchObject({ code: 0, service: { ipAllowList: EDGE } });
  });

  test.concurrent.each<[number, string]>([
    [400, "IP allow list is only available for Enterprise workspaces"],
    [402, "payment required"],
    [403, "forbidden"],
  ])("fails where the plan doesn't have it (%i), says so, and leaves the service as it was", async (code, message) => {
    const seen = await applied(admitting(OPEN_TO_ALL), {
      prepare: (platform) => platform.strike(status(code, message), { on: "writes" }),
    });
    expect(seen).toMatchObject({ code: 2, stdout: "", service: { ipAllowList: OPEN_TO_ALL } });
    expect(seen.stderr).toMatch(oneLine(WEB_ALLOW_LIST));
    expect(seen.stderr).toContain(`answered ${code} "${message}"`);
    expect(seen.stderr).toContain("on its Enterprise plan only");
  });

  test.concurrent("doesn't blame the plan for a read that is refused", async () => {
    const { code, stderr } = await applied(admitting(OPEN_TO_ALL), {
      prepare: (platform) => platform.strike(status(403), { on: "reads" }),
    });
    expect(code).toBe(2);
    expect(stderr).not.toContain("Enterprise");
  });

  test.concurrent("fails when the platform keeps the old list", async () => {
    const seen = await applied(admitting(OPEN_TO_ALL), {
      environment: { APPLIER_DEADLINE_MS: "2500" },
      prepare: ({ render }) => (render.take = (_, before) => before),
    });
    expect(seen).toMatchObject({ code: 1, stdout: "" });
    expect(seen.stderr).toContain(
      "written, but not in force: public addresses are admitted that must not be: 0.0.0.0/0",
    );
  });

  test.concurrent.each(["static_site", "private_service", "background_worker"])(
    "isn't given to a service of type %s",
    async (type) => {
      const seen = await applied(({ render }) => void render.services.set(SRV, { id: SRV, type, serviceDetails: {} }));
      expect(seen).toMatchObject({ code: 1, stdout: "", writes: [] });
      expect(seen.stderr).toContain(`the service is of type ${type}, not web_service`);
    },
  );

  test.concurrent.each([
    ["no list", null],
    ["a list of another form", ["203.0.113.0/28"]],
    ["a text", "none"],
  ])("isn't taken for a list where the platform shows %s", async (_, list) => {
    expect(await applied(admitting(list))).toMatchObject({ code: 2, stdout: "", writes: [] });
  });
});
