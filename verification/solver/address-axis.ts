import { type Address, FAMILIES, type Family, LAST_ADDRESS, parseAddress } from "../../network/address";
import type { AddressRange } from "../../network/address-entry";
import type { AddressSet } from "../../network/address-set";
import { complement, holds as isWithin, intersection, type Intervals } from "../../network/intervals";
import { groupedBy } from "../collections";
import { type Answer, answerOf } from "./formula";
import type { Asked, Axis, AxisClass } from "./axes";

/** Addresses as ascending ranges of each family, none of which overlap or touch. */
export type AddressRanges = AddressSet["ranges"];

/** Documentation addresses: those that people expect to see as anybody's. */
const NATURAL = ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"].flatMap((text) => parseAddress(text) ?? []);

/** The addresses of a set, IPv4 first. A question is a set of addresses. */
export function addressAxis(within: AddressRanges): Axis<AddressRanges, Address> {
  const holds = (ranges: AddressRanges, { family, value }: Address): boolean => isWithin(ranges[family], value);
  const natural = NATURAL.filter((address) => holds(within, address));
  const first = (family: Family, asked: readonly Asked<AddressRanges>[]): Address | undefined => {
    const left = asked.reduce<Intervals>(
      (rest, { question, holds: isIn }) =>
        intersection(rest, isIn ? question[family] : complement(question[family], LAST_ADDRESS[family])),
      within[family],
    );
    return left[0] && { family, value: left[0].first };
  };
  return {
    find: (asked) =>
      natural.find((address) => asked.every((each) => holds(each.question, address) === each.holds)) ??
      FAMILIES.map((family) => first(family, asked)).find((address) => address !== undefined),
    classes: (questions) => classesOf(within, questions),
    holds,
    has: (address) => holds(within, address),
    natural: [...natural, ...FAMILIES.flatMap((family) => first(family, []) ?? [])],
  };
}

/** One address of each family that there is, one that people expect to see where it can be. */
export function oneOfEachFamily(ranges: AddressRanges): readonly Address[] {
  return classesOf(ranges, []).flatMap(({ examples }) => examples);
}

/** Ranges with the same answers are taken together, with the most natural address of each family. */
function classesOf(within: AddressRanges, asked: readonly AddressRanges[]): readonly AxisClass<Address>[] {
  return [...rangesByMembership([within, ...asked])].flatMap(([signature, ranges]) => {
    const exampleOf = (family: Family): Address | readonly [] => {
      const own = ranges.filter((range) => range.family === family);
      const natural = NATURAL.find(
        (address) =>
          address.family === family && own.some(({ first, last }) => first <= address.value && address.value <= last),
      );
      return natural ?? own.slice(0, 1).map(({ first }) => ({ family, value: first }))[0] ?? [];
    };
    const answers = answersIn(signature >> 1n, asked.length);
    return (signature & 1n) === 0n ? [] : [{ answers, examples: FAMILIES.flatMap(exampleOf) }];
  });
}

/** The answers that a signature stands for. */
function answersIn(signature: bigint, count: number): readonly Answer[] {
  return Array.from({ length: count }, (_, index) => answerOf(((signature >> BigInt(index)) & 1n) === 1n));
}

/** Addresses that lie in the same sets: bit `n` of the signature stands for the set at place `n`. */
interface Segment extends AddressRange {
  readonly signature: bigint;
}

/** A family's addresses, ascending and gapless, as far as they lie in the same sets. */
function* segmentsOf(family: Family, sets: readonly Intervals[]): Iterable<Segment> {
  const edges = sets
    .flatMap((set, index) => edgesOf(set, 1n << BigInt(index)))
    .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
  let [signature, first] = [0n, 0n];
  for (const { at, bit } of [...edges, { at: LAST_ADDRESS[family] + 1n, bit: 0n }]) {
    if (first < at) yield { family, first, last: at - 1n, signature };
    signature ^= bit;
    first = at;
  }
}

/** Where the members of a set begin, and where the others do. */
function edgesOf(set: Intervals, bit: bigint) {
  return set.flatMap(({ first, last }) => [
    { at: first, bit },
    { at: last + 1n, bit },
  ]);
}

/** All addresses by the sets that they lie in: one sort of all edges and one sweep over them in each family. */
function rangesByMembership(sets: readonly AddressRanges[]): ReadonlyMap<bigint, readonly Segment[]> {
  const segments = FAMILIES.flatMap((family) => [
    ...segmentsOf(
      family,
      sets.map((ranges) => ranges[family]),
    ),
  ]);
  return groupedBy(segments, ({ signature }) => signature);
}

/** All addresses by their answers to some questions in order, joined. */
export function addressesByAnswers(asked: readonly AddressRanges[]): ReadonlyMap<string, readonly AddressRange[]> {
  const ranges = [...rangesByMembership(asked)];
  return new Map(ranges.map(([signature, own]) => [answersIn(signature, asked.length).join(), own]));
}
