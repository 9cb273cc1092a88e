import { z } from "zod";
import type { Problem } from "../errors/invalid-input";
import { AddressSet } from "../network/address-set";
import type { HostNotation } from "../network/host-notation";
import { members } from "./members";
import { addressText, id, object, publicSourceProblems, reason } from "./shapes";

/** Outbound addresses that no other customer has. */
export interface DedicatedAddresses {
  readonly kind: "dedicated";
  /** The id of the set on Render, `egs-...`. The deploy fails unless the set is running and has exactly these addresses. */
  readonly set: string;
  /** Its IPv4 addresses. */
  readonly addresses: readonly string[];
}

/** Outbound ranges of a Render region, which other customers of the region use too. */
export interface SharedAddresses {
  readonly kind: "shared";
  /** The region's ranges, as the service's "Connect > Outbound" shows them. */
  readonly addresses: readonly string[];
  /** The reason why other customers of the region may connect to the database. Printed with DB-1 wherever it appears. */
  readonly reason: string;
}

/** The static addresses from which an environment's services on Render reach out. */
export type EgressAddresses = DedicatedAddresses | SharedAddresses;

const addresses = z.array(addressText, { error: "a list of addresses" }).min(1, { error: "at least one address" });

export const egressSchema = z.discriminatedUnion(
  "kind",
  [
    object({
      kind: z.literal("dedicated"),
      set: id(/^egs-[a-z0-9]{1,60}$/, "the id of a Render set, egs-..."),
      addresses,
    }),
    object({ kind: z.literal("shared"), addresses, reason }),
  ],
  { error: "addresses made by EgressAddresses.dedicated(set, addresses) or EgressAddresses.shared(addresses, reason)" },
);

export const EgressAddresses = members("EgressAddresses", {
  /**
   * A set of dedicated outbound addresses: three IPv4 addresses of a region, on Render's Pro plan or above.
   *
   * @param set its id, `egs-...`
   * @see https://render.com/docs/dedicated-ips
   */
  dedicated(set: string, addresses: readonly string[]): DedicatedAddresses {
    return { kind: "dedicated", set, addresses };
  },
  /**
   * The outbound ranges of a region. They admit every Render customer of the region, so they need a reason.
   *
   * @see https://render.com/docs/outbound-ip-addresses
   */
  shared(addresses: readonly string[], reason: string): SharedAddresses {
    return { kind: "shared", addresses, reason };
  },
});

/**
 * Egress addresses in numeric order, as a platform writes them. Dedicated addresses stay single, since a platform hands out
 * and an auditor looks for single ones. A region's ranges become the fewest blocks that hold them.
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
