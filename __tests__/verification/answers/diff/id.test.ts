import { EdgePhase } from "../../../../policy/edge-phase";
import { idOfDifference } from "../../../../verification/answers/diff/difference";
import { diffReport } from "../../../../verification/answers/diff/report";
import type { Change } from "../../../support/proof-scenes";
import { added, appOf, dropped, given, rules, SHOP } from "./apps";

const idsAfter = (...changes: readonly Change[]): readonly string[] =>
  diffReport({
    before: appOf(),
    after: appOf([SHOP], (folder) => {
      for (const change of changes) change(folder);
    }),
  }).differences.map(idOfDifference);

const withoutGuards = rules(EdgePhase.CUSTOM, (all) => all.slice(0, 1));
const withoutTls = given("cloudflare_zone_setting", "ssl", { value: "off" });

test("a difference has the id that says what it is about", () => {
  expect(idsAfter(withoutTls)).toContainEqual(
    expect.stringMatching(/^difference:shop:settings:weakened:shop\.dev:ssl:[0-9a-f]{12}$/),
  );
});

test("other differences leave it alone, and no two have the same", () => {
  const alone = idsAfter(withoutTls);
  const among = idsAfter(withoutTls, dropped("cloudflare_url_normalization_settings", ""), withoutGuards);
  const beside = idsAfter(added("random_pet", { length: 2 }), withoutTls);
  expect(among).toEqual(expect.arrayContaining([...alone]));
  expect(beside).toEqual(alone);
  expect(among.length).toBeGreaterThan(alone.length + 2);
  expect(new Set(among).size).toBe(among.length);
});

test("what differs otherwise has another", () => {
  const lower = given("cloudflare_zone_setting", "ssl", { value: "full" });
  expect(idsAfter(lower).filter((id) => idsAfter(withoutTls).includes(id) && id.includes(":settings:"))).toEqual([]);
});
