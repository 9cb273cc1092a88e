import { FAMILIES, type Family } from "../../../network/address";
import { AddressSet } from "../../../network/address-set";
import { CLOUDFLARE } from "../../../network/feeds/cloudflare";
import { META } from "../../../network/feeds/meta";
import { gatewayAddresses } from "../../../policy/worker-egress";
import type { Scene } from "../../statements/scene";
import { namedSets } from "../explain/named-sets";

/** Addresses of one family, under the name that a reader knows them by. */
export interface Source {
  readonly name: string;
  readonly family: Family;
  readonly addresses: AddressSet;
  /** Whether they are those that no other source has. */
  readonly isRest: boolean;
}

const ANYONE = "anyone else";

/** Everybody, by name as far as there is one: together all addresses. */
export function sourcesOf(scene: Scene): readonly Source[] {
  const named = namedSources(scene);
  const rest = named.reduce((left, set) => left.difference(set), AddressSet.everything()).named(ANYONE);
  return [...named, rest].flatMap((set) =>
    FAMILIES.flatMap((family) => {
      const addresses = family === 4 ? set.ipv4 : set.ipv6;
      return addresses.isEmpty ? [] : [{ name: set.name, family, addresses, isRest: set === rest }];
    }),
  );
}

/** Meta, the environment's own services, Cloudflare, other senders of the zone's webhooks, and its lists: each once. */
function namedSources({ policies, policy, edge }: Scene): readonly AddressSet[] {
  const own = ownSources(policy.environment);
  const tenants = edge.policy.tenants.map(({ name }) => name);
  const known = namedSets(
    policies.filter(({ name }) => tenants.includes(name)),
    edge.zone,
  );
  const all = [META.addresses, ...own, CLOUDFLARE.addresses.named("Cloudflare"), ...known];
  return all.filter((set, index) => !set.isEmpty && !all.slice(0, index).some((earlier) => earlier.equals(set)));
}

function ownSources(environment: Scene["policy"]["environment"]): readonly AddressSet[] {
  const { egress, workers = [], workerEgress } = environment;
  const proxied = workerEgress === undefined ? undefined : gatewayAddresses(environment);
  const [backend, worker] = [egress, proxied].map((each) => each && AddressSet.of("egress", each.addresses));
  const isShared = workers.length > 0 && (worker === undefined || (backend?.equals(worker) ?? false));
  return [
    ...(backend === undefined ? [] : [backend.named(isShared ? "backend, workers" : "backend")]),
    ...(worker === undefined || isShared ? [] : [worker.named("workers")]),
  ];
}
