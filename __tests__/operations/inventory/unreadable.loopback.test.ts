import { INVENTORY_FORMATS } from "../../../cli/pages/findings";
import { inventory, exitCodeOf, type Inventory } from "../../../operations/inventory/inventory";
import { Accept } from "../../../policy/accept";
import { OnlinePlatforms } from "../../support/online-platforms";
import { echo, type Fault, json, status, truncated } from "../../../rehearsal/fault";
import { WORKSPACE } from "../../../rehearsal/render";
import { ACCOUNT_ID, deployed, PROJECT, SERVICE, shop, WORKER, ZONE_ID } from "./shop";
import { sample } from "../../support/sample";

let online: OnlinePlatforms;
beforeEach(async () => {
  online = await OnlinePlatforms.start([shop()]);
  deployed(online);
});
afterEach(() => online.stop());

const taken = (variables = {}, environment = shop()): Promise<Inventory> =>
  inventory([environment], online.clients(variables));

/** Every read, by the path that is asked, and the finding that it becomes where it fails. */
const READS: readonly (readonly [path: string, at: RegExp, id: string])[] = [
  ["firewall/access_rules", /access_rules/, `cloudflare/ip-access-rules/${ZONE_ID}`],
  ["pagerules", /pagerules/, `cloudflare/page-rules/${ZONE_ID}`],
  ["workers/routes", /workers\/routes/, `cloudflare/workers-routes/${ZONE_ID}`],
  ["spectrum/apps", /spectrum/, `cloudflare/spectrum/${ZONE_ID}`],
  ["dns_records", /dns_records/, `cloudflare/dns-records/${ZONE_ID}`],
  ["rules/lists", /rules\/lists$/, `cloudflare/lists/${ACCOUNT_ID}`],
  ["the phase of transforms", /http_request_transform/, `cloudflare/phase/${ZONE_ID}/http_request_transform`],
  ["the phase of settings", /http_config_settings/, `cloudflare/phase/${ZONE_ID}/http_config_settings`],
  ["the phase of origins", /http_request_origin/, `cloudflare/phase/${ZONE_ID}/http_request_origin`],
  ["services", /v1\/services\?/, `render/services/${WORKSPACE}`],
  ["a service", new RegExp(`v1/services/${WORKER}`), `render/service/${WORKER}`],
  ["custom-domains", /custom-domains/, `render/custom-domains/${SERVICE}`],
  ["postgres", /v1\/postgres\?/, `render/postgres/${WORKSPACE}`],
  ["key-value", /v1\/key-value\?/, `render/key-values/${WORKSPACE}`],
  ["projects", /v1\/projects$/, "supabase/projects/all"],
  ["branches", /branches/, `supabase/branches/${PROJECT}`],
  ["postgrest", /postgrest/, `supabase/data-api/${PROJECT}`],
];
const FAULTS: readonly (readonly [name: string, fault: Fault])[] = [
  ["403", status(403)],
  ["404", status(404)],
  ["wrong types", json({ success: true, result: [{ id: 7 }] })],
  ["truncated JSON", truncated],
];
const CASES = READS.flatMap(([path, at, id]) => FAULTS.map(([name, fault]) => [name, path, at, id, fault] as const));

test.each(sample(CASES, 5))("%s for %s is a finding and never silence", async (_name, _path, at, id, fault) => {
  online.cloudflare.strike(fault, { at });
  online.platform.strike(fault, { at });
  const report = await taken();
  expect(report.findings.map((finding) => [finding.id, finding.level])).toEqual([[id, "undecided"]]);
  expect(exitCodeOf(report)).toBe(2);
});

test("a list of redirects whose items can't be read is undecided", async () => {
  const facts = { id: "l1", name: "campaigns", kind: "redirect" };
  online.cloudflare.account(ACCOUNT_ID).lists.set("l1", { facts, items: [] });
  online.cloudflare.strike(status(403), { at: /items/ });
  expect((await taken()).findings).toMatchObject([{ id: "cloudflare/redirect-list/l1", level: "undecided" }]);
});

test("the custom domains of a stranger that can't be read are undecided beside it", async () => {
  const service = { id: "srv-x", type: "web_service", serviceDetails: { url: "https://x.onrender.com" } };
  online.platform.render.services.set("srv-x", service);
  expect((await taken()).findings.map(({ id, level }) => [id, level])).toEqual([
    ["render/custom-domains/srv-x", "undecided"],
    ["render/service/srv-x", "failure"],
  ]);
});

test("what can't be read may be accepted with a reason", async () => {
  online.cloudflare.strike(status(403), { at: /spectrum/ });
  const accept = [Accept.thing(`cloudflare/spectrum/${ZONE_ID}`, "the Pro plan has no such application here")];
  const report = await taken({}, shop({ accept }));
  expect([report.findings, report.ignored.length]).toEqual([[], 1]);
});

test.each([
  ["a part of the platform", /custom-domains/, {}],
  ["the platform", /never/, { RENDER_API_KEY: undefined }],
])("nothing is said to be gone where %s wasn't read", async (_what, at, variables) => {
  online.platform.strike(status(403), { at });
  const accept = [Accept.thing("render/service/srv-gone", "another team's, for now")];
  const { findings } = await taken(variables, shop({ accept }));
  expect(findings.map(({ level }) => level)).toEqual(["undecided"]);
});

test("the access to a platform can't be accepted", async () => {
  const accept = [Accept.thing("access/Render", "nobody looks at it")];
  await expect(taken({}, shop({ accept }))).rejects.toThrow(/as the inventory or lint prints it/);
});

test("a finding counts more than an unknown answer", async () => {
  online.platform.supabase.exposed.set(PROJECT, "public");
  online.cloudflare.strike(status(403), { at: /spectrum/ });
  expect(exitCodeOf(await taken())).toBe(1);
});

test.each([
  ["CLOUDFLARE_API_TOKEN", "access/Cloudflare"],
  ["RENDER_API_KEY", "access/Render"],
  ["SUPABASE_ACCESS_TOKEN", "access/Supabase"],
])("without %s nothing is known of the platform", async (variable, id) => {
  const report = await taken({ [variable]: undefined });
  expect(report.findings).toMatchObject([{ id, level: "undecided", what: expect.stringMatching(variable) }]);
  expect(exitCodeOf(report)).toBe(2);
});

test("says which rights a token lacks, in one line with what they are for", async () => {
  online.cloudflare.strike(status(403), { at: /spectrum|dns_records|pagerules/ });
  const report = await taken();
  expect(report.findings.map(({ needs }) => needs)).toEqual([
    "Zone > DNS > Read",
    "Zone > Page Rules > Read",
    "Zone > Zone Settings > Read, and a plan with Spectrum",
  ]);
  expect(INVENTORY_FORMATS.text(report)).toContain(
    [
      "  the DNS records of shop.dev, the Page Rules of shop.dev and the Spectrum applications of shop.dev can't be read: Cloudflare answered 403",
      "    to do: give CLOUDFLARE_API_TOKEN the right to read this; it takes Zone > DNS > Read; Zone > Page Rules > Read; Zone > Zone Settings > Read, and a plan with Spectrum",
    ].join("\n"),
  );
});

test("an unreachable platform is one line", async () => {
  const report = await taken({ CLOUDFLARE_BASE_URL: "http://127.0.0.1:1" });
  expect(report.findings.length).toBeGreaterThan(7);
  expect(INVENTORY_FORMATS.text(report).match(/can't be read/g)).toHaveLength(1);
});

test("shows no credential, also where a platform does", async () => {
  online.cloudflare.strike(echo(401));
  online.platform.strike(echo(403));
  const shown = JSON.stringify(await taken());
  expect(shown).toMatch(/answered 401/);
  for (const secret of [online.cloudflare.token, online.platform.token, online.platform.key]) {
    for (let at = 0; at + 8 <= secret.length; at += 1) expect(shown).not.toContain(secret.slice(at, at + 8));
  }
});
