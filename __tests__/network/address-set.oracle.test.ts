import { BlockList } from "node:net";
import fc from "fast-check";
import { AddressSet } from "../../network/address-set";
import { type Bits, bitsOf, next, parsed, prefixOf, previous, textOf } from "./bits";
import { runs } from "../support/sample";

const SEED = { seed: 20260104, numRuns: runs(60, 1_000) };
const MAPPED = `${"0".repeat(80)}${"1".repeat(16)}`;

/** An entry as it is written, and its first and last address. */
interface Written {
  readonly text: string;
  readonly first: Bits;
  readonly last: Bits;
}

const fields = (count: number, width: number) =>
  fc
    .array(fc.oneof(fc.constantFrom(0, 0, 1, 2 ** width - 1), fc.integer({ min: 0, max: 2 ** width - 1 })), {
      minLength: count,
      maxLength: count,
    })
    .map((numbers) => bitsOf(numbers, width));

const addresses = fc.oneof(
  fields(4, 8),
  fields(8, 16).filter((bits) => !bits.startsWith(MAPPED)),
);

const blocks = fc.tuple(addresses, fc.nat(128)).map(([bits, cut]): Written => {
  const prefix = bits.slice(0, cut % (bits.length + 1));
  const [first, last] = [prefix.padEnd(bits.length, "0"), prefix.padEnd(bits.length, "1")];
  return { text: `${textOf(first)}/${prefix.length}`, first, last };
});

const hosts = addresses.map((bits): Written => ({ text: textOf(bits), first: bits, last: bits }));

const ranges = fc
  .tuple(addresses, addresses)
  .filter(([a, b]) => a.length === b.length)
  .map((ends): Written => {
    const [first = "", last = ""] = [...ends].sort();
    return { text: `${textOf(first)}-${textOf(last)}`, first, last };
  });

/** Addresses that only the start or the end of an entry can tell apart. Neighbours that touch are likely. */
const touching = blocks.chain((block) =>
  fc
    .constantFrom(next(block.last), previous(block.first))
    .map((bits): readonly Written[] => [
      block,
      ...(bits.startsWith(MAPPED) ? [] : [{ text: textOf(bits), first: bits, last: bits }]),
    ]),
);

const isWithinMapped = ({ first, last }: Written): boolean => first.startsWith(MAPPED) && last.startsWith(MAPPED);
const written = fc
  .array(
    fc.oneof(
      blocks.map((block) => [block]),
      hosts.map((host) => [host]),
      ranges.map((range) => [range]),
      touching,
    ),
    {
      maxLength: 5,
    },
  )
  .map((groups) => groups.flat().filter((entry) => !isWithinMapped(entry)));

const isIn = (entries: readonly Written[], bits: Bits): boolean =>
  entries.some(({ first, last }) => first.length === bits.length && first <= bits && bits <= last);

const edgesOf = (entries: readonly Written[]) =>
  entries.flatMap(({ first, last }) => [previous(first), first, last, next(last)]);

const ENDS = ["0".repeat(32), "1".repeat(32), "0".repeat(128), "1".repeat(128)];

const setOf = (entries: readonly Written[]) =>
  AddressSet.of(
    "any",
    entries.map(({ text }) => text),
  );
const holds = (set: AddressSet, bits: Bits) =>
  set.contains({ family: bits.length === 32 ? 4 : 6, value: BigInt(`0b${bits}`) });

describe("an address set, against the bits of its entries as text", () => {
  test("holds exactly what its entries hold, at every edge", () => {
    fc.assert(
      fc.property(written, addresses, (entries, probe) => {
        const set = setOf(entries);
        const probes = [...edgesOf(entries), ...ENDS, probe];
        expect(probes.filter((bits) => holds(set, bits))).toEqual(probes.filter((bits) => isIn(entries, bits)));
      }),
      SEED,
    );
  });

  test("combines as the sets of its entries do, at every edge", () => {
    fc.assert(
      fc.property(written, written, (a, b) => {
        const [left, right] = [setOf(a), setOf(b)];
        const sets = [left.union(right), left.intersection(right), left.difference(right), left.complement()];
        const probes = [...edgesOf(a), ...edgesOf(b), ...ENDS];
        const verdicts = probes.map((bits) => sets.map((set) => holds(set, bits)));
        const expected = probes.map((bits) => {
          const [inA, inB] = [isIn(a, bits), isIn(b, bits)];
          return [inA || inB, inA && inB, inA && !inB, !inA];
        });
        expect(verdicts).toEqual(expected);
      }),
      SEED,
    );
  });

  test("compares as the sets of its entries do", () => {
    fc.assert(
      fc.property(written, written, (a, b) => {
        const [left, right] = [setOf(a), setOf(b)];
        const edges = [...edgesOf(a), ...edgesOf(b)];
        expect([left.isSubsetOf(right), left.overlaps(right), left.equals(right)]).toEqual([
          edges.every((bits) => !isIn(a, bits) || isIn(b, bits)),
          edges.some((bits) => isIn(a, bits) && isIn(b, bits)),
          edges.every((bits) => isIn(a, bits) === isIn(b, bits)),
        ]);
      }),
      SEED,
    );
  });

  test("is the same in any order and with any repetition of its entries", () => {
    fc.assert(
      fc.property(written, (entries) => {
        const again = setOf([...entries].reverse().concat(entries));
        expect(again.equals(setOf(entries))).toBe(true);
      }),
      SEED,
    );
  });
});

describe("the blocks of a set, as prefixes of bits", () => {
  const families = (cidrs: readonly string[]) =>
    [false, true].map((isIpv6) => cidrs.filter((cidr) => cidr.includes(":") === isIpv6));

  test("are sorted and disjoint, and no two could be one", () => {
    const startsOf = (prefix: Bits) => Array.from(prefix, (_, length) => prefix.slice(0, length));
    const siblingOf = (prefix: Bits) => prefix.slice(0, -1) + (prefix.endsWith("0") ? "1" : "0");
    fc.assert(
      fc.property(written, (entries) => {
        const cidrs = setOf(entries).cidrs();
        const byFamily = families(cidrs);
        for (const prefixes of byFamily.map((family) => family.map(prefixOf))) {
          const known = new Set(prefixes);
          const overlapping = prefixes.filter((prefix) => startsOf(prefix).some((start) => known.has(start)));
          const halved = prefixes.filter((prefix) => prefix !== "" && known.has(siblingOf(prefix)));
          expect([overlapping, halved, [...prefixes].sort()]).toEqual([[], [], prefixes]);
        }
        expect(byFamily.flat()).toEqual(cidrs);
      }),
      SEED,
    );
  });

  test("hold what the entries hold, at every edge", () => {
    fc.assert(
      fc.property(written, addresses, (entries, probe) => {
        const [ipv4 = [], ipv6 = []] = families(setOf(entries).cidrs()).map((family) => family.map(prefixOf));
        const isInBlock = (bits: Bits): boolean =>
          (bits.length === 32 ? ipv4 : ipv6).some((prefix) => bits.startsWith(prefix));
        const probes = [...edgesOf(entries), ...ENDS, probe];
        expect(probes.filter(isInBlock)).toEqual(probes.filter((bits) => isIn(entries, bits)));
      }),
      SEED,
    );
  });

  test("have no host bits, and together as many addresses as the set", () => {
    fc.assert(
      fc.property(written, (entries) => {
        const set = setOf(entries);
        const blockBits = set.cidrs().map((cidr) => [parsed(cidr.replace(/\/.*/, "")), prefixOf(cidr)] as const);
        const sizes = blockBits.map(([bits, { length }]) => BigInt(`0b1${"0".repeat(bits.length - length)}`));
        expect(blockBits.filter(([bits, prefix]) => bits !== prefix.padEnd(bits.length, "0"))).toEqual([]);
        expect(sizes.reduce((sum, size) => sum + size, 0n) === set.size).toBe(true);
      }),
      SEED,
    );
  });

  test("make the same set again", () => {
    fc.assert(
      fc.property(written, (entries) => {
        const set = setOf(entries);
        const cidrs = set.cidrs();
        fc.pre(!cidrs.some((cidr) => prefixOf(cidr).startsWith(MAPPED)));
        expect(AddressSet.of("again", cidrs).equals(set)).toBe(true);
      }),
      SEED,
    );
  });

  // One list for each family: Node's takes an IPv4 address for its IPv4-mapped one.
  test.each(["ipv4", "ipv6"] as const)("hold what Node's own block list for %s holds", (family) => {
    const width = family === "ipv4" ? 32 : 128;
    const mine = (bits: Bits) => bits.length === width;
    fc.assert(
      fc.property(fc.array(blocks, { maxLength: 6 }), addresses, (all, probe) => {
        const list = new BlockList();
        const entries = all.filter(
          (entry) => mine(entry.first) && !isWithinMapped(entry) && !entry.text.endsWith("/0"),
        );
        for (const [network = "", length] of entries.map(({ text }) => text.split("/"))) {
          list.addSubnet(network, Number(length), family);
        }
        const set = setOf(entries);
        const probes = [...edgesOf(entries), probe]
          .filter((bits) => mine(bits) && !bits.startsWith(MAPPED))
          .map(textOf);
        expect(probes.filter((text) => set.contains(text))).toEqual(probes.filter((text) => list.check(text, family)));
      }),
      SEED,
    );
  });
});
