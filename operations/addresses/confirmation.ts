import { AddressSet } from "../../network/address-set";

/** What several sources say about a set of addresses. */
export interface Confirmation {
  /** The set from now on. */
  readonly addresses: AddressSet;
  /** For each source, in order, what it has and another one lacks. */
  readonly unconfirmed: readonly AddressSet[];
}

/**
 * Compares the sources as sets of addresses, however each cuts them into blocks. An address enters when all of them have it, and
 * leaves when none has it; in between it stays as it was. So no single source, forged or broken, adds or removes an address.
 *
 * @param current the set until now
 * @param sources what each source has; at least one
 */
export function confirm(current: AddressSet, sources: readonly AddressSet[]): Confirmation {
  const all = sources.reduce((left, right) => left.intersection(right), AddressSet.everything());
  const any = sources.reduce((left, right) => left.union(right), AddressSet.empty("any"));
  return {
    addresses: current.intersection(any).union(all).named(current.name),
    unconfirmed: sources.map((source) => source.difference(all).named(source.name)),
  };
}
