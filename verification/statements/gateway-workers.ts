import { AddressSet } from "../../network/address-set";
import { Port } from "../../network/ports";
import type { DedicatedAddresses } from "../../policy/egress-addresses";
import type { Policy } from "../../policy/policy";
import { gatewayAddresses } from "../../policy/worker-egress";
import { type Gateway, gatewayOf, type GatewayPolicy } from "../gateway/account";
import {
  anyConnection,
  exactNames,
  namesOf,
  otherNames,
  type ConnectionScope,
  otherPorts,
} from "../gateway/connection";
import {
  BLOCKED,
  type ConnectionExpectation,
  NOT_CERTAINLY_BLOCKED,
  proveConnections,
  type ProofWords,
  UNTOUCHED,
} from "../gateway/prove";
import { oncePer } from "../once-per";
import { NOT_APPLICABLE, type Result } from "../result";
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

/** The environment's workers that Gateway holds; undefined where it holds none. */
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

/** Checks the workers that Gateway holds. Where it holds none there is nothing to check. */
export function ofHeld(check: (workers: HeldWorkers, scene: Scene) => readonly Result[]): Check {
  return (scene) => {
    const workers = heldWorkers(scene);
    return workers === undefined ? NOT_APPLICABLE : check(workers, scene);
  };
}

/** Proves something of the workers' connections under some policies, with words for the refused ones. */
type Prove = (policies: readonly GatewayPolicy[], refused: ProofWords["refused"]) => Result;

function proving(scope: ConnectionScope, expectation: ConnectionExpectation): Prove {
  const possible: ProofWords["possible"] = ({ name }) => `policy "${name}" may stop some of the workers' connections`;
  return (policies, refused) => proveConnections(policies, scope, expectation, { refused, possible });
}

/**
 * Only the declared hosts on 443 are allowed: no other server name on any port, and no declared one on another port.
 * Over UDP on 443 a declared host speaks HTTP/3, and stays the same API.
 */
export const nothingElse = oncePer(({ hosts, sources }: HeldWorkers): readonly Prove[] => {
  const any = { ...anyConnection(), sources };
  return [
    proving({ ...any, names: otherNames(hosts) }, BLOCKED),
    proving({ ...any, ports: otherPorts(HTTPS), names: namesOf(hosts) }, BLOCKED),
  ];
});

/** No declared host is certainly blocked on 443 over TCP. */
export const everyHost = oncePer(({ hosts, sources }: HeldWorkers): readonly Prove[] => {
  const ports = [{ first: HTTPS, last: HTTPS }];
  return hosts.map((host) =>
    proving({ sources, protocols: ["tcp"], ports, names: exactNames([host]) }, NOT_CERTAINLY_BLOCKED),
  );
});

/** A policy matches no connection from some addresses. */
export function matchesNone(policy: GatewayPolicy, sources: AddressSet, refused: ProofWords["refused"]): Result {
  return proving({ ...anyConnection(), sources }, UNTOUCHED)([policy], refused);
}

const HTTPS = BigInt(Port.HTTPS);
