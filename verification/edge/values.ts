import { FAMILIES, type Family, LAST_ADDRESS, printAddress } from "../../network/address";
import type { AddressSet } from "../../network/address-set";
import { blocksOf } from "../../network/cidr";
import { HostNotation } from "../../network/host-notation";
import type { Interval } from "../../network/intervals";

/** The values of one axis, in words that stand for themselves in lists. */
export interface Values {
  /** `only`: those that a name stands for. `except`: all but those. */
  readonly kind: "all" | "only" | "except";
  /** None where it is all. */
  readonly names: readonly string[];
  /**
   * The same by whole conditions: names leave out which case and which escapes a condition reads. Equal texts, equal values.
   *
   * @default - the names say it all
   */
  readonly exact?: string;
}

export const ALL: Values = { kind: "all", names: [] };

/** How many ranges without a name are written out. */
const WRITTEN = 12;

/**
 * Addresses by their names, as far as they have some; or those that are missing, where that is shorter.
 *
 * @param names sets that people have a name for
 */
export function addressValues(set: AddressSet, names: readonly AddressSet[]): Values {
  const missing = set.complement();
  if (missing.isEmpty) return ALL;
  const [present, absent] = [namesOf(set, names), namesOf(missing, names)];
  return absent.length < present.length ? { kind: "except", names: absent } : { kind: "only", names: present };
}

/** The largest named sets first, then the ranges that no name stands for. */
function namesOf(set: AddressSet, names: readonly AddressSet[]): readonly string[] {
  const within = names
    .filter((named) => !named.isEmpty && named.isSubsetOf(set))
    .sort((one, other) => Number(other.size > one.size) - Number(other.size < one.size));
  const used: string[] = [];
  let rest = set;
  for (const named of within) {
    if (!rest.overlaps(named)) continue;
    used.push(named.name);
    rest = rest.difference(named);
  }
  return [...used, ...rangesOf(rest)];
}

function rangesOf({ ranges }: AddressSet): readonly string[] {
  const all = FAMILIES.flatMap((family) => ranges[family].map((range) => ({ family, range })));
  const written = all.slice(0, WRITTEN).flatMap(({ family, range }) => rangeInWords(family, range));
  const others = all.length - WRITTEN;
  return others > 0 ? [...written, `${others} further ranges`] : written;
}

function rangeInWords(family: Family, { first, last }: Interval): string {
  if (first === 0n && last === LAST_ADDRESS[family]) return `every IPv${family} address`;
  const [block, ...others] = blocksOf(family, { first, last });
  if (block !== undefined && others.length === 0) return HostNotation.BARE.print(block);
  return `${printAddress({ family, value: first })}-${printAddress({ family, value: last })}`;
}
