import type { Environment } from "./environment";
import type { OwnedZone } from "./zone";

/** An owned zone with every environment that lives in it: its owner first, then those that it carries. */
export interface Tenancy {
  readonly zone: OwnedZone;
  readonly owner: Environment;
  readonly tenants: readonly Environment[];
}

/** The zones that the environments own, each with its tenants. */
export function tenancies(environments: readonly Environment[]): readonly Tenancy[] {
  return environments.flatMap((owner) => {
    const { zone } = owner;
    if (zone.kind !== "owned") return [];
    const guests = environments.filter((other) => other.zone.kind === "carried" && other.zone.by === owner.name);
    return [{ zone, owner, tenants: [owner, ...guests] }];
  });
}
