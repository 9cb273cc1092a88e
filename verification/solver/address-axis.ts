import { type Address, FAMILIES, LAST_ADDRESS, parseAddress } from "../../network/address";
import { complement, holds as isWithin, intersection, type Intervals } from "../../network/intervals";
import type { AddressRanges } from "../classes/addresses";
import type { Asked, Axis } from "./axis";

/** Documentation addresses: what people expect to see as anybody's. */
const NATURAL = ["192.0.2.1", "198.51.100.1", "203.0.113.1", "2001:db8::1"].flatMap((text) => parseAddress(text) ?? []);

/** The addresses of a set, IPv4 first. A question is a set of addresses. */
export function addressAxis(within: AddressRanges): Axis<AddressRanges, Address> {
  const holds = (ranges: AddressRanges, { family, value }: Address): boolean => isWithin(ranges[family], value);
  const natural = NATURAL.filter((address) => holds(within, address));
  const first = (family: Address["family"], asked: readonly Asked<AddressRanges>[]): Address | undefined => {
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
    holds,
    has: (address) => holds(within, address),
    natural: [
      ...natural,
      ...FAMILIES.flatMap((family) => {
        const [range] = within[family];
        return range === undefined ? [] : [{ family, value: range.first }];
      }),
    ],
  };
}
