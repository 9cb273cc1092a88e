import fc from "fast-check";
import { AddressSet } from "../../../network/address-set";
import { changeOf, confirm } from "../../../network/feeds/confirmation";
import { problemsWithChange } from "../../../network/feeds/proposal";

/** Few addresses, so that sets meet. They are of both families, so that neither is forgotten. */
const UNIVERSE = [
  ...Array.from({ length: 8 }, (_, index) => `8.8.8.${index}`),
  ...Array.from({ length: 8 }, (_, index) => `2a00::${index}`),
];

const subset = fc.subarray(UNIVERSE);
const set = (...entries: readonly string[]): AddressSet => AddressSet.of("set", entries);
const held = (addresses: AddressSet): readonly string[] => UNIVERSE.filter((one) => addresses.contains(one));

test("an address is in the next set exactly when all sources have it, or when it was there and one has it", () => {
  fc.assert(
    fc.property(subset, fc.array(subset, { minLength: 1, maxLength: 3 }), (current, sources) => {
      const wanted = UNIVERSE.filter((address) => {
        const votes = sources.filter((source) => source.includes(address)).length;
        return votes === sources.length || (votes > 0 && current.includes(address));
      });
      const { addresses } = confirm(
        set(...current),
        sources.map((source) => set(...source)),
      );
      expect(held(addresses)).toEqual(wanted);
      expect(addresses.size).toBe(BigInt(wanted.length));
    }),
    { seed: 20260302, numRuns: 300 },
  );
});

test("what one source has and another lacks is unconfirmed, whether it is in the set or not", () => {
  fc.assert(
    fc.property(subset, subset, subset, (current, left, right) => {
      const { unconfirmed } = confirm(set(...current), [set(...left), set(...right)]);
      expect(unconfirmed.map(held)).toEqual([
        UNIVERSE.filter((address) => left.includes(address) && !right.includes(address)),
        UNIVERSE.filter((address) => right.includes(address) && !left.includes(address)),
      ]);
    }),
    { seed: 20260302, numRuns: 300 },
  );
});

test("the set keeps its name, and each source its own", () => {
  const { addresses, unconfirmed } = confirm(AddressSet.of("meta", ["8.8.8.8"]), [
    AddressSet.of("registered", ["8.8.8.8"]),
    AddressSet.of("announced", ["8.8.4.4"]),
  ]);
  expect([addresses.name, ...unconfirmed.map(({ name }) => name)]).toEqual(["meta", "registered", "announced"]);
});

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
