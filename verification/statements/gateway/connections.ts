import type { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import { PORTS, PROTOCOLS } from "../../gateway/connection";
import {
  BLOCKED,
  type ConnectionProof,
  NOT_CERTAINLY_BLOCKED,
  proveConnections,
  UNTOUCHED,
} from "../../gateway/prove/prove";
import { otherPorts } from "../../gateway/prove/question";
import { type ConnectionScope, exactName, namesOf, otherNames } from "../../gateway/prove/scope";
import type { GatewayPolicy } from "../../gateway/account";
import type { HeldWorkers } from "./held-workers";

type Policies = readonly GatewayPolicy[];
type Prove = (policies: Policies) => ConnectionProof;

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

/** Nobody but workers is concerned by a policy. */
export function concernsWorkersAlone(policy: GatewayPolicy, { sourcesOfAll }: HeldWorkers): ConnectionProof {
  return concernsNobody(policy, sourcesOfAll.complement());
}

/** No worker is concerned by a policy. */
export function concernsNoWorker(policy: GatewayPolicy, { sources }: HeldWorkers): ConnectionProof {
  return concernsNobody(policy, sources);
}

function concernsNobody(policy: GatewayPolicy, sources: AddressSet): ConnectionProof {
  return proveConnections(
    [policy],
    { sources, protocols: PROTOCOLS, ports: [PORTS], names: otherNames([]) },
    UNTOUCHED,
  );
}

const HTTPS = BigInt(Port.HTTPS);
