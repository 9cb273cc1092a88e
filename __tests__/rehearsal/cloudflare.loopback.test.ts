import { CloudflarePlan } from "../../policy/cloudflare-plan";
import { EdgePhase } from "../../policy/edge-phase";
import { CloudflareStandIn } from "../../rehearsal/cloudflare/stand-in";

const ZONE = { id: "a".repeat(32), name: "shop.test", account: "b".repeat(32) };
const RULESETS = `zones/${ZONE.id}/rulesets`;
const RECORDS = `zones/${ZONE.id}/dns_records`;
const LISTS = `accounts/${ZONE.account}/rules/lists`;

interface Envelope {
  readonly success: boolean;
  readonly result: Record<string, unknown>;
  readonly errors: readonly { readonly code: number }[];
}

describe("the stand-in for Cloudflare's API", () => {
  let standIn: CloudflareStandIn;

  beforeEach(async () => {
    standIn = await CloudflareStandIn.start([ZONE]);
  });
  afterEach(() => standIn.stop());

  async function call(method: string, path: string, body?: unknown): Promise<Envelope> {
    const { CLOUDFLARE_BASE_URL: base = "", CLOUDFLARE_API_TOKEN: token = "" } = standIn.environment;
    const response = await fetch(`${base}/${path}`, {
      method,
      headers: { authorization: `Bearer ${token}` },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return (await response.json()) as Envelope;
  }

  const refusal = async (...request: Parameters<typeof call>): Promise<number | undefined> =>
    (await call(...request)).errors[0]?.code;

  const ruleset = (phase: string, ...rules: readonly unknown[]): unknown => ({
    kind: "zone",
    name: "default",
    phase,
    rules,
  });

  test("refuses a second entry point of a phase and keeps one of another phase", async () => {
    expect(await refusal("POST", RULESETS, ruleset("http_ratelimit"))).toBeUndefined();
    expect(await refusal("POST", RULESETS, ruleset("http_ratelimit"))).toBe(20217);
    expect(await refusal("POST", RULESETS, ruleset("http_request_origin"))).toBeUndefined();
  });

  test.each([
    ["a ruleset", ruleset("http_ratelimit", { ref: "r", action: "block", expression: "ssl", expresion: "ssl" })],
    [
      "a header",
      {
        ...(ruleset("http_request_late_transform", {
          ...{ ref: "r", action: "rewrite", expression: "true" },
          action_parameters: { headers: { "X-A": { operation: "set", val: "1" } } },
        }) as object),
      },
    ],
  ])("refuses a member of %s that the provider's schema doesn't have", async (_, body) => {
    expect(await refusal("POST", RULESETS, body)).toBe(6003);
  });

  test("refuses more rules than the zone's plan has, and a regular expression that it lacks", async () => {
    await standIn.stop();
    standIn = await CloudflareStandIn.start([{ ...ZONE, plan: CloudflarePlan.FREE }]);
    const rules = (count: number, expression = "ssl") =>
      Array.from({ length: count }, (_, index) => ({ ref: `r${index}`, action: "block", expression }));
    expect(await refusal("POST", RULESETS, ruleset(EdgePhase.CUSTOM, ...rules(6)))).toBe(20000);
    expect(await refusal("POST", RULESETS, ruleset(EdgePhase.CUSTOM, ...rules(1, 'http.host matches "a"')))).toBe(
      20000,
    );
    expect(
      await refusal("POST", RULESETS, ruleset(EdgePhase.CUSTOM, ...rules(5, 'http.host eq "matches"'))),
    ).toBeUndefined();
    expect(await refusal("POST", LISTS, { kind: "ip", name: "one" })).toBeUndefined();
    expect(await refusal("POST", LISTS, { kind: "ip", name: "two" })).toBe(20000);
  });

  test("a rule keeps its id while it keeps its ref", async () => {
    const rule = (ref: string): unknown => ({ ref, action: "block", expression: "ssl" });
    const { result } = await call("POST", RULESETS, ruleset("http_ratelimit", rule("one")));
    const path = `${RULESETS}/${String(result["id"])}`;
    const { result: changed } = await call("PUT", path, ruleset("http_ratelimit", rule("new"), rule("one")));
    const idOf = (from: Record<string, unknown>, index: number): unknown =>
      (from["rules"] as readonly Record<string, unknown>[])[index]?.["id"];
    expect(idOf(changed, 1)).toBe(idOf(result, 0));
    expect(idOf(changed, 0)).not.toBe(idOf(result, 0));
  });

  test("refuses a rule that names a list which doesn't exist, and takes the name inside a string for text", async () => {
    const rule = (expression: string): unknown => ({ ref: "r", action: "block", expression });
    expect(await refusal("POST", RULESETS, ruleset("http_ratelimit", rule("ip.src in $absent")))).toBe(20127);
    expect(await refusal("POST", RULESETS, ruleset("http_ratelimit", rule('http.host eq "$absent"')))).toBeUndefined();
  });

  test("refuses to delete a list while a rule names it", async () => {
    const { result: list } = await call("POST", LISTS, { kind: "ip", name: "hooks" });
    const rule = { ref: "r", action: "block", expression: "not ip.src in $hooks" };
    const { result } = await call("POST", RULESETS, ruleset("http_ratelimit", rule));
    expect(await refusal("DELETE", `${LISTS}/${String(list["id"])}`)).toBe(10031);
    await call("DELETE", `${RULESETS}/${String(result["id"])}`);
    expect(await refusal("DELETE", `${LISTS}/${String(list["id"])}`)).toBeUndefined();
  });

  test("the items of a list change when their bulk operation completes, one operation at a time", async () => {
    const { result: list } = await call("POST", LISTS, { kind: "ip", name: "hooks" });
    const items = `${LISTS}/${String(list["id"])}/items`;
    const { result } = await call("PUT", items, [{ ip: "192.0.2.1" }]);
    const operation = `${LISTS}/bulk_operations/${String(result["operation_id"])}`;
    expect((await call("GET", operation)).result["status"]).toBe("running");
    expect(await refusal("PUT", items, [])).toBe(10037);
    expect((await call("GET", items)).result).toHaveLength(0);
    expect((await call("GET", operation)).result["status"]).toBe("completed");
    expect((await call("GET", items)).result).toHaveLength(1);
  });

  test("refuses the record that a CNAME excludes, and one that exists already", async () => {
    const record = (type: string, content: string): unknown => ({ name: "app.shop.test", type, content });
    expect(await refusal("POST", RECORDS, record("CNAME", "origin.test"))).toBeUndefined();
    expect(await refusal("POST", RECORDS, record("CNAME", "origin.test"))).toBe(81058);
    expect(await refusal("POST", RECORDS, record("A", "192.0.2.1"))).toBe(81054);
  });

  test("refuses a CNAME beside an address", async () => {
    const record = (type: string, content: string): unknown => ({ name: "app.shop.test", type, content });
    expect(await refusal("POST", RECORDS, record("A", "192.0.2.1"))).toBeUndefined();
    expect(await refusal("POST", RECORDS, record("CNAME", "origin.test"))).toBe(81053);
  });

  test("reads a record's name outside the zone as relative to it", async () => {
    const { result } = await call("POST", RECORDS, { name: "app.other.test", type: "A", content: "192.0.2.1" });
    expect(result["name"]).toBe("app.other.test.shop.test");
  });

  test.each([
    ["ssl", "strict", "best"],
    ["min_tls_version", "1.2", 1.2],
    ["tls_1_3", "on", {}],
    ["security_header", { strict_transport_security: { enabled: true } }, { enabled: true }],
  ])("the setting %s takes %j and refuses %j", async (setting, good, bad) => {
    const path = `zones/${ZONE.id}/settings/${setting}`;
    expect(await refusal("PATCH", path, { value: good })).toBeUndefined();
    expect(await refusal("PATCH", path, { value: bad })).toBe(1007);
  });

  test("a Gateway policy is off unless it is asked to be on", async () => {
    const path = `accounts/${ZONE.account}/gateway/rules`;
    expect((await call("POST", path, { name: "workers", action: "block" })).result["enabled"]).toBe(false);
    expect((await call("POST", path, { name: "workers", action: "block", enabled: true })).result["enabled"]).toBe(
      true,
    );
  });

  test("refuses a zone, a path and a token that it doesn't know", async () => {
    expect(await refusal("GET", `zones/${"0".repeat(32)}/rulesets`)).toBe(7003);
    expect(await refusal("GET", `zones/${ZONE.id}/filters`)).toBe(7000);
    const { CLOUDFLARE_BASE_URL: base = "" } = standIn.environment;
    expect((await fetch(`${base}/${RULESETS}`)).status).toBe(403);
  });

  test("answers later what it is told to slow down", async () => {
    standIn.slowDown(/rulesets/);
    await Promise.all([
      call("POST", RULESETS, ruleset("http_ratelimit")),
      call("PATCH", `zones/${ZONE.id}/settings/ssl`, { value: "strict" }),
    ]);
    expect(standIn.writes.map(({ method }) => method)).toEqual(["PATCH", "POST"]);
  });

  test("records every request in order, with how it was answered", async () => {
    await call("GET", RULESETS);
    await call("PUT", `zones/${ZONE.id}/url_normalization`, { scope: "both", type: "cloudflare" });
    await call("DELETE", `${RULESETS}/none`);
    expect(standIn.requests.map(({ method, status }) => [method, status])).toEqual([
      ["GET", 200],
      ["PUT", 200],
      ["DELETE", 404],
    ]);
    expect(standIn.writes.map(({ path }) => path)).toEqual([`zones/${ZONE.id}/url_normalization`, `${RULESETS}/none`]);
    expect(standIn.refusals).toHaveLength(1);
  });
});
