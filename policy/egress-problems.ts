import type { Problem } from "../errors/invalid-input";
import { AddressSet } from "../network/address-set";
import type { EgressAddresses } from "./egress-addresses";
import { publicSourceProblems } from "./public-sources";

/** Egress addresses are public, and a dedicated set consists of single IPv4 addresses. */
export function egressProblems(at: string, { kind, addresses }: EgressAddresses): readonly Problem[] {
  return addresses.flatMap((text, index) => {
    const set = AddressSet.of(text, [text]);
    const place = `${at}.addresses[${index}]`;
    const allowed = "single IPv4 addresses: a dedicated set on Render has three";
    const single = set.size === 1n && set.ipv6.isEmpty;
    return [
      ...publicSourceProblems(place, text),
      ...(kind === "dedicated" && !single ? [{ at: place, got: `"${text}"`, allowed }] : []),
    ];
  });
}
