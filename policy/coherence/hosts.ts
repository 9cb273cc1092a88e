import { type Problem, shown } from "../../errors/invalid-input";
import { type Tenancy, tenancies } from "../environment";
import { type CoherenceRule, duplicates } from "./coherence-rule";

/** Every host lies in its zone and belongs to one environment; an existing record is one of a host. */
export const hosts: CoherenceRule = (environments) => [
  ...duplicates(
    environments.flatMap(({ name, hosts }) =>
      Object.keys(hosts).map((value) => ({ at: `${name}.hosts[${shown(value)}]`, value })),
    ),
    (host) => host,
    "a host that no other environment has",
  ),
  ...tenancies(environments).flatMap((tenancy) => [...outside(tenancy), ...recordsOfNoHost(tenancy)]),
];

function outside({ zone, tenants }: Tenancy): readonly Problem[] {
  return tenants.flatMap(({ name, hosts }) =>
    Object.keys(hosts)
      .filter((host) => host !== zone.name && !host.endsWith(`.${zone.name}`))
      .map((host) => ({
        at: `${name}.hosts[${shown(host)}]`,
        got: shown(host),
        allowed: `${zone.name} or a name below it, since that is the environment's zone`,
      })),
  );
}

function recordsOfNoHost({ owner, tenants }: Tenancy): readonly Problem[] {
  const known = tenants.flatMap(({ hosts }) => Object.keys(hosts));
  return Object.keys(owner.edge?.existing?.records ?? {})
    .filter((host) => !known.includes(host))
    .map((host) => ({
      at: `${owner.name}.edge.existing.records[${shown(host)}]`,
      got: shown(host),
      allowed: `a host of the zone: ${known.join(", ")}`,
    }));
}
