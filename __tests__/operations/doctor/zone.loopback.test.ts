import { EdgePhase } from "../../../policy/edge-phase";
import { type OtherRule } from "../../../policy/other-rule";
import { addRecord, ZONE_ID } from "../inventory/shop";
import { Stand, testWrong, wholeShop, type Wrong } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.stop());

const WRONG: readonly Wrong[] = [
  [
    "another plan",
    ({ zone }) => (zone.around.facts = { plan: { legacy_id: "free" } }),
    `cloudflare/plan/${ZONE_ID}`,
    /on the plan free, and the environment says pro/,
  ],
  [
    "another zone's id",
    ({ zone }) => (zone.around.facts = { name: "other.dev" }),
    `cloudflare/zone-name/${ZONE_ID}`,
    /is called other\.dev/,
  ],
  [
    "another account",
    ({ zone }) => (zone.around.facts = { account: { id: "other" } }),
    `cloudflare/account/${ZONE_ID}`,
    /belongs to the account other/,
  ],
  ["a paused zone", ({ zone }) => (zone.around.facts = { paused: true }), `cloudflare/status/${ZONE_ID}`, /is paused/],
  [
    "Bot Fight Mode beside a webhook",
    ({ zone }) => (zone.around.bots = { fight_mode: true }),
    `cloudflare/bot-fight-mode/${ZONE_ID}`,
    /may challenge the webhooks of meta/,
  ],
  [
    "Super Bot Fight Mode that answers what it isn't sure of",
    ({ zone }) => (zone.around.bots = { sbfm_definitely_automated: "allow", sbfm_likely_automated: "block" }),
    `cloudflare/bot-fight-mode/${ZONE_ID}`,
    /Super Bot Fight Mode answers automated requests with block/,
  ],
  [
    "Super Bot Fight Mode beside a webhook",
    ({ zone }) => (zone.around.bots = { sbfm_definitely_automated: "managed_challenge" }),
    `cloudflare/bot-fight-mode/${ZONE_ID}`,
    /Super Bot Fight Mode answers automated requests with managed_challenge/,
  ],
  [
    "an inventory that isn't empty",
    ({ zone }) => zone.around.workersRoutes.push({ id: "w1", pattern: "*", script: "x" }),
    "cloudflare/workers-route/w1",
    /runs the Worker x/,
  ],
];

testWrong(() => stand, WRONG);

test("lists the other hosts that the zone's settings reach", async () => {
  addRecord(stand.online, "f2", { name: "www.shop.dev", type: "A", content: "9.9.9.9" });
  addRecord(stand.online, "f3", { name: "mail.shop.dev", type: "A", content: "9.9.9.9", proxied: false });
  const reach = async (environment = wholeShop()) =>
    (await stand.findings(environment)).find(({ id }) => id.startsWith("cloudflare/reach/"));
  expect(await reach()).toMatchObject({ level: "notice", what: expect.stringMatching(/also reach www\.shop\.dev$/) });
  const edge = { hsts: { includeSubDomains: true } };
  expect((await reach(wholeShop({ edge })))?.what).toMatch(/reach mail\.shop\.dev, www\.shop\.dev$/);
});

describe("asks of Super Bot Fight Mode", () => {
  const rule = {
    ...{ phase: EdgePhase.CUSTOM, ref: "hooks", description: "the hooks", expression: "ssl", action: "skip" },
    actionParameters: { phases: ["http_request_sbfm"] },
  };
  const found = (other: Partial<OtherRule>) => {
    stand.zone.around.bots = { sbfm_definitely_automated: "block" };
    return stand.findings(wholeShop({ edge: { otherRules: [{ ...rule, ...other }] } }));
  };

  test.each<[string, Partial<OtherRule>]>([
    ["everything", {}],
    ["the webhook's path", { expression: 'http.request.uri.path contains "/webhooks/meta"' }],
  ])("nothing where a rule skips it for %s", async (_what, other) => {
    expect(await found(other)).toEqual([]);
  });

  test.each<[string, Partial<OtherRule>]>([
    ["is switched off", { enabled: false }],
    ["skips other phases", { actionParameters: { phases: ["http_ratelimit"], products: ["http_request_sbfm"] } }],
    ["does something else", { action: "log" }],
    ["is of another phase", { phase: EdgePhase.REDIRECT }],
  ])("to let webhooks through where the rule %s", async (_what, other) => {
    expect(await found(other)).toMatchObject([{ id: `cloudflare/bot-fight-mode/${ZONE_ID}`, level: "failure" }]);
  });

  test("to look at a rule that may not match the webhooks", async () => {
    expect(await found({ expression: 'http.request.uri.path eq "/other"' })).toMatchObject([
      {
        id: `cloudflare/bot-fight-mode/${ZONE_ID}`,
        level: "notice",
        what: expect.stringMatching(/unless hooks excepts them/),
      },
    ]);
  });
});
