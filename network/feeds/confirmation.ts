import { FAMILIES, type Family } from "../address";
import { AddressSet } from "../address-set";
import { type Cidr, intervalOf } from "../cidr";

/** The addresses of blocks in any order, overlapping or not. */
export function setOf(name: string, prefixes: readonly Cidr[]): AddressSet {
  return AddressSet.ofRanges(
    name,
    prefixes.map((prefix) => ({ family: prefix.family, ...intervalOf(prefix) })),
  );
}

/** The difference between a set of addresses and the next one. */
export interface FeedChange {
  /** The addresses that the next set has in addition. */
  readonly enters: AddressSet;
  /** The addresses that the next set lacks. */
  readonly leaves: AddressSet;
  /**
   * By family, the addresses that enter or leave, in percent of the family's addresses until now, rounded up. The first
   * addresses of a family are a change of 100 percent.
   */
  readonly percent: Readonly<Record<Family, bigint>>;
}

/** Compares a set with the next one. */
export function changeOf(current: AddressSet, next: AddressSet): FeedChange {
  const [enters, leaves] = [next.difference(current), current.difference(next)];
  const percent = FAMILIES.map((family) => {
    const changed = enters.ofFamily(family).size + leaves.ofFamily(family).size;
    const size = current.ofFamily(family).size || changed || 1n;
    return [family, (changed * 100n + size - 1n) / size] as const;
  });
  return { enters, leaves, percent: Object.fromEntries(percent) as Record<Family, bigint> };
}

/** A set of addresses as several sources have it. */
export interface Confirmation {
  /** The set from now on. */
  readonly addresses: AddressSet;
  /** For each source, in order, the addresses that it has and another one lacks. */
  readonly unconfirmed: readonly AddressSet[];
}

/**
 * Compares the sources as sets of addresses, however each cuts them into blocks. An address enters when all of them have it, and
 * leaves when none has it; in between it stays as it was. So no single source, forged or broken, adds or removes an address.
 *
 * @param current the set until now
 * @param sources the addresses of each source; at least one
 */
export function confirm(current: AddressSet, sources: readonly AddressSet[]): Confirmation {
  const all = sources.reduce((left, right) => left.intersection(right), AddressSet.everything());
  const any = sources.reduce((left, right) => left.union(right), AddressSet.empty("any"));
  return {
    addresses: current.intersection(any).union(all).named(current.name),
    unconfirmed: sources.map((source) => source.difference(all).named(source.name)),
  };
}
