import { Port } from "../../../../network/ports";
import type { EdgePolicy } from "../../../../policy/slices";
import { CONNECTIONS } from "../../../edge/scope";
import { ACCEPTED, endsBy, type Expectation, Quantifier, REFUSED, type Proof } from "../../../edge/proof";
import type { EdgeZone } from "../../../edge/zone";
import { proveForEveryHost } from "./every-host";
import { declaredHosts } from "./hosts";

const OPEN: readonly number[] = [Port.HTTP, Port.HTTPS];

/** A redirect is an answer too: the port would be open. */
const BLOCKED: Expectation = {
  quantifier: Quantifier.ALWAYS,
  judge: ({ destination }) => (destination.kind === "block" ? ACCEPTED : REFUSED),
  isAlwaysAccepted: endsBy("block"),
};

/** PORTS-1, at the edge: every request on another port than 80 and 443 is certainly blocked. */
export function ports1(zone: EdgeZone, policy: EdgePolicy): Proof {
  const scope = {
    connections: CONNECTIONS.filter(({ port }) => !OPEN.includes(port)),
    likely: { hosts: declaredHosts(policy), paths: ["/"] },
  };
  return proveForEveryHost(zone, policy, scope, BLOCKED);
}
