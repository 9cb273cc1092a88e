import type { Problem } from "../errors/invalid-input";
import { AddressSet } from "../network/address-set";
import { SpecialAddresses } from "../network/special-addresses";
import type { EgressAddresses } from "./egress-addresses";

/** What can't be the source of a request from the internet. Documentation addresses may stand in until the real ones do. */
const NEVER_A_SOURCE = SpecialAddresses.NOT_PUBLIC.difference(SpecialAddresses.DOCUMENTATION);

/** Egress addresses are public, and a dedicated set consists of single IPv4 addresses. */
export function egressProblems(at: string, { kind, addresses }: EgressAddresses): readonly Problem[] {
  return addresses.flatMap((text, index) => {
    const set = AddressSet.of(text, [text]);
    const place = { at: `${at}.addresses[${index}]`, got: `"${text}"` };
    return [
      ...(set.overlaps(NEVER_A_SOURCE)
        ? [{ ...place, allowed: "public addresses: a private or special one is nobody's, or everybody's" }]
        : []),
      ...(kind === "dedicated" && !(set.size === 1n && set.ipv6.isEmpty)
        ? [{ ...place, allowed: "single IPv4 addresses: a dedicated set on Render has three" }]
        : []),
    ];
  });
}
