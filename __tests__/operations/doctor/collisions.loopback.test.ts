import { exitCodeOf } from "../../../operations/doctor/checklist";
import { EdgePart } from "../../../policy/edge-options";
import { EdgePhase } from "../../../policy/edge-phase";
import { Accept } from "../../../policy/accept";
import { aZone } from "../../support/environments";
import { addRecord, ZONE_ID } from "../inventory/shop";
import { status } from "../../../rehearsal/fault";
import { GROWTH, REPOSITORY, rulesetId, Stand, testWrong, wholeShop, type Wrong } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.stop());

const WRONG: readonly Wrong[] = [
  [
    "a list of the same name",
    ({ online }) =>
      online.cloudflare
        .account(aZone().account)
        .lists.set("l1", { facts: { id: "l1", name: "shop_meta", kind: "ip" }, items: [] }),
    "cloudflare/list/l1",
    /has a list shop_meta already/,
  ],
  [
    "a Gateway policy in the same place",
    ({ online }) =>
      online.cloudflare.account(aZone().account).policies.set("g1", { id: "g1", name: "other", precedence: 1000 }),
    "cloudflare/gateway-policy/g1",
    /"other" has the place 1000 already/,
  ],
];

testWrong(() => stand, WRONG);

describe("what a zone has already", () => {
  test("may be dropped by name, and a name that fits nothing is said", async () => {
    stand.rules(EdgePhase.CUSTOM, [GROWTH]);
    const existing = { rulesets: { [EdgePhase.CUSTOM]: { id: rulesetId(EdgePhase.CUSTOM) } } };
    const report = await stand.report(wholeShop({ edge: { existing } }), { drop: ["growth-sign-up", "grwoth"] });
    expect(report.findings).toMatchObject([
      { id: "cloudflare/rule/http_request_firewall_custom/growth-sign-up", level: "notice" },
      { id: "drop/grwoth", level: "notice", what: "no live rule has the ref grwoth" },
    ]);
    expect([exitCodeOf(report), report.paste]).toEqual([0, undefined]);
  });

  test("isn't this project's own work: after a deploy nothing collides", async () => {
    stand.rules(EdgePhase.CUSTOM, [{ ...GROWTH, ref: "edge_only_https" }]);
    addRecord(stand.online, "e1", { name: "app.shop.dev", type: "CNAME", content: "shop.onrender.com" });
    stand.online.cloudflare
      .account(aZone().account)
      .lists.set("l1", { facts: { id: "l1", name: "shop_meta", kind: "ip" }, items: [] });
    const { files, rulesets } = stand.repository;
    files.set(".github/workflows/snyk.yml", Buffer.from("# Managed by Terraform (ScanSchedule): yesterday's\n"));
    files.set(".github/dependabot.yml", Buffer.from("version: 2\n"));
    files.set(".github/security/snyk-scan.cjs", Buffer.from("yesterday();\n"));
    rulesets.set("42", { id: 42, name: "snyk-gate" });
    expect(await stand.findings()).toEqual([]);
  });

  test("is somebody else's where only one ruleset is this project's", async () => {
    stand.rules(EdgePhase.CUSTOM, [{ ...GROWTH, ref: "edge_only_https" }, GROWTH]);
    stand.rules(EdgePhase.LATE_TRANSFORM, []);
    expect((await stand.findings()).map(({ id }) => id)).toEqual([
      "cloudflare/rule/http_request_firewall_custom/growth-sign-up",
      `cloudflare/ruleset/${ZONE_ID}/http_request_late_transform`,
    ]);
  });

  test("is left alone where the environment leaves it", async () => {
    stand.rules(EdgePhase.REDIRECT, [GROWTH]);
    const edge = { leave: [EdgePart.REDIRECT] };
    const accept: Accept[] = [Accept.declared("PORTS-2", "another team redirects here")];
    const id = `cloudflare/rule/${GROWTH.id}`;
    expect(await stand.findings(wholeShop({ edge, accept }))).toMatchObject([{ id, level: "failure" }]);
    accept.push(Accept.thing(id, "the redirect of another team"));
    expect(await stand.findings(wholeShop({ edge, accept }))).toEqual([]);
  });

  test.each([
    [
      "a ruleset",
      { rulesets: { [EdgePhase.CUSTOM]: { id: "7".repeat(32) } } },
      /names the ruleset 7+ of .*, and the zone has none/,
    ],
    [
      "a record",
      { records: { "app.shop.dev": "7".repeat(32) } },
      /names the record 7+ of app\.shop\.dev, which has none/,
    ],
  ])("may not be %s that isn't there", async (_what, existing, what) => {
    expect(await stand.findings(wholeShop({ edge: { existing } }))).toMatchObject([
      { level: "failure", what: expect.stringMatching(what) },
    ]);
  });

  test("is more than one record: one is kept, the others have to go first", async () => {
    addRecord(stand.online, "e1", { name: "app.shop.dev", type: "A", content: "9.9.9.9" });
    addRecord(stand.online, "e2", { name: "app.shop.dev", type: "AAAA", content: "2620:fe::9" });
    const findings = await stand.findings();
    expect(findings.find(({ id }) => id === "cloudflare/host-record/app.shop.dev")?.what).toMatch(
      /has 2 records.*A 9\.9\.9\.9 \(e1\), AAAA 2620:fe::9 \(e2\)/,
    );
  });

  test("can't be told where it can't be read", async () => {
    stand.online.cloudflare.strike(status(403), { at: /entrypoint|dns_records|bot_management|zones\/[a-f0-9]+$/ });
    stand.online.github.strike(status(403), { at: /secrets|contents|rulesets/ });
    const report = await stand.report();
    expect(exitCodeOf(report)).toBe(1);
    const ids = report.findings.filter(({ level }) => level === "undecided").map(({ id }) => id);
    for (const id of [
      `cloudflare/zone/${ZONE_ID}`,
      `cloudflare/dns-records/${ZONE_ID}`,
      `cloudflare/bot-fight-mode/${ZONE_ID}`,
      `cloudflare/phase/${ZONE_ID}/http_request_firewall_custom`,
      `github/actions-secret/${REPOSITORY}`,
      `github/dependabot-secret/${REPOSITORY}`,
      `github/files/${REPOSITORY}`,
      `github/rulesets/${REPOSITORY}`,
    ]) {
      expect(ids).toContain(id);
    }
    expect(report.findings.map(({ level }) => level)).not.toContain("failure");
  });
});
