import { AddressSet } from "../network/address-set";
import type { HostNotation } from "../network/host-notation";
import type { EgressAddresses } from "./egress-addresses";

/**
 * Egress addresses in numeric order, as a platform writes them. Dedicated addresses stay single, since that is what a
 * platform hands out and an auditor looks for; a region's ranges are the fewest blocks that hold them.
 */
export function egressBlocks({ kind, addresses }: EgressAddresses, notation: HostNotation): readonly string[] {
  if (kind === "shared") return AddressSet.of(kind, addresses).cidrs(notation);
  return addresses
    .map((address) => AddressSet.of(kind, [address]))
    .sort((one, other) => (first(one) < first(other) ? -1 : 1))
    .flatMap((address) => address.cidrs(notation));
}

function first({ ranges }: AddressSet): bigint {
  return ranges[4][0]?.first ?? 0n;
}
