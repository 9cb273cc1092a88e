import { type Address, type Family, isIpv4Mapped, parseAddress } from "./address";
import { intervalOf, parseCidr } from "./cidr";
import type { Interval } from "./intervals";

/** The addresses of one family from `first` to `last`, both included. */
export interface AddressRange extends Interval {
  readonly family: Family;
}

/** The two ends of a range as they were written: in any order, of any family. */
export interface RangeEnds {
  readonly first: Address;
  readonly last: Address;
}

/**
 * Reads one entry of an address set, strictly: a block without host bits, one address, or a range `first-last`.
 *
 * Entries inside ::ffff:0:0/96 are refused: traffic from an IPv4 host carries its IPv4 address, so the set would silently
 * miss the host that was meant.
 *
 * @returns the addresses, or nothing when the text is not such an entry
 */
export function parseEntry(text: string): AddressRange | undefined {
  const range = text.includes("/") ? rangeOfCidr(text) : text.includes("-") ? rangeOfEnds(text) : rangeOfAddress(text);
  return range === undefined || isWithinIpv4Mapped(range) ? undefined : range;
}

/** Reads `first-last` without asking that the ends fit together. */
export function parseRangeEnds(text: string): RangeEnds | undefined {
  const [start = "", end = "", ...rest] = text.split("-");
  const [first, last] = [parseAddress(start), parseAddress(end)];
  return first === undefined || last === undefined || rest.length > 0 ? undefined : { first, last };
}

function rangeOfCidr(text: string): AddressRange | undefined {
  const cidr = parseCidr(text);
  return cidr && { family: cidr.family, ...intervalOf(cidr) };
}

function rangeOfEnds(text: string): AddressRange | undefined {
  const ends = parseRangeEnds(text);
  if (ends === undefined || ends.first.family !== ends.last.family || ends.first.value > ends.last.value)
    return undefined;
  return { family: ends.first.family, first: ends.first.value, last: ends.last.value };
}

function rangeOfAddress(text: string): AddressRange | undefined {
  const address = parseAddress(text);
  return address && { family: address.family, first: address.value, last: address.value };
}

function isWithinIpv4Mapped({ family, first, last }: AddressRange): boolean {
  return family === 6 && isIpv4Mapped({ family, value: first }) && isIpv4Mapped({ family, value: last });
}
