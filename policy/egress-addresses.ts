import { z } from "zod";
import { addressText } from "./schema/addresses";
import { id, object, reason } from "./schema/shapes";

/** Outbound addresses that nobody else has. */
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
  /** Why other tenants of the region may knock at the database. Printed with DB-1 wherever it appears. */
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

export const EgressAddresses = {
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
} as const;
