import { members } from "./members";
import { literal, object, reason } from "./shapes";

/** A thing on a platform that may be there although no environment names it. */
export interface IgnoredThing {
  /** The id under which the inventory finds it, for example `cloudflare/dns-record/<id>`. */
  readonly id: string;
  /** Why it may be there, in words that an auditor can judge. Printed wherever the inventory is. */
  readonly reason: string;
}

export const ignoredThingSchema = object(
  {
    id: literal(
      /^(?:cloudflare|render|supabase)\/[a-z0-9-]+\/[A-Za-z0-9._:/-]+$/,
      "an id as the inventory prints it: <platform>/<kind>/<the platform's id>",
    ),
    reason,
  },
  "an entry made by IgnoredThing.of(id, reason)",
);

export const IgnoredThing = members("IgnoredThing", {
  /** Accepts one thing, by the id that `npm run policy -- inventory` prints. */
  of(id: string, reason: string): IgnoredThing {
    return { id, reason };
  },
});
