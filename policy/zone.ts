import { z } from "zod";
import { CloudflarePlan } from "./cloudflare-plan";
import { members } from "./members";
import { environmentName, hostName, id, object } from "./shapes";

/** A Cloudflare zone that an environment owns: its settings and rulesets are this environment's. */
export interface OwnedZone {
  readonly kind: "owned";
  /** The zone's apex, for example `example.com`. */
  readonly name: string;
  /** The zone's id: 32 hexadecimal digits, or a reference. */
  readonly id: string;
  /** The id of the Cloudflare account that holds the zone: 32 hexadecimal digits, or a reference. */
  readonly account: string;
  /** The zone's plan. It must be the real one: limits are checked against it at synth. */
  readonly plan: CloudflarePlan;
}

/** A zone that another environment owns and that carries this environment's hosts and webhooks too. */
export interface CarriedZone {
  readonly kind: "carried";
  /** The name of the owning environment. */
  readonly by: string;
}

export type Zone = OwnedZone | CarriedZone;

const cloudflareId = id(
  /^[0-9a-f]{32}$/,
  "an id of 32 hexadecimal digits in lower case, as the dashboard's overview shows it",
  (text) => text.toLowerCase().replaceAll("-", ""),
);

export const ownedZone = object({
  kind: z.literal("owned"),
  name: hostName,
  id: cloudflareId,
  account: cloudflareId,
  plan: z.enum(CloudflarePlan, { error: "one of free, pro, business, enterprise (CloudflarePlan)" }),
});

const carriedZone = object({ kind: z.literal("carried"), by: environmentName });

export const zoneSchema = z.discriminatedUnion("kind", [ownedZone, carriedZone], {
  error: "a zone made by Zone.of(name, { id, account, plan }) or Zone.carriedBy(environment)",
});

export const Zone = members("Zone", {
  /** A zone that the environment owns. */
  of(name: string, { id, account, plan }: Pick<OwnedZone, "id" | "account" | "plan">): OwnedZone {
    return { kind: "owned", name, id, account, plan };
  },
  /**
   * The zone of another environment. That environment's stack writes the rules, settings and records of both, and
   * this environment's stack is deployed after it.
   */
  carriedBy(environment: string): CarriedZone {
    return { kind: "carried", by: environment };
  },
});
