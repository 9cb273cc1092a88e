import { FAMILIES, type Family } from "../../network/address";
import { AddressSet } from "../../network/address-set";
import { type Cidr, intervalOf } from "../../network/cidr";

/** The addresses of blocks in any order, overlapping or not. */
export function setOf(name: string, prefixes: readonly Cidr[]): AddressSet {
  return AddressSet.ofRanges(
    name,
    prefixes.map((prefix) => ({ family: prefix.family, ...intervalOf(prefix) })),
  );
}

/** The part of a set that is of a family. */
export function ofFamily(set: AddressSet, family: Family): AddressSet {
  return family === 4 ? set.ipv4 : set.ipv6;
}

/** The families of which a set has no address. */
export function missingFamilies(set: AddressSet): readonly Family[] {
  return FAMILIES.filter((family) => ofFamily(set, family).isEmpty);
}
