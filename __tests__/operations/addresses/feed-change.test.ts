import { AddressSet } from "../../../network/address-set";
import { changeOf } from "../../../operations/addresses/feed-change";
import { problemsWithChange } from "../../../operations/addresses/guard-rails";

const set = (...entries: readonly string[]): AddressSet => AddressSet.of("feed", entries);
const percent = (before: AddressSet, after: AddressSet) => changeOf(before, after).percent;
const TEN = set("8.8.8.0-8.8.8.9", "2a00::-2a00::9");

describe("a change", () => {
  test("is what enters and what leaves", () => {
    const { enters, leaves } = changeOf(set("8.8.8.0/24", "2a00::/32"), set("8.8.8.128/25", "2a00::/31"));
    expect([enters.cidrs(), leaves.cidrs()]).toEqual([["2a00:1::/32"], ["8.8.8.0/25"]]);
  });

  test("is measured in addresses, for each family by itself", () => {
    expect(percent(TEN, set("8.8.8.1-8.8.8.9", "2a00::-2a00::9"))).toEqual({ 4: 10n, 6: 0n });
    expect(percent(TEN, set("8.8.8.1-8.8.8.10", "2a00::-2a00::9"))).toEqual({ 4: 20n, 6: 0n });
    expect(percent(TEN, set("8.8.8.0-8.8.8.9", "2a00::/124"))).toEqual({ 4: 0n, 6: 60n });
  });

  test("is rounded up, so that the smallest shows", () => {
    expect(percent(set("8.0.0.0/12"), set("8.0.0.0/12", "8.16.0.0/32"))[4]).toBe(1n);
  });

  test("of a family without addresses is whole", () => {
    expect(percent(set("8.8.8.8"), set("8.8.8.8", "2a00::1"))).toEqual({ 4: 0n, 6: 100n });
    expect(percent(set("8.8.8.8"), set("8.8.8.8"))[6]).toBe(0n);
  });
});

describe("the guard rail for changes", () => {
  test.each([
    ["exactly a tenth", "8.8.8.1-8.8.8.9", 0],
    ["nothing", "8.8.8.0-8.8.8.9", 0],
    ["two tenths", "8.8.8.2-8.8.8.9", 1],
    ["everything", "9.9.9.9", 1],
  ])("has %s give %3$i problems", (_, entry, problems) => {
    const change = changeOf(TEN, set(entry, "2a00::-2a00::9"));
    expect(problemsWithChange("feed", change)).toHaveLength(problems);
  });

  test("refuses a hair more than a tenth", () => {
    const change = changeOf(set("8.8.8.0-8.8.8.99"), set("8.8.8.11-8.8.8.99"));
    expect(problemsWithChange("feed", change)).toEqual([
      {
        at: "feed",
        got: "a change of 11 % of the IPv4 addresses",
        allowed: "at most 10 % at once",
        change: "look at the change, then repeat with --accept",
      },
    ]);
  });
});
