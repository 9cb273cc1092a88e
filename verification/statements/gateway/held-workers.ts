import { AddressSet } from "../../../network/address-set";
import type { DedicatedAddresses } from "../../../policy/egress-addresses";
import type { Policy } from "../../../policy/policy";
import { gatewayAddresses } from "../../../policy/worker-egress";
import { type Gateway, gatewayOf } from "../../gateway/account";
import { oncePer } from "../../once-per";
import { type Result, NOT_APPLICABLE } from "../../result";
import type { Scene } from "../scene";

/** An environment's workers as Gateway sees them. */
export interface HeldWorkers {
  /** The hosts that they may reach, each once, in the order of the alphabet. */
  readonly hosts: readonly string[];
  readonly dedicated: DedicatedAddresses;
  /** The addresses by which Gateway knows them. */
  readonly sources: AddressSet;
  /** Those of all workers that the account's Gateway holds. */
  readonly sourcesOfAll: AddressSet;
  readonly gateway: Gateway;
}

/** What Gateway holds; undefined where it holds no worker of the environment. */
export const heldWorkers = oncePer(({ model, policy, policies, edge }: Scene): HeldWorkers | undefined => {
  const { environment } = policy;
  const { workers = [], workerEgress } = environment;
  const dedicated = gatewayAddresses(environment);
  if (workers.length === 0 || workerEgress === undefined || dedicated === undefined) return undefined;
  const hosts = workers.flatMap(({ reaches }) => reaches.flatMap((vendor) => vendor.hosts));
  const { account } = edge.policy.zone;
  const all = policies.filter(({ workers: { zone } }) => zone.account === account).flatMap(sourcesOf);
  return {
    hosts: [...new Set(hosts)].sort(),
    dedicated,
    sources: AddressSet.of("workers", dedicated.addresses),
    sourcesOfAll: AddressSet.of("all workers", all),
    gateway: gatewayOf(model, account),
  };
});

function sourcesOf({ environment }: Policy): readonly string[] {
  return environment.workerEgress === undefined ? [] : (gatewayAddresses(environment)?.addresses ?? []);
}

/** What is decided about the workers that Gateway holds. Where it holds none there is nothing to decide. */
export function ofHeld(
  decide: (workers: HeldWorkers, scene: Scene) => Result | readonly Result[],
): (scene: Scene) => Result | readonly Result[] {
  return (scene) => {
    const workers = heldWorkers(scene);
    return workers === undefined ? NOT_APPLICABLE : decide(workers, scene);
  };
}
