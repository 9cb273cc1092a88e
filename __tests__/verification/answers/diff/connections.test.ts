import { compare } from "../../../../verification/answers/diff/report";
import { Direction } from "../../../../verification/answers/diff/difference";
import { applied, appOf, changedBy, dropped, given, PROJECT, SERVICE, told } from "./apps";
import { CHANGES } from "./changes";

describe("what the JSON makes is compared in the same words", () => {
  test.each(CHANGES)("%s", (_name, change, expected) => {
    const decided = changedBy(change).filter(({ direction }) => direction !== Direction.UNDECIDED);
    expect(told(decided)).toEqual(expected);
  });

  test("each has an example of each family, and what decided it", () => {
    const [item] = changedBy(dropped("null_resource", PROJECT));
    expect(item?.examples).toEqual([`192.0.2.1 → ${PROJECT}:5432`, `2001:db8::1 → ${PROJECT}:5432`]);
    expect(item?.by.before).toMatchObject({ stack: "shop", path: expect.stringContaining(PROJECT) as string });
  });
});

test("a zone that no environment owns any more keeps what is set in it", () => {
  const before = appOf();
  const { differences } = compare({ before, after: { ...before, policies: [] } });
  expect(differences.map(({ area }) => area)).toContain("policy");
  expect(differences.filter(({ area }) => area === "settings")).toEqual([]);
});

describe("what nothing held before is neither opened nor closed by holding it open:", () => {
  test.each([
    [
      "a setting",
      dropped("cloudflare_zone_setting", "Setting-ssl"),
      given("cloudflare_zone_setting", "Setting-ssl", { value: "off" }),
      "changed: setting ssl of shop.dev: not held → off",
    ],
    [
      "a service's own name",
      dropped("null_resource", SERVICE),
      applied(SERVICE, (state) => ({ ...state, renderSubdomainPolicy: "enabled" })),
      `changed: anyone → shop.onrender.com of ${SERVICE}, past the edge: nothing turns the name off → open: the name is enabled`,
    ],
  ])("%s", (_what, before, after, expected) => {
    const { differences } = compare({ before: appOf(undefined, before), after: appOf(undefined, after) });
    expect(told(differences)).toContain(expected);
  });
});
