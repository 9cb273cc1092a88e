import { CHECKLIST_FORMATS } from "../../../cli/pages/findings";
import { EdgePhase } from "../../../policy/edge-phase";
import { addRecord, ZONE_ID } from "../inventory/shop";
import { GROWTH, pasted, REPOSITORY, rulesetId, Stand, wholeShop } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.stop());

describe("what a zone has already", () => {
  test("is found with what to paste, and passes once that is pasted", async () => {
    stand.rules(EdgePhase.CUSTOM, [
      GROWTH,
      { ...GROWTH, id: "8".repeat(32), ref: "Old Ref", enabled: false, description: "" },
    ]);
    stand.rules(EdgePhase.REDIRECT, [], "ours");
    addRecord(stand.online, "e".repeat(32), { name: "app.shop.dev", type: "CNAME", content: "shop.onrender.com" });
    const report = await stand.report();
    expect(report.findings.map(({ id, level }) => [id, level])).toEqual([
      ["cloudflare/host-record/app.shop.dev", "failure"],
      [`cloudflare/rule/http_request_firewall_custom/${"8".repeat(32)}`, "failure"],
      ["cloudflare/rule/http_request_firewall_custom/growth-sign-up", "failure"],
      [`cloudflare/ruleset/${ZONE_ID}/http_request_dynamic_redirect`, "failure"],
      [`cloudflare/ruleset/${ZONE_ID}/http_request_firewall_custom`, "failure"],
    ]);
    const edge = pasted(report.paste ?? "");
    expect(edge).toEqual({
      existing: {
        rulesets: {
          [EdgePhase.REDIRECT]: { id: rulesetId(EdgePhase.REDIRECT), name: "ours" },
          [EdgePhase.CUSTOM]: { id: rulesetId(EdgePhase.CUSTOM), name: "default" },
        },
        records: { "app.shop.dev": "e".repeat(32) },
      },
      otherRules: [
        {
          phase: EdgePhase.CUSTOM,
          ref: "growth-sign-up",
          description: GROWTH.description,
          expression: GROWTH.expression,
          action: "managed_challenge",
        },
        {
          phase: EdgePhase.CUSTOM,
          ref: "8".repeat(32),
          description: expect.stringMatching(/to be described/),
          expression: GROWTH.expression,
          action: "managed_challenge",
          enabled: false,
        },
      ],
    });
    expect(await stand.report(wholeShop({ edge }))).toMatchObject({ findings: [], ignored: [] });
    expect(CHECKLIST_FORMATS.text(report)).toContain('ref: "growth-sign-up",');
  });

  test("keeps its name: a ruleset of another one would be replaced", async () => {
    stand.rules(EdgePhase.CUSTOM, [], "ours");
    const existing = { rulesets: { [EdgePhase.CUSTOM]: { id: rulesetId(EdgePhase.CUSTOM) } } };
    const report = await stand.report(wholeShop({ edge: { existing } }));
    expect(report.findings).toMatchObject([{ level: "failure", what: expect.stringMatching(/has (?:c1)+ "ours"/) }]);
    expect(await stand.findings(wholeShop({ edge: pasted(report.paste ?? "") }))).toEqual([]);
  });

  test("is imported by a line for the shell where Terraform alone can", async () => {
    stand.repository.rulesets.set("42", { id: 42, name: "snyk-gate" });
    const [finding] = await stand.findings();
    const [, name] = REPOSITORY.split("/");
    expect(finding?.paste).toBe(
      `terraform -chdir=${stand.folder}/stacks/shop import github_repository_ruleset.Ruleset ${name ?? ""}:42`,
    );
  });

  test("isn't pasted with what may be secret: until that is filled in, the file doesn't compile", async () => {
    const secret = "hunter2hunter2";
    stand.rules(EdgePhase.LATE_TRANSFORM, [
      {
        ...GROWTH,
        action: "rewrite",
        action_parameters: { headers: { "X-Partner": { operation: "set", value: secret } } },
      },
      { ...GROWTH, id: "6".repeat(32), ref: "b", expression: `any(http.request.headers["x-key"][*] eq "${secret}")` },
      {
        ...GROWTH,
        id: "5".repeat(32),
        ref: "c",
        expression: `is_timed_hmac_valid_v0("${secret}", http.host, 1, 2, 8)`,
      },
      { ...GROWTH, id: "4".repeat(32), ref: "d", expression: `http.request.uri.query contains "key=${secret}"` },
      { ...GROWTH, id: "3".repeat(32), ref: "e", expression: `any(http.request.uri.args["k"][*] eq "${secret}")` },
      { ...GROWTH, id: "2".repeat(32), ref: "f", expression: `http.request.body.raw contains r#"${secret}"#` },
      { ...GROWTH, id: "1".repeat(32), ref: "g", expression: `"${secret}" is what nobody understands` },
      {
        ...GROWTH,
        id: "0".repeat(32),
        ref: "h",
        action: "rewrite",
        action_parameters: { uri: { query: { value: `key=${secret}` }, path: { value: "/kept" } } },
      },
    ]);
    const report = await stand.report();
    expect(`${CHECKLIST_FORMATS.text(report)}${JSON.stringify(report)}`).not.toContain("hunter2");
    expect(report.paste).toContain('{"path":{"value":"/kept"},"query":{"value":COPY_FROM_THE_DASHBOARD}}');
    expect(report.paste).toMatch(/"X-Partner":\{"operation":"set","value":COPY_FROM_THE_DASHBOARD\}/);
    expect(() => pasted(report.paste ?? "")).toThrow(/COPY_FROM_THE_DASHBOARD is not defined/);
  });

  test("is pasted in ASCII, and as text, whatever a rule is called", async () => {
    const description = '\u001b[2J\u009b1m\u202e"}; process.exit(1); ({\u00e9';
    stand.rules(EdgePhase.CUSTOM, [{ ...GROWTH, description }]);
    const report = await stand.report();
    expect(CHECKLIST_FORMATS.text(report)).toMatch(/^[\x20-\x7e\n✓○]*$/);
    expect(pasted(report.paste ?? "").otherRules?.[0]?.description).toBe(description);
  });
});
