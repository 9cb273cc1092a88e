import { RenderAndSupabase } from "../../rehearsal/render-and-supabase";
import { faultNamed, FAULTS, strikeWrite } from "../../rehearsal/faults";
import { Platforms } from "../../rehearsal/platforms";
import { ZONE_ID } from "../support/environments";
import { aPlatformEnvironment, EGRESS_SET, PROJECT } from "../support/platform-environment";

const PATHS = ["/v1/services/srv-c0ffee0c0ffee0c0ffee", "/v1/key-value/red-c0ffee0c0ffee0c0ffee"];

describe("a fault of a rehearsal", () => {
  let platforms: Platforms;

  beforeEach(async () => {
    platforms = await Platforms.start([aPlatformEnvironment()]);
  });
  afterEach(() => platforms.stop());

  async function write(path: string, token = platforms.platform.key, method = "PATCH"): Promise<number> {
    const base = String(platforms.variables["SUPABASE_API_ENDPOINT"]);
    const headers = { authorization: `Bearer ${token}` };
    const body = method === "GET" ? {} : { body: JSON.stringify({ ipAllowList: [] }) };
    return fetch(`${base}${path}`, { method, headers, ...body }).then(
      ({ status }) => status,
      () => 0,
    );
  }

  test("strikes one write after the other, each time that it is tried, in whatever order they come", async () => {
    const [one = "", other = ""] = PATHS;
    const done = new Set<string>();
    const statuses = async (...paths: readonly string[]) => {
      platforms.platform.calm();
      const struck = strikeWrite(platforms, faultNamed("render:500"), done);
      const answers = [];
      for (const path of paths) answers.push(await write(path));
      return [...answers, struck()?.path];
    };
    expect(await statuses(one, other, one, other)).toEqual([500, 200, 500, 200, one]);
    expect(await statuses(other, one, other, one)).toEqual([500, 200, 500, 200, other]);
    expect(await statuses(one, other)).toEqual([200, 200, undefined]);
  });

  test("strikes no read", async () => {
    const struck = strikeWrite(platforms, faultNamed("render:500"), new Set());
    expect(await write(`/v1/dedicated-ips/${EGRESS_SET}`, platforms.platform.key, "GET")).toBe(200);
    expect(struck()).toBeUndefined();
  });

  test("of one platform leaves the others alone", async () => {
    const struck = strikeWrite(platforms, faultNamed("supabase:500"), new Set());
    expect(await write(PATHS[0] ?? "")).toBe(200);
    expect(struck()).toBeUndefined();
    const path = `/v1/projects/${PROJECT}/network-restrictions/apply`;
    expect(await write(path, platforms.platform.token, "POST")).toBe(500);
  });

  test("of one kind of write leaves the others alone", async () => {
    const struck = strikeWrite(platforms, faultNamed("cloudflare:20217"), new Set());
    const send = (path: string, method: string) =>
      fetch(`${String(platforms.variables["CLOUDFLARE_BASE_URL"])}/zones/${ZONE_ID}/${path}`, { method, body: "{}" });
    await send("settings/ssl", "PATCH");
    expect(struck()).toBeUndefined();
    expect(await (await send("rulesets", "POST")).text()).toContain("20217");
    expect(struck()?.method).toBe("POST");
  });

  test("whose answer is lost has taken effect", async () => {
    strikeWrite(platforms, faultNamed("render:lost"), new Set());
    expect(await write(PATHS[1] ?? "")).toBe(0);
    expect([...platforms.platform.render.keyValues.values()]).toEqual([expect.objectContaining({ ipAllowList: [] })]);
  });

  test("that ends an answer in its middle has taken effect, too", async () => {
    strikeWrite(platforms, faultNamed("render:truncated"), new Set());
    const { SUPABASE_API_ENDPOINT: base = "" } = platforms.variables;
    const headers = { authorization: `Bearer ${platforms.platform.key}` };
    const body = JSON.stringify({ ipAllowList: [] });
    const said = await (await fetch(`${base}${PATHS[1] ?? ""}`, { method: "PATCH", headers, body })).text();
    const [store] = platforms.platform.render.keyValues.values();
    expect(store).toMatchObject({ ipAllowList: [] });
    expect([said.length > 0, JSON.stringify(store).startsWith(said), JSON.stringify(store) === said]).toEqual([
      true,
      true,
      false,
    ]);
  });

  test.each(Object.keys(FAULTS))("of %s has a name that finds it", (platform) => {
    for (const fault of Object.keys(FAULTS[platform] ?? {}))
      expect(faultNamed(`${platform}:${fault}`).means).not.toBe("");
  });

  test("is forgotten when the platform is calm again", () =>
    RenderAndSupabase.during(async (platform) => {
      platform.strike(faultNamed("render:500").fault);
      platform.calm();
      const headers = { authorization: `Bearer ${platform.key}` };
      expect((await fetch(`${String(platform.environment["RENDER_HOST"])}/owners`, { headers })).status).toBe(200);
    }));
});
