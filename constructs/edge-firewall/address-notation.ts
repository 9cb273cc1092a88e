import type { AddressSet } from "../../network/address-set";
import { HostNotation } from "../../network/host-notation";

/** Addresses as the right-hand side of `in`, written out. */
export function inline(addresses: AddressSet): string {
  return `{${addresses.cidrs(HostNotation.CLOUDFLARE).join(" ")}}`;
}

/** The name of the account-wide list that holds a sender's addresses for the zone of an environment. */
export function listName(owner: string, sender: AddressSet): string {
  return `${owner.replaceAll("-", "_")}_${sender.name}`;
}
