import { FAMILIES, type Family } from "../../network/address";
import type { AddressSet } from "../../network/address-set";
import { ofFamily } from "./address-sets";

/** What is different between a set of addresses and the next one. */
export interface FeedChange {
  /** The addresses that the next set has in addition. */
  readonly enters: AddressSet;
  /** The addresses that the next set lacks. */
  readonly leaves: AddressSet;
  /**
   * By family, the addresses that enter or leave, in percent of the family's addresses until now, rounded up. What enters a family
   * without addresses is a change of 100 percent.
   */
  readonly percent: Readonly<Record<Family, bigint>>;
}

/** Compares a set with the next one. */
export function changeOf(current: AddressSet, next: AddressSet): FeedChange {
  const [enters, leaves] = [next.difference(current), current.difference(next)];
  const percent = FAMILIES.map((family) => {
    const changed = ofFamily(enters, family).size + ofFamily(leaves, family).size;
    const size = ofFamily(current, family).size || changed || 1n;
    return [family, (changed * 100n + size - 1n) / size] as const;
  });
  return { enters, leaves, percent: Object.fromEntries(percent) as Record<Family, bigint> };
}
