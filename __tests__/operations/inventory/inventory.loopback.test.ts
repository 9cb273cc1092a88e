import { INVENTORY_FORMATS } from "../../../cli/pages/findings";
import { inventory, exitCodeOf, type Inventory } from "../../../operations/inventory/inventory";
import { Accept } from "../../../policy/accept";
import { EdgePart } from "../../../policy/edge-options";
import { EdgePhase } from "../../../policy/edge-phase";
import type { Environment } from "../../../policy/environment";
import { Origin } from "../../../policy/origin";
import { aGuest } from "../../support/environments";
import { OnlinePlatforms } from "../../support/online-platforms";
import { domain } from "../../../rehearsal/render";
import { JWT_SECRET, UNRESTRICTED } from "../../../rehearsal/supabase";
import { ACCOUNT_ID, addRecord, deployed, PROJECT, SERVICE, shop, WORKER, ZONE_ID } from "./shop";
import { sample } from "../../support/sample";

let online: OnlinePlatforms;
beforeEach(async () => {
  online = await OnlinePlatforms.start([shop()]);
  deployed(online);
});
afterEach(() => online.stop());

const taken = (environments: readonly Environment[] = [shop()], name?: string): Promise<Inventory> =>
  inventory(environments, online.clients(), name);
const around = () => online.cloudflare.zone(ZONE_ID).around;
const strangerOf = (id: string) => ({ id, type: "web_service", serviceDetails: { url: `https://${id}.onrender.com` } });

describe("the inventory", () => {
  test("finds nothing where everything is named, and only reads", async () => {
    const report = await taken();
    expect(report).toEqual({ environments: ["shop"], findings: [], ignored: [] });
    expect(exitCodeOf(report)).toBe(0);
    expect(online.asked.filter((asked) => !asked.startsWith("GET "))).toEqual([]);
    expect(INVENTORY_FORMATS.text(report)).toBe("shop: 0 have to change, 0 unknown, 0 to know, 0 ignored\n");
  });

  test.each(Object.values(EdgePhase))(
    "finds the rules in %s only where the edge leaves it to somebody else",
    async (phase) => {
      addRule(phase, true);
      expect((await taken()).findings).toEqual([]);
      const left = shop({
        edge: { leave: [EdgePart.REDIRECT, EdgePart.PORTS, EdgePart.WEBHOOK_GUARD, EdgePart.ORIGIN_SECRET] },
        accept: (["PORTS-1", "PORTS-2", "HOOK-1", "WEB-1"] as const).map((id) =>
          Accept.declared(id, "another team holds it"),
        ),
      });
      expect((await taken([left])).findings).toMatchObject([{ id: "cloudflare/rule/r1", level: "failure" }]);
    },
  );

  /** Additions to a platform, and the finding about each. */
  const ADDED: readonly (readonly [thing: string, add: () => void, id: string, level: string, what: RegExp])[] = [
    [
      "an IP Access rule that allows",
      () => around().accessRules.push(accessRule("whitelist", "asn", "AS64500")),
      "cloudflare/ip-access-rule/a1",
      "failure",
      /whitelist for asn AS64500 lets it past every custom rule/,
    ],
    [
      "an IP Access rule that stops Meta",
      () => around().accessRules.push(accessRule("block", "ip", "31.13.24.1")),
      "cloudflare/ip-access-rule/a1",
      "failure",
      /block for ip 31\.13\.24\.1 stops the sender of a webhook/,
    ],
    [
      "an IP Access rule that stops somebody else",
      () => around().accessRules.push(accessRule("block", "ip_range", "9.9.9.0/24")),
      "cloudflare/ip-access-rule/a1",
      "notice",
      /stops it before the rules/,
    ],
    [
      "an IP Access rule that stops a country",
      () => around().accessRules.push(accessRule("js_challenge", "country", "IE")),
      "cloudflare/ip-access-rule/a1",
      "notice",
      /js_challenge for country IE/,
    ],
    [
      "a Page Rule",
      () => around().pageRules.push(pageRule("active")),
      "cloudflare/page-rule/p1",
      "failure",
      /Page Rule for \*shop\.dev\/\* does forwarding_url/,
    ],
    [
      "a Page Rule that is off",
      () => around().pageRules.push(pageRule("disabled")),
      "cloudflare/page-rule/p1",
      "notice",
      /switched off/,
    ],
    [
      "a Workers route",
      () => around().workersRoutes.push({ id: "w1", pattern: "app.shop.dev/*", script: "proxy" }),
      "cloudflare/workers-route/w1",
      "failure",
      /route app\.shop\.dev\/\* runs the Worker proxy/,
    ],
    [
      "a Workers route that runs nothing",
      () => around().workersRoutes.push({ id: "w1", pattern: "app.shop.dev/*", script: null }),
      "cloudflare/workers-route/w1",
      "notice",
      /runs nothing/,
    ],
    [
      "a Spectrum application",
      () => around().spectrum.push({ id: "s1", protocol: "tcp/5432", dns: { type: "CNAME", name: "db.shop.dev" } }),
      "cloudflare/spectrum-application/s1",
      "failure",
      /opens tcp\/5432 at db\.shop\.dev/,
    ],
    [
      "a redirect of the account",
      () => addRedirects("https://other.dev/", "APP.shop.dev/old", "shop.dev"),
      "cloudflare/redirect-list/l1",
      "failure",
      /answers 2 addresses of shop\.dev before the rules: APP\.shop\.dev\/old, shop\.dev/,
    ],
    [
      "a rule that rewrites paths",
      () => addRule("http_request_transform", true),
      "cloudflare/rule/r1",
      "failure",
      /"growth" in http_request_transform rewrites the path/,
    ],
    [
      "a rule that is switched off",
      () => addRule("http_config_settings", false),
      "cloudflare/rule/r1",
      "notice",
      /switched off/,
    ],
    [
      "a record past the proxy",
      () => addRecord(online, "f2", { name: "origin.shop.dev", type: "A", content: "9.9.9.9", proxied: false }),
      "cloudflare/dns-record/f2",
      "failure",
      /A origin\.shop\.dev leads to 9\.9\.9\.9, not proxied, and no environment names it/,
    ],
    [
      "another record of a host",
      () => addRecord(online, "f2", { name: "App.shop.dev.", type: "AAAA", content: "2620:fe::9" }),
      "cloudflare/dns-record/f2",
      "failure",
      /a host of the policy that doesn't go through its edge/,
    ],
    [
      "a record that leads nowhere",
      () => addRecord(online, "f2", { name: "shop.dev", type: "TXT", content: "token=hunter2hunter2" }),
      "cloudflare/dns-record/f2",
      "notice",
      /^TXT shop\.dev is in no environment$/,
    ],
    [
      "a service",
      () => {
        online.platform.render.services.set("srv-x", strangerOf("srv-x"));
        online.platform.render.customDomains.set("srv-x", [domain("old.shop.dev")]);
      },
      "render/service/srv-x",
      "failure",
      /web_service "srv-x" at https:\/\/srv-x\.onrender\.com, old\.shop\.dev is in no environment/,
    ],
    [
      "a suspended service",
      () => {
        online.platform.render.services.set("srv-x", { ...strangerOf("srv-x"), suspended: "suspended" });
        online.platform.render.customDomains.set("srv-x", []);
      },
      "render/service/srv-x",
      "notice",
      /suspended/,
    ],
    [
      "a preview",
      () => {
        const serviceDetails = { url: "https://pr-1.onrender.com", parentServer: { id: SERVICE, name: "shop" } };
        online.platform.render.services.set("srv-x", { id: "srv-x", type: "web_service", serviceDetails });
        online.platform.render.customDomains.set("srv-x", []);
      },
      "render/service/srv-x",
      "failure",
      /preview of srv-c0ffee0c0ffee0c0ffee/,
    ],
    [
      "a custom domain",
      () => online.platform.render.customDomains.set(SERVICE, [domain("app.shop.dev"), domain("old.shop.dev")]),
      "render/custom-domain/cdm-old.shop.dev",
      "failure",
      /old\.shop\.dev is a custom domain/,
    ],
    [
      "a Postgres database on Render",
      () => online.platform.render.postgres.set("dpg-x", { id: "dpg-x", name: "old" }),
      "render/datastore/dpg-x",
      "failure",
      /Postgres database "old"/,
    ],
    [
      "a Key Value instance",
      () => online.platform.render.keyValues.set("red-x", { id: "red-x", ipAllowList: [] }),
      "render/datastore/red-x",
      "failure",
      /Key Value instance "red-x"/,
    ],
    [
      "a project of the organization",
      () => online.platform.supabase.projects.set("z".repeat(20), UNRESTRICTED),
      `supabase/project/${"z".repeat(20)}`,
      "failure",
      /of organization shop is in no environment/,
    ],
    [
      "a branch",
      () =>
        online.platform.supabase.branches.set(PROJECT, [branch("main", PROJECT, true), branch("pr-1", "y".repeat(20))]),
      "supabase/branch/b-pr-1",
      "failure",
      /branch "pr-1" of abcdefghijabcdefghij has a database of its own/,
    ],
    [
      "the Data API",
      () => online.platform.supabase.exposed.set(PROJECT, "public, graphql_public"),
      `supabase/data-api/${PROJECT}`,
      "failure",
      /is on \(public, graphql_public\)/,
    ],
  ];

  test.each(sample(ADDED, 3))("finds %s", async (_thing, add, id, level, what) => {
    add();
    const report = await taken();
    expect(report.findings).toEqual([
      { id, level, what: expect.stringMatching(what), todo: expect.stringMatching(/./) },
    ]);
    expect(exitCodeOf(report)).toBe(level === "failure" ? 1 : 0);
  });

  test.each(sample(ADDED, 3))("lets %s be where an environment accepts it with a reason", async (_thing, add, id) => {
    add();
    const reason = "another team's, agreed with them";
    const report = await taken([shop({ accept: [Accept.thing(id, reason)] })]);
    expect(report.findings).toEqual([]);
    expect(report.ignored).toEqual([{ id, what: expect.stringMatching(/./), reason }]);
    expect(exitCodeOf(report)).toBe(0);
    expect(INVENTORY_FORMATS.text(report)).toContain(`because ${reason}`);
  });

  test("says which accepted things are gone", async () => {
    const { findings } = await taken([shop({ accept: [Accept.thing("render/service/srv-gone", "was another's")] })]);
    expect(findings).toMatchObject([{ id: "accept/render/service/srv-gone", level: "notice" }]);
  });

  test("lets things of other zones, workspaces and organizations be", async () => {
    addRedirects("https://other.dev/", "notshop.dev");
    online.platform.render.services.set("srv-x", { ...strangerOf("srv-x"), ownerId: "tea-other" });
    online.platform.supabase.projects.set("z".repeat(20), UNRESTRICTED);
    online.platform.supabase.organizations.set("z".repeat(20), "other");
    expect((await taken()).findings).toEqual([]);
  });

  test("finds a redirect of everything below a parent of the zone", async () => {
    addRedirects("dev");
    online.cloudflare
      .account(ACCOUNT_ID)
      .lists.get("l1")
      ?.items.forEach((item) => {
        Object.assign(item["redirect"] as object, { include_subdomains: true });
      });
    expect((await taken()).findings).toMatchObject([{ id: "cloudflare/redirect-list/l1" }]);
  });

  test("lets be what Render adds beside a host by itself", async () => {
    const domains = [domain("app.shop.dev"), domain("www.app.shop.dev", "unverified", "app.shop.dev")];
    online.platform.render.customDomains.set(SERVICE, domains);
    expect((await taken()).findings).toEqual([]);
  });

  test("finds a domain that Render added beside one that is no host", async () => {
    const domains = [domain("app.shop.dev"), domain("www.old.dev", "verified", "old.dev")];
    online.platform.render.customDomains.set(SERVICE, domains);
    expect((await taken()).findings).toMatchObject([{ id: "render/custom-domain/cdm-www.old.dev" }]);
  });

  test.each([
    ["isn't proxied", { type: "CNAME", content: "shop.onrender.com", proxied: false }],
    ["leads elsewhere", { type: "CNAME", content: "other.onrender.com" }],
    ["names an address", { type: "A", content: "9.9.9.9" }],
  ])("finds a host's own record that %s", async (_what, record) => {
    addRecord(online, "f1", { name: "app.shop.dev", ...record });
    expect((await taken()).findings).toMatchObject([
      { id: "cloudflare/dns-record/f1", level: "failure", what: expect.stringMatching(/doesn't go through its edge/) },
    ]);
  });

  test("reads every page of every list", async () => {
    for (let n = 0; n < 205; n += 1) {
      addRecord(online, `n${String(n)}`, { name: `h${String(n)}.shop.dev`, type: "A", content: "9.9.9.9" });
      around().accessRules.push({ ...accessRule("whitelist", "ip", "9.9.9.9"), id: `n${String(n)}` });
      online.platform.render.postgres.set(`dpg-${String(n)}`, { id: `dpg-${String(n)}`, name: "old" });
    }
    const { findings } = await taken();
    const number = (start: string) => findings.filter(({ id }) => id.startsWith(start)).length;
    expect([number("cloudflare/dns"), number("cloudflare/ip"), number("render/")]).toEqual([205, 205, 205]);
  });

  test("is the same in any order in which the platforms answer", async () => {
    addRecord(online, "f3", { name: "b.shop.dev", type: "A", content: "9.9.9.9" });
    addRecord(online, "f2", { name: "a.shop.dev", type: "A", content: "9.9.9.9" });
    around().pageRules.push(pageRule("active"));
    const once = await taken();
    online.cloudflare.zone(ZONE_ID).records.delete("f3");
    addRecord(online, "f3", { name: "b.shop.dev", type: "A", content: "9.9.9.9" });
    expect(INVENTORY_FORMATS.text(await taken())).toBe(INVENTORY_FORMATS.text(once));
    expect(once.findings.map(({ id }) => id)).toEqual([
      "cloudflare/dns-record/f2",
      "cloudflare/dns-record/f3",
      "cloudflare/page-rule/p1",
    ]);
  });

  test("leaves a guest's zone to its owner, and lets the owner carry the guest's hosts", async () => {
    const guest = aGuest("guest", "shop");
    const [host = "", origin = Origin.render("", "")] = Object.entries(guest.hosts)[0] ?? [];
    online.platform.render.services.set(origin.service, strangerOf(origin.service));
    online.platform.render.customDomains.set(origin.service, [domain(host)]);
    addRecord(online, "f2", { name: host, type: "CNAME", content: origin.address });
    expect((await taken([shop(), guest], "guest")).findings).toMatchObject([{ id: "zone/guest", level: "notice" }]);
    expect((await taken([shop(), guest], "shop")).findings).toEqual([]);
  });

  test("refuses a name that no environment has, and example values", async () => {
    await expect(taken([shop()], "shpo")).rejects.toThrow(/got "shpo"; allowed: shop/);
    const hosts = { "app.shop.dev": Origin.render(SERVICE, "example-shop.onrender.com") };
    await expect(taken([shop({ hosts })])).rejects.toThrow(/example-shop\.onrender\.com; allowed: a value of its own/);
    expect(online.asked).toEqual([]);
  });

  test("shows no secret that a platform shows", async () => {
    online.platform.supabase.exposed.set(PROJECT, "public");
    addRecord(online, "f2", { name: "shop.dev", type: "TXT", content: "token=hunter2hunter2" });
    const shown = JSON.stringify(await taken());
    expect(shown).not.toContain(JWT_SECRET);
    expect(shown).not.toContain("hunter2");
  });

  test("can't say anything of a worker and a project that aren't there", async () => {
    online.platform.render.services.delete(WORKER);
    online.platform.supabase.projects.delete(PROJECT);
    const { findings } = await taken();
    expect(findings.map(({ id, level }) => [id, level])).toEqual([
      [`render/service/${WORKER}`, "undecided"],
      [`supabase/branches/${PROJECT}`, "undecided"],
      [`supabase/data-api/${PROJECT}`, "undecided"],
      [`supabase/project/${PROJECT}`, "undecided"],
    ]);
  });
});

function accessRule(mode: string, target: string, value: string) {
  return { id: "a1", mode, configuration: { target, value }, notes: "", scope: { type: "zone" } };
}

function pageRule(status: string) {
  const targets = [{ target: "url", constraint: { operator: "matches", value: "*shop.dev/*" } }];
  return { id: "p1", status, priority: 1, targets, actions: [{ id: "forwarding_url", value: {} }] };
}

function branch(name: string, ref: string, isDefault = false) {
  return { id: `b-${name}`, name, project_ref: ref, parent_project_ref: PROJECT, is_default: isDefault };
}

function addRule(phase: string, enabled: boolean): void {
  const rules = [{ id: "r1", ref: "r1", description: "growth", expression: "true", action: "rewrite", enabled }];
  online.cloudflare.zone(ZONE_ID).rulesets.set("x1", { id: "x1", name: "default", kind: "zone", phase, rules });
}

function addRedirects(...sources: readonly string[]): void {
  const items = sources.map((source_url) => ({
    id: source_url,
    redirect: { source_url, target_url: "https://e.dev" },
  }));
  online.cloudflare.account(ACCOUNT_ID).lists.set("l1", {
    facts: { id: "l1", name: "campaigns", kind: "redirect" },
    items,
  });
}
