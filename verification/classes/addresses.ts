import { type Address, FAMILIES, type Family, LAST_ADDRESS, parseAddress } from "../../network/address";
import type { AddressSet } from "../../network/address-set";
import { complement, type Interval, type Intervals } from "../../network/intervals";
import { Answer, answerOf } from "../solver/answer";

/** Addresses as ascending ranges of each family, none of which overlap or touch. */
export type AddressRanges = AddressSet["ranges"];

/** The addresses that have the same answers, and one of each family that has some. */
export interface AddressClass {
  readonly answers: readonly Answer[];
  /** IPv4 first. */
  readonly witnesses: readonly Address[];
}

/** Documentation addresses: what people expect to see as anybody's. */
const NATURAL = ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"].flatMap((text) => parseAddress(text) ?? []);

/** Where the members of one set begin, or no longer are. */
interface Edge {
  readonly at: bigint;
  readonly bit: bigint;
}

/**
 * The classes of a set's addresses that some questions tell apart: one sort of all edges and one sweep over them in each
 * family, intervals of the same answers taken together.
 */
export function addressClasses(within: AddressRanges, asked: readonly AddressRanges[]): readonly AddressClass[] {
  const classes = new Map<bigint, Partial<Record<Family, Address>>>();
  for (const family of FAMILIES) {
    const outside = complement(within[family], LAST_ADDRESS[family]);
    for (const [signature, witness] of sweep(family, [outside, ...asked.map((ranges) => ranges[family])])) {
      classes.set(signature, { ...classes.get(signature), [family]: witness });
    }
  }
  return [...classes].map(([signature, witnesses]) => ({
    answers: asked.map((_, index) => answerOf(((signature >> BigInt(index + 1)) & 1n) === 1n)),
    witnesses: FAMILIES.flatMap((family) => witnesses[family] ?? []),
  }));
}

/** A witness for each set of memberships that some address has; the first set is left out. */
function sweep(family: Family, sets: readonly Intervals[]): ReadonlyMap<bigint, Address> {
  const natural = NATURAL.filter((address) => address.family === family).map(({ value }) => value);
  const witnesses = new Map<bigint, bigint>();
  for (const { first, last, signature } of segmentsOf(family, sets)) {
    if ((signature & 1n) === 1n) continue;
    const better = natural.find((value) => first <= value && value <= last);
    if (!witnesses.has(signature)) witnesses.set(signature, better ?? first);
    else if (better !== undefined && !natural.includes(witnesses.get(signature) ?? 0n)) {
      witnesses.set(signature, better);
    }
  }
  return new Map([...witnesses].map(([key, value]) => [key, { family, value }]));
}

/** Addresses that lie in the same sets: bit `n` of the signature stands for the set at place `n`. */
export interface Segment extends Interval {
  readonly signature: bigint;
}

/** A family's addresses, ascending and gapless, as far as they lie in the same sets. */
export function* segmentsOf(family: Family, sets: readonly Intervals[]): Iterable<Segment> {
  const edges = sets.flatMap((set, index) => edgesOf(set, 1n << BigInt(index))).sort(ascending);
  let [signature, first] = [0n, 0n];
  for (const { at, bit } of [...edges, { at: LAST_ADDRESS[family] + 1n, bit: 0n }]) {
    if (first < at) yield { first, last: at - 1n, signature };
    signature ^= bit;
    first = at;
  }
}

function edgesOf(set: Intervals, bit: bigint): readonly Edge[] {
  return set.flatMap(({ first, last }) => [
    { at: first, bit },
    { at: last + 1n, bit },
  ]);
}

function ascending(one: Edge, other: Edge): number {
  return one.at < other.at ? -1 : Number(one.at > other.at);
}
