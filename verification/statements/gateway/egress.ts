import { allOf, type Conclusion, NOT_APPLICABLE, provenBy } from "../conclusion";
import { Strength } from "../../../policy/strength";
import type { GatewayPolicy } from "../../model/gateway";
import type { Scene } from "../scene";
import { conclude, controlOf, type Ending } from "./conclude";
import { concernsWorkersAlone, isReached, nothingElse } from "./connections";
import { type HeldWorkers, heldWorkers } from "./held-workers";

/** What a reader should know: Gateway holds a worker that uses it. */
const LIMITS: readonly string[] = [
  "Gateway is cooperative: Render has no egress firewall, so a worker that ignores its proxy isn't stopped",
  "the TLS server name that Gateway compares is the client's choice",
];

/** Of the workers' connections, only those to the declared hosts on 443 are allowed. */
export function reachesNothingElse(scene: Scene): Conclusion {
  const { workers = [] } = scene.policy.environment;
  if (workers.length === 0) return NOT_APPLICABLE;
  const held = heldWorkers(scene);
  if (held === undefined) return nothingHolds(workers.map(({ service }) => service));
  const { network } = held.gateway;
  const limits = provenBy(Strength.ASSERTED, [], LIMITS);
  return allOf([...nothingElse(network, held).map((proof) => conclude(proof, allowed)), limits]);
}

function nothingHolds(services: readonly string[]): Conclusion {
  return {
    kind: "violated",
    witnesses: services.map((service) => `${service} → evil.example.com:443/tcp`),
    what: "is allowed: nothing holds the workers to the hosts that they reach",
    by: undefined,
    change: 'give the environment WorkerEgress.gateway(...), or accept it: Accept.declared("WORK-2", reason)',
  };
}

function allowed(policy: GatewayPolicy | undefined): Ending {
  if (policy === undefined) {
    return {
      what: "is allowed: no policy matches it, and Gateway's default is to allow",
      by: undefined,
      change: 'block the rest, behind what is allowed: net.src.ip in {...} and net.protocol in {"tcp" "udp"}',
    };
  }
  return {
    what: "is allowed",
    by: controlOf(policy),
    change: "let it allow the declared hosts on 443 alone, or declare the host: Worker.render(id, { reaches: [...] })",
  };
}

/** The declared hosts are not certainly blocked. What other layers may do is printed, and changes no verdict. */
export function reachesItsHosts(workers: HeldWorkers): readonly Conclusion[] {
  const { hosts, gateway } = workers;
  const notes = gateway.others
    .filter(({ action }) => action !== "allow")
    .map(
      ({ name, layer = "another" }) =>
        `policy "${name}" of the layer ${layer} may stop some of the workers' connections`,
    );
  return [
    ...hosts.map((host) => conclude(isReached(gateway.network, host, workers), blocked)),
    provenBy(Strength.ASSERTED, [], notes),
  ];
}

function blocked(policy: GatewayPolicy | undefined): Ending {
  return {
    what: "is blocked, though a worker is declared to reach it",
    by: policy === undefined ? undefined : controlOf(policy),
    change: "allow it with a lower precedence, or drop the host from what the workers reach",
  };
}

/**
 * Gateway's policies are the account's. One without which the statement wouldn't hold is made for the workers, so it
 * concerns no other device of the account.
 */
export function concernsNobodyElse(workers: HeldWorkers): readonly Conclusion[] {
  const { network } = workers.gateway;
  const deciding = decidingIn(network, workers);
  return (deciding ?? [])
    .filter(
      (policy) =>
        decidingIn(
          network.filter((each) => each !== policy),
          workers,
        ) === undefined,
    )
    .map((policy) => conclude(concernsWorkersAlone(policy, workers), () => concerned(policy)));
}

/** The policies that decide the workers' connections; undefined where those aren't held. */
function decidingIn(policies: readonly GatewayPolicy[], workers: HeldWorkers): readonly GatewayPolicy[] | undefined {
  const reached = workers.hosts.map((host) => isReached(policies, host, workers));
  const proofs = [...nothingElse(policies, workers), ...reached];
  const deciding = proofs.map((proof) => (proof.kind === "proven" ? proof.deciding : undefined));
  return deciding.includes(undefined) ? undefined : [...new Set(deciding.flatMap((each) => each ?? []))];
}

function concerned(policy: GatewayPolicy): Ending {
  return {
    what: "comes from no worker, and is decided by a policy that holds the workers",
    by: controlOf(policy),
    change: "scope it to the workers' addresses: net.src.ip in {...}",
  };
}
