import { CloudflarePlan } from "../../../../policy/cloudflare-plan";
import { Datastore } from "../../../../policy/datastore";
import { EdgePhase } from "../../../../policy/edge-phase";
import { EgressAddresses } from "../../../../policy/egress-addresses";
import type { Environment } from "../../../../policy/environment";
import { Origin } from "../../../../policy/origin";
import { WebIngress } from "../../../../policy/web-ingress";
import { Zone } from "../../../../policy/zone";
import { diffReport } from "../../../../verification/answers/diff/report";
import { DIFF_FORMATS } from "../../../../verification/render/diff";
import { ACCOUNT_ID, anEnvironment } from "../../../support/environments";
import type { Change } from "../../../support/proof-scenes";
import { applied, appOf, dropped, PROJECT, rules, SHOP } from "./apps";

const NEW = "srv-a0ffee0c0ffee0c0ffee";
const WITH_NEW: Environment = {
  ...SHOP,
  hosts: { ...SHOP.hosts, "new.shop.dev": Origin.render(NEW, "new.onrender.com") },
};
type Side = readonly [environment: Environment, change?: Change];
const report = (...[before, after]: readonly [Side, Side]) =>
  diffReport({ before: appOf([before[0]], before[1]), after: appOf([after[0]], after[1]) });
const entries = (...sides: readonly [Side, Side]) =>
  report(...sides).differences.map(({ direction, area, what }) => `${direction} ${area}: ${what}`);
const HOST =
  "anyone → host new.shop.dev, paths other than those containing /hooks/billing or containing /webhooks/meta on 443";
const past = (service: string) => `anyone → new.onrender.com of ${service}, past the edge`;

describe("one new host is one entry", () => {
  const [item, ...others] = report([SHOP], [WITH_NEW]).differences;

  test("with everybody who reaches it, and what is held of the service behind it", () => {
    expect(others).toEqual([]);
    expect(item).toMatchObject({ direction: "opened", what: HOST, after: "origin new.onrender.com" });
    expect(item?.also?.map(({ what }) => what)).toEqual([
      "meta → host new.shop.dev, paths other than those containing /hooks/billing on 443",
      "billing → host new.shop.dev, paths other than those containing /webhooks/meta on 443",
    ]);
    expect(item?.also?.[0]?.examples[0]).toBe("curl -i --path-as-is https://new.shop.dev/ # from 31.13.24.0");
    expect(item?.notes).toContain(`${past(NEW)}: closed: the name is off`);
  });

  test("in every format", () => {
    const wide = { columns: 300, hasColour: false };
    const all = report([SHOP], [WITH_NEW]);
    expect(DIFF_FORMATS.text(all, wide)).toMatch(
      /\n {4}and meta → host new\.shop\.dev.*\n {6}curl .* # from 31\.13\.24\.0/,
    );
    expect(DIFF_FORMATS.text(all, wide)).not.toMatch(/\d (opened|closed)/);
    expect(DIFF_FORMATS.sarif(all, wide)).toContain("billing → host new.shop.dev");
    expect(JSON.parse(DIFF_FORMATS.json(all, wide))).toMatchObject({ differences: [{ also: [{}, {}] }] });
  });

  test("with whom the service behind it admits", () => {
    const shop = anEnvironment({ ingress: WebIngress.renderAllowList(["198.51.100.0/25"], "seen in a month of logs") });
    const hosts = { ...shop.hosts, "new.shop.dev": Origin.render(NEW, "new.onrender.com") };
    const { differences } = report([shop], [{ ...shop, hosts }]);
    expect(differences).toHaveLength(1);
    expect(differences[0]?.notes).toContain(`anyone but 198.51.100.0/25 → web service ${NEW} (443): closed`);
  });

  test("but a service that stays open past the edge is told apart", () => {
    const open = applied(NEW, (state) => ({ ...state, renderSubdomainPolicy: "enabled" }));
    expect(entries([SHOP], [WITH_NEW, open])).toContain(`changed web-service: ${past(NEW)}`);
    const nothing = dropped("null_resource", NEW);
    expect(entries([SHOP], [WITH_NEW, nothing])).toContain(`opened requests: ${HOST}`);
  });

  test("and one that is gone says once what is no longer served", () => {
    expect(entries([WITH_NEW], [SHOP])).toEqual([
      "weakened policy: drops the host new.shop.dev",
      `opened web-service: ${past(NEW)}`,
      `closed requests: ${HOST}`,
    ]);
  });
});

describe("one cause is one entry", () => {
  test("for requests that a rule ends", () => {
    const block = { ref: "no_delete", description: "", expression: 'http.request.method eq "DELETE"', action: "block" };
    const items = report([SHOP], [SHOP, rules(EdgePhase.CUSTOM, (all) => [block, ...all])]).differences;
    expect(items.map(({ direction, also = [] }) => [direction, also.length])).toEqual([["closed", 2]]);
  });

  test("for connections that a policy of Gateway ends", () => {
    const items = report([SHOP], [SHOP, dropped("cloudflare_zero_trust_gateway_policy", "block")]).differences;
    const egress = items.filter(({ area }) => area === "egress");
    expect(egress.map(({ direction, also = [] }) => [direction, also.length])).toEqual([["opened", 1]]);
  });

  test("but what two rules end is two", () => {
    const block = (ref: string, expression: string) => ({ ref, description: "", action: "block", expression });
    const both = [block("a", 'http.request.uri.path eq "/a"'), block("b", 'http.request.method eq "DELETE"')];
    const items = report([SHOP], [SHOP, rules(EdgePhase.CUSTOM, (all) => [...both, ...all])]).differences;
    expect(items.map(({ by }) => by.after?.name).sort()).toEqual(["a", "b"]);
  });
});

test("a datastore that is new is one entry", () => {
  const bare = anEnvironment({ egress: EgressAddresses.dedicated("egs-c0ffee", ["203.0.113.10"]) });
  const store = { ...bare, datastores: [Datastore.supabase(PROJECT)] };
  expect(entries([bare], [store]).filter((each) => each.includes(PROJECT))).toEqual([
    `closed database: anyone but egress of shop → Postgres of ${PROJECT} (5432, 6543)`,
  ]);
});

test("the settings of a zone that is new or gone are one entry", () => {
  const other = anEnvironment({
    name: "other",
    zone: Zone.of("other.dev", {
      id: "c0ffee00c0ffee00c0ffee00c0ffee00",
      account: ACCOUNT_ID,
      plan: CloudflarePlan.PRO,
    }),
    hosts: { "app.other.dev": Origin.render(NEW, "other.onrender.com") },
  });
  const settings = (before: readonly Environment[], after: readonly Environment[]) =>
    diffReport({ before: appOf(before), after: appOf(after) })
      .differences.filter(({ area }) => area === "settings")
      .map(({ direction, what, before: was, after: is, notes }) => ({ direction, what, was, is, notes }));
  const held = expect.arrayContaining([
    "setting ssl of other.dev: strict",
    "URL normalisation of other.dev: both, cloudflare",
  ]) as readonly string[];
  const entry = { what: "the settings of other.dev", notes: held };
  expect(settings([SHOP], [SHOP, other])).toEqual([
    { ...entry, direction: "strengthened", was: "not held", is: "held" },
  ]);
  expect(settings([SHOP, other], [SHOP])).toEqual([{ ...entry, direction: "weakened", was: "held", is: "not held" }]);
});
