import { CHECKLIST_FORMATS } from "../../../cli/pages/findings";
import { exitCodeOf } from "../../../operations/doctor/checklist";
import { doctor } from "../../../operations/doctor/doctor";
import { Origin } from "../../../policy/origin";
import { aGuest } from "../../support/environments";
import { domain } from "../../../rehearsal/render";
import { SERVICE } from "../inventory/shop";
import { EDGE_SECRET, Stand, wholeShop } from "./stand";

let stand: Stand;
beforeEach(async () => {
  stand = await Stand.start();
});
afterEach(() => stand.stop());

test("finds nothing before a first deploy that nothing stands in the way of, and only reads", async () => {
  const report = await stand.report();
  expect(report.steps.filter(({ mark }) => mark !== "done")).toEqual([]);
  expect(report).toMatchObject({ environment: "shop", findings: [], ignored: [] });
  expect(exitCodeOf(report)).toBe(0);
  expect(stand.online.asked.filter((asked) => !asked.startsWith("GET "))).toEqual([]);
});

test("asks no platform while examples are left", async () => {
  const hosts = { "app.shop.dev": Origin.render(SERVICE, "example-shop.onrender.com") };
  const { findings } = await stand.report(wholeShop({ hosts }));
  expect(findings).toMatchObject([
    { level: "failure", what: expect.stringMatching(/example-shop\.onrender\.com/) },
    { id: "example/shop/asked", level: "undecided" },
  ]);
  expect(stand.online.asked).toEqual([]);
});

test("refuses a name that no environment has", async () => {
  const options = { clients: stand.online.clients(), variables: {}, folder: stand.folder, changed: [] };
  const asked = doctor("shpo", [wholeShop()], { ...options, dialler: stand.internet.dialler });
  await expect(asked).rejects.toThrow(/got "shpo"; allowed: shop/);
});

test("leaves a guest's zone to its owner", async () => {
  const guest = aGuest("guest", "shop");
  const [host = "", { service: id, address } = Origin.render("", "")] = Object.entries(guest.hosts)[0] ?? [];
  stand.render.services.set(id, { id, type: "web_service", serviceDetails: { url: `https://${address}` } });
  stand.render.customDomains.set(id, [domain(host)]);
  const findings = await stand.findings(guest, { others: [wholeShop()] });
  expect(findings.map((finding) => finding.id)).toEqual([
    "github/environment/acme/infrastructure:guest",
    "github/environment/acme/infrastructure:guest-plan",
    "origin/guest.shop.dev",
    "synthesized/guest",
    "zone/guest",
  ]);
});

test("never shows a credential or a secret", async () => {
  stand.zone.around.bots = { fight_mode: true };
  stand.repository.secrets.clear();
  const { online } = stand;
  const secrets = [
    EDGE_SECRET,
    online.cloudflare.token,
    online.platform.token,
    online.platform.key,
    online.github.token,
  ];
  const report = await stand.report();
  const shown = `${CHECKLIST_FORMATS.text(report)}${JSON.stringify(report)}`;
  for (const secret of secrets) expect(shown).not.toContain(secret.slice(4, 16));
});
