import { type Problem, shown } from "../../../errors/invalid-input";
import { type Address, embeddedIpv4, isIpv4Mapped, parseAddress, printAddress } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { SpecialAddresses } from "../../../network/special-addresses";
import { oneOfEachFamily } from "../../solver/address-axis";
import type { Source } from "./explanation";
import { type NamedSets, setsWith } from "./named-sets";

/** Who asks: an address, and whom it stands for. */
export function sourceOf(address: Address, names: NamedSets, isAnyone: boolean): Source {
  return { address: printAddress(address), sets: setsWith(address, names), isAnyone };
}

/** The address that was named, if one was; else one of each family that stands for everybody else. */
export function addressesFor(from: string | undefined, known: readonly AddressSet[]): readonly Address[] {
  const named = from === undefined ? undefined : parseAddress(from);
  return named === undefined ? anyone(known) : [named];
}

/** Where requests from the internet come from, and what examples take for it. */
const PUBLIC = AddressSet.everything()
  .difference(SpecialAddresses.NOT_PUBLIC)
  .union(SpecialAddresses.DOCUMENTATION)
  .named("public");

/** A set as wide as this says nothing about who somebody is. */
const WIDE = { 4: 1n << 28n, 6: 1n << 112n } as const;

/** One public address of each family that is in none of the sets, as far as there is one; IPv4 first. */
function anyone(known: readonly AddressSet[]): readonly Address[] {
  const narrow = known.filter(({ ipv4, ipv6 }) => ipv4.size < WIDE[4] && ipv6.size < WIDE[6]);
  const others = narrow.reduce((rest, set) => rest.difference(set), PUBLIC);
  return oneOfEachFamily(others.ranges);
}

/** What is wrong with an address that somebody asks about. */
export function problemsWithFrom(from: string | undefined): readonly Problem[] {
  if (from === undefined) return [];
  const address = parseAddress(from);
  const problem = { at: "--from", got: shown(from), allowed: "an IPv4 or IPv6 address" };
  if (address === undefined) {
    const change = from.includes("/") ? "ask about one address of the block" : "write it without brackets or a port";
    return [{ ...problem, change }];
  }
  // The edge sees such a client by its IPv4 address.
  return isIpv4Mapped(address) ? [{ ...problem, change: `ask about ${printAddress(embeddedIpv4(address))}` }] : [];
}
