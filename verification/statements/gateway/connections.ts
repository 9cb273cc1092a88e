import type { AddressSet } from "../../../network/address-set";
import { Port } from "../../../network/ports";
import { anyConnection, exactNames, namesOf, otherNames, type Scope } from "../../gateway/axes";
import { otherPorts } from "../../gateway/connection";
import { BLOCKED, NOT_CERTAINLY_BLOCKED, proveConnections, type ProofWords, UNTOUCHED } from "../../gateway/prove";
import type { GatewayPolicy } from "../../gateway/account";
import type { Result } from "../../result";
import type { HeldWorkers } from "./held-workers";

type Prove = (policies: readonly GatewayPolicy[], words: ProofWords) => Result;

/**
 * Nothing but the declared hosts on 443 is allowed: no other server name on any port, and no declared one on another
 * port. Over UDP on 443 a declared host speaks HTTP/3, and stays the same API.
 */
export function nothingElse({ hosts, sources }: HeldWorkers): readonly Prove[] {
  const any = { ...anyConnection(), sources };
  return [
    { ...any, names: otherNames(hosts) },
    { ...any, ports: otherPorts(HTTPS), names: namesOf(hosts) },
  ].map((scope) => (policies, words) => proveConnections(policies, scope, BLOCKED, words));
}

/** No declared host is certainly blocked on 443 over TCP. */
export function everyHost({ hosts, sources }: HeldWorkers): readonly Prove[] {
  const ports = [{ first: HTTPS, last: HTTPS }];
  return hosts
    .map((host): Scope => ({ sources, protocols: ["tcp"], ports, names: exactNames([host]) }))
    .map((scope) => (policies, words) => proveConnections(policies, scope, NOT_CERTAINLY_BLOCKED, words));
}

/** No connection from some sources is concerned by a policy. */
export function concernsNobody(policy: GatewayPolicy, sources: AddressSet, words: ProofWords): Result {
  return proveConnections([policy], { ...anyConnection(), sources }, UNTOUCHED, words);
}

const HTTPS = BigInt(Port.HTTPS);
