import { literal, object, reason } from "./shapes";

/** Something on a platform that no environment names and that may be there all the same. */
export interface IgnoredThing {
  /** The id under which the inventory finds it, for example `cloudflare/dns-record/<id>`. */
  readonly id: string;
  /** Why it may be there, in words that an auditor can judge. Printed wherever the inventory is. */
  readonly reason: string;
}

export const ignoredThingSchema = object({
  id: literal(
    /^(?:cloudflare|render|supabase)\/[a-z0-9-]+\/[A-Za-z0-9._:/-]+$/,
    "an id as the inventory prints it: <platform>/<kind>/<the platform's id>",
  ),
  reason,
});

export const IgnoredThing = {
  /** Lets one thing be, by the id that `npm run policy -- inventory` prints. */
  of(id: string, reason: string): IgnoredThing {
    return { id, reason };
  },
} as const;
