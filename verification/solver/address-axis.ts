import { type Address, FAMILIES, type Family, LAST_ADDRESS, parseAddress } from "../../network/address";
import type { AddressRange } from "../../network/address-entry";
import type { AddressSet } from "../../network/address-set";
import { complement, holds as isWithin, type Interval, intersection, type Intervals } from "../../network/intervals";
import { groupedBy } from "../collections";
import { type Answer, answerOf } from "./formula";
import type { Asked, Axis, AxisClass } from "./axis";

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

/** One sort of all edges and one sweep over them in each family; ranges with the same answers are taken together. */
function classesOf(within: AddressRanges, asked: readonly AddressRanges[]): readonly AxisClass<Address>[] {
  const classes = new Map<bigint, Partial<Record<Family, Address>>>();
  for (const family of FAMILIES) {
    const outside = complement(within[family], LAST_ADDRESS[family]);
    for (const [signature, example] of examplesOf(family, [outside, ...asked.map((ranges) => ranges[family])])) {
      classes.set(signature, { ...classes.get(signature), [family]: example });
    }
  }
  return [...classes].map(([signature, examples]) => ({
    answers: answersIn(signature >> 1n, asked.length),
    examples: FAMILIES.flatMap((family) => examples[family] ?? []),
  }));
}

/** The answers that a signature stands for. */
function answersIn(signature: bigint, count: number): readonly Answer[] {
  return Array.from({ length: count }, (_, index) => answerOf(((signature >> BigInt(index)) & 1n) === 1n));
}

/** An address for each set of memberships that some address has; those of the first set are left out. */
function examplesOf(family: Family, sets: readonly Intervals[]): ReadonlyMap<bigint, Address> {
  const natural = NATURAL.filter((address) => address.family === family).map(({ value }) => value);
  const examples = new Map<bigint, bigint>();
  for (const { first, last, signature } of segmentsOf(family, sets)) {
    if ((signature & 1n) === 1n) continue;
    const better = natural.find((value) => first <= value && value <= last);
    if (!examples.has(signature)) examples.set(signature, better ?? first);
    else if (better !== undefined && !natural.includes(examples.get(signature) ?? 0n)) examples.set(signature, better);
  }
  return new Map([...examples].map(([key, value]) => [key, { family, value }]));
}

/** Addresses that lie in the same sets: bit `n` of the signature stands for the set at place `n`. */
export interface Segment extends Interval {
  readonly signature: bigint;
}

/** A family's addresses, ascending and gapless, as far as they lie in the same sets. */
function* segmentsOf(family: Family, sets: readonly Intervals[]): Iterable<Segment> {
  const edges = sets
    .flatMap((set, index) => edgesOf(set, 1n << BigInt(index)))
    .sort((one, other) => (one.at < other.at ? -1 : Number(one.at > other.at)));
  let [signature, first] = [0n, 0n];
  for (const { at, bit } of [...edges, { at: LAST_ADDRESS[family] + 1n, bit: 0n }]) {
    if (first < at) yield { first, last: at - 1n, signature };
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

/** All addresses by their answers to some questions in order, joined. */
export function addressesByAnswers(asked: readonly AddressRanges[]): ReadonlyMap<string, readonly AddressRange[]> {
  const segments = FAMILIES.flatMap((family) => {
    const sets = asked.map((ranges) => ranges[family]);
    return [...segmentsOf(family, sets)].map(({ first, last, signature }) => ({ family, first, last, signature }));
  });
  const ranges = new Map<string, readonly AddressRange[]>();
  for (const [signature, own] of groupedBy(segments, (each) => each.signature)) {
    ranges.set(answersIn(signature, asked.length).join(), own);
  }
  return ranges;
}
