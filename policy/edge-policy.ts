import { z } from "zod";
import { edgeOptionsShape, type EdgeOptions } from "./edge-options";
import { environmentSchema, type Environment, type Tenancy } from "./environment";
import { object } from "./shapes";
import { ownedZone, type OwnedZone } from "./zone";

/** An environment as its zone's edge sees it. */
export type EdgeTenant = Pick<Environment, "name" | "hosts" | "webhooks" | "accept">;

/** What the edge of one zone promises: the slice of a policy that EdgeFirewall takes. */
export interface EdgePolicy extends EdgeOptions {
  readonly zone: OwnedZone;
  /** The environments that live in the zone, its owner first. */
  readonly tenants: readonly EdgeTenant[];
}

export const edgePolicySchema = object({
  zone: ownedZone,
  tenants: z
    .array(environmentSchema.pick({ name: true, hosts: true, webhooks: true, accept: true }), {
      error: "a list of environments",
    })
    .min(1, { error: "at least the zone's owner" }),
  ...edgeOptionsShape,
});

export function edgePolicy({ zone, owner, tenants }: Tenancy): EdgePolicy {
  return {
    zone,
    tenants: tenants.map(({ name, hosts, webhooks = [], accept = [] }) => ({ name, hosts, webhooks, accept })),
    ...owner.edge,
  };
}
