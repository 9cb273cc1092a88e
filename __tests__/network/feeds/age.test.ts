import { AddressFeed } from "../../../network/feeds/address-feed";
import { ageOf, ageWarnings } from "../../../network/feeds/age";
import { aFeed } from "../../operations/addresses/feeds";

const aged = (compiled: string, allowedAgeDays = 30) =>
  AddressFeed.of(`of ${compiled}`, { ...aFeed(), compiled, allowedAgeDays });
const ON = (instant: string) => new Date(instant);

describe("the age of a feed", () => {
  test.each([
    ["2026-02-28", "2026-02-28T00:00:00Z", 0],
    ["2026-02-28", "2026-02-28T23:59:59.999Z", 0],
    ["2026-02-28", "2026-03-01T00:00:00Z", 1],
    ["2028-02-28", "2028-03-01T00:00:00Z", 2],
    ["2026-02-28", "2027-02-28T00:00:00Z", 365],
    ["2026-02-28", "2026-02-27T23:59:59Z", -1],
  ])("of %s, at %s, is %i days", (compiled, now, days) => {
    expect(ageOf({ compiled, allowedAgeDays: 30 }, ON(now)).days).toBe(days);
  });

  test.each([
    [-2, false],
    [-1, true],
    [0, true],
    [30, true],
    [31, false],
  ])("may not be %i days: %s", (days, isAllowed) => {
    const now = new Date(Date.UTC(2026, 1, 28 + days));
    expect(ageOf({ compiled: "2026-02-28", allowedAgeDays: 30 }, now)).toEqual({ days, allowedDays: 30, isAllowed });
  });
});

describe("warnings", () => {
  test("name each feed that is too old, and no other", () => {
    expect(ageWarnings([aged("2026-02-28"), aged("2026-01-01"), aged("2026-01-01", 365)], ON("2026-03-01"))).toEqual([
      "of 2026-01-01: too old: compiled on 2026-01-01, 59 days ago, allowed: 30; " +
        "change: run npm run -s policy -- addresses refresh, and commit what it writes",
    ]);
  });

  test("are none for feeds that are young enough", () => {
    expect(ageWarnings([aged("2026-02-28")], ON("2026-03-01"))).toEqual([]);
  });
});
