import { isIpv4Mapped, parseAddress } from "../../network/address";
import { AddressSet } from "../../network/address-set";
import { SpecialAddresses } from "../../network/special-addresses";

/** Whether an address can be somebody's on the Internet: not private, special, or an IPv4 address in IPv6's clothes. */
export function isOutside(text: string): boolean {
  const address = parseAddress(text);
  if (address === undefined || isIpv4Mapped(address)) return false;
  return !AddressSet.of(text, [text]).overlaps(SpecialAddresses.NOT_PUBLIC);
}
