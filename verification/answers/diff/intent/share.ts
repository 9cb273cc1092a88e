import { bytesOf, printString } from "../../../../network/rules-language";
import type { EdgeTenant } from "../../../../policy/slices";
import { groupedBy } from "../../../collections";
import type { EdgePair } from "../requests/edges";

/** Which requests of each zone belong to an environment, as conditions by the zones' ids. */
export type Share = ReadonlyMap<string, string>;

/** A zone's environments in one of two apps, its owner first. */
interface Tenancy {
  readonly zone: string;
  readonly tenants: readonly EdgeTenant[];
}

/** The requests of an environment: those for its own hosts; of a zone's owner those for all but the hosts of its guests. */
export function shareOf(environment: string, edges: readonly EdgePair[]): Share {
  const tenancies = edges
    .flatMap(({ before, after }) => [before ?? [], after ?? []].flat())
    .map(({ zone, policy }): Tenancy => ({ zone: zone.id, tenants: policy?.tenants ?? [] }));
  const isOwn = ({ name }: EdgeTenant): boolean => name === environment;
  const own = tenancies.filter(({ tenants }) => tenants.some(isOwn));
  return new Map(
    [...groupedBy(own, ({ zone }) => zone)].map(([zone, sides]) => {
      const ownsAlways = sides.every(({ tenants: [owner] }) => owner !== undefined && isOwn(owner));
      const tenants = sides.flatMap((side) => side.tenants);
      return [
        zone,
        ownsAlways ? besides(hostsOf(tenants.filter((each) => !isOwn(each)))) : of(hostsOf(tenants.filter(isOwn))),
      ];
    }),
  );
}

function hostsOf(tenants: readonly EdgeTenant[]): readonly string[] {
  return [...new Set(tenants.flatMap(({ hosts }) => Object.keys(hosts)))];
}

const of = (hosts: readonly string[]): string =>
  `lower(http.host) in {${hosts.map((host) => printString(bytesOf(host.toLowerCase()))).join(" ")}}`;

const besides = (hosts: readonly string[]): string => (hosts.length === 0 ? "true" : `not ${of(hosts)}`);
