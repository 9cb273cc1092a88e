import fc from "fast-check";
import { AddressSet } from "../../../network/address-set";
import { confirm } from "../../../operations/addresses/confirmation";

/** Few addresses, so that sets meet; of both families, so that neither is forgotten. */
const UNIVERSE = [
  ...Array.from({ length: 8 }, (_, index) => `8.8.8.${index}`),
  ...Array.from({ length: 8 }, (_, index) => `2a00::${index}`),
];

const subset = fc.subarray(UNIVERSE);
const set = (addresses: readonly string[]): AddressSet => AddressSet.of("set", addresses);
const held = (addresses: AddressSet): readonly string[] => UNIVERSE.filter((one) => addresses.contains(one));

test("an address is in the next set exactly when all sources have it, or when it was there and one has it", () => {
  fc.assert(
    fc.property(subset, fc.array(subset, { minLength: 1, maxLength: 3 }), (current, sources) => {
      const wanted = UNIVERSE.filter((address) => {
        const votes = sources.filter((source) => source.includes(address)).length;
        return votes === sources.length || (votes > 0 && current.includes(address));
      });
      const { addresses } = confirm(set(current), sources.map(set));
      expect(held(addresses)).toEqual(wanted);
      expect(addresses.size).toBe(BigInt(wanted.length));
    }),
    { seed: 20260302, numRuns: 300 },
  );
});

test("what one source has and another lacks is unconfirmed, whether it is in the set or not", () => {
  fc.assert(
    fc.property(subset, subset, subset, (current, left, right) => {
      const { unconfirmed } = confirm(set(current), [set(left), set(right)]);
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
