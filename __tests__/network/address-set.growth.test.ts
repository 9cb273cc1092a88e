import { AddressSet } from "../../network/address-set";
import { callsOf } from "../support/calls";

test("merging ten times as many blocks takes about ten times as many calls", () => {
  const blocks = (count: number): readonly string[] =>
    Array.from({ length: count }, (_, index) => {
      const [high, low] = [(index * 7919) % 65_536, (index * 104_729) % 256];
      return index % 3 === 0
        ? `2001:${high.toString(16)}:${low.toString(16)}::/48`
        : `${(high % 223) + 1}.${high >> 8}.${low}.0/24`;
    });
  const calls = (count: number): number => {
    const entries = blocks(count);
    return callsOf(() => void AddressSet.of("many", entries).isEmpty);
  };
  // A sort compares a little more often than once for each block.
  expect(calls(3_000) / calls(300)).toBeLessThan(15);
});
