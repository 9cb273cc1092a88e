import { AddressSet } from "../../network/address-set";
import { Port } from "../../network/ports";
import type { DedicatedAddresses } from "../../policy/egress-addresses";
import type { Policy } from "../../policy/policy";
import { gatewayAddresses } from "../../policy/worker-egress";
import { type Gateway, gatewayOf, type GatewayPolicy } from "../gateway/account";
import { PORTS, PROTOCOLS, shownConnection } from "../gateway/connection";
import {
  BLOCKED,
  type ConnectionProof,
  NOT_CERTAINLY_BLOCKED,
  proveConnections,
  UNTOUCHED,
} from "../gateway/prove/prove";
import { otherPorts } from "../gateway/prove/question";
import { type ConnectionScope, exactName, namesOf, otherNames } from "../gateway/prove/scope";
import { oncePer } from "../once-per";
import {
  asserted,
  type Control,
  NOT_APPLICABLE,
  placeAt,
  type Result,
  undecidedBy,
  violated,
  type Violation,
} from "../result";
import type { Check } from "./assertion";
import type { Scene } from "./scene";

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

/** What is checked of the workers that Gateway holds. Where it holds none there is nothing to check. */
export function ofHeld(check: (workers: HeldWorkers, scene: Scene) => readonly Result[]): Check {
  return (scene) => {
    const workers = heldWorkers(scene);
    return workers === undefined ? NOT_APPLICABLE : check(workers, scene);
  };
}

type Prove = (policies: readonly GatewayPolicy[]) => ConnectionProof;

/**
 * Nothing but the declared hosts on 443 is allowed: no other server name on any port, and no declared one on another
 * port. Over UDP on 443 a declared host speaks HTTP/3, and stays the same API.
 */
export function nothingElse({ hosts, sources }: HeldWorkers): readonly Prove[] {
  const any = { sources, protocols: PROTOCOLS };
  return [
    { ...any, ports: [PORTS], names: otherNames(hosts) },
    { ...any, ports: otherPorts(HTTPS), names: namesOf(hosts) },
  ].map((scope) => (policies) => proveConnections(policies, scope, BLOCKED));
}

/** No declared host is certainly blocked on 443 over TCP. */
export function everyHost({ hosts, sources }: HeldWorkers): readonly Prove[] {
  const ports = [{ first: HTTPS, last: HTTPS }];
  return hosts
    .map((host): ConnectionScope => ({ sources, protocols: ["tcp"], ports, names: exactName(host) }))
    .map((scope) => (policies) => proveConnections(policies, scope, NOT_CERTAINLY_BLOCKED));
}

/** A policy matches no connection from some addresses. */
export function matchesNone(policy: GatewayPolicy, sources: AddressSet): ConnectionProof {
  const scope = { sources, protocols: PROTOCOLS, ports: [PORTS], names: otherNames([]) };
  return proveConnections([policy], scope, UNTOUCHED);
}

const HTTPS = BigInt(Port.HTTPS);

/** What a proof about connections means for a statement. */
export function resultOf(proof: ConnectionProof, ending: (policy: GatewayPolicy | undefined) => Violation): Result {
  switch (proof.kind) {
    case "proven": {
      const { classes, deciding, possible } = proof;
      const notes = possible.map(({ name }) => `policy "${name}" may stop some of the workers' connections`);
      return asserted(deciding.map(controlOf), { notes, classes, rules: deciding.length });
    }
    case "violated":
      return violated({ counterexample: [shownConnection(proof.witness)], ...ending(proof.policy) });
    case "undecided":
      return undecidedBy(
        proof.doubts.map(({ reason, policy }) =>
          policy === undefined
            ? { reason }
            : { reason: `policy "${policy.name}": ${cut(reason)}`, place: placeAt(policy) },
        ),
      );
  }
}

const LONGEST = 200;

/** A condition may have any length. */
function cut(text: string): string {
  return text.length > LONGEST ? `${text.slice(0, LONGEST - 3)}...` : text;
}

export function controlOf(policy: GatewayPolicy): Control {
  return { name: policy.name, ...placeAt(policy) };
}
