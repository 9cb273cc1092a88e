import { allOf, NOT_APPLICABLE, proven, type Result, undecided, violated, type Violation } from "../../result";
import { Strength } from "../../../policy/statements";
import type { ConnectionProof } from "../../gateway/prove/prove";
import type { GatewayPolicy } from "../../gateway/account";
import type { Scene } from "../scene";
import { conclude, controlOf } from "./conclude";
import { concernsNoWorker, concernsWorkersAlone, everyHost, nothingElse } from "./connections";
import { type HeldWorkers, heldWorkers } from "./held-workers";

/** Of the workers' connections, only those to the declared hosts on 443 are allowed. */
export function reachesNothingElse(scene: Scene): Result {
  const { workers = [] } = scene.policy.environment;
  if (workers.length === 0) return NOT_APPLICABLE;
  const held = heldWorkers(scene);
  if (held === undefined) return nothingHolds(workers.map(({ service }) => service));
  const { network } = held.gateway;
  return allOf([...nothingElse(held).map((prove) => conclude(prove(network), allowed)), ...sentElsewhere(held)]);
}

/**
 * What other layers do with a connection that network policies allow by its server name. DNS and resolver policies say
 * which address the name leads to, egress policies by which way it goes, and HTTP policies may send its requests on. What
 * allows or blocks leads nowhere else; any other action may, where it concerns a worker.
 */
function sentElsewhere(workers: HeldWorkers): readonly Result[] {
  return workers.gateway.others
    .filter(({ action }) => action === undefined)
    .filter((policy) => concernsNoWorker(policy, workers).kind !== "proven")
    .map((policy) =>
      undecided(
        `policy "${policy.name}" of the layer ${layerOf(policy)} may send elsewhere what is allowed here`,
        controlOf(policy),
      ),
    );
}

const layerOf = ({ layer = "another" }: GatewayPolicy): string => layer;

function nothingHolds(services: readonly string[]): Result {
  return violated({
    counterexample: services.map((service) => `${service} → evil.example.com:443/tcp`),
    wrong: "is allowed: nothing holds the workers to the hosts that they reach",
    change: 'give the environment WorkerEgress.gateway(...), or accept it: Accept.declared("WORK-2", reason)',
  });
}

function allowed(policy: GatewayPolicy | undefined): Violation {
  if (policy === undefined) {
    return {
      wrong: "is allowed: no policy matches it, and Gateway's default is to allow",
      by: undefined,
      change: 'block the rest, behind what is allowed: net.src.ip in {...} and net.protocol in {"tcp" "udp"}',
    };
  }
  return {
    wrong: "is allowed",
    by: controlOf(policy),
    change: "let it allow the declared hosts on 443 alone, or declare the host: Worker.render(id, { reaches: [...] })",
  };
}

/** The declared hosts are not certainly blocked. That another layer may block them is printed, and changes no verdict. */
export function reachesItsHosts(workers: HeldWorkers): readonly Result[] {
  const { gateway } = workers;
  const notes = gateway.others
    .filter(({ action }) => action !== "allow")
    .map(
      (policy) => `policy "${policy.name}" of the layer ${layerOf(policy)} may stop some of the workers' connections`,
    );
  return [
    ...everyHost(workers).map((prove) => conclude(prove(gateway.network), blocked)),
    proven(Strength.ASSERTED, [], { notes }),
  ];
}

function blocked(policy: GatewayPolicy | undefined): Violation {
  return {
    wrong: "is blocked, though a worker is declared to reach it",
    by: policy === undefined ? undefined : controlOf(policy),
    change: "allow it with a lower precedence, or drop the host from what the workers reach",
  };
}

/**
 * Gateway's policies are the account's. One without which the statement wouldn't hold is made for the workers, so it
 * concerns no other device of the account.
 */
export function concernsNobodyElse(workers: HeldWorkers): readonly Result[] {
  return indispensable(workers).map((policy) =>
    conclude(concernsWorkersAlone(policy, workers), () => concerned(policy)),
  );
}

/** The policies without which the workers' connections wouldn't be held; none where they aren't. */
function indispensable(workers: HeldWorkers): readonly GatewayPolicy[] {
  const { network } = workers.gateway;
  const parts = [...nothingElse(workers), ...everyHost(workers)];
  const deciders = parts.map((prove) => decidersIn(prove(network)));
  if (deciders.includes(undefined)) return [];
  return network.filter((policy) => {
    const others = network.filter((each) => each !== policy);
    const own = parts.filter((_, index) => deciders[index]?.includes(policy));
    return own.some((prove) => decidersIn(prove(others)) === undefined);
  });
}

function decidersIn(proof: ConnectionProof): readonly GatewayPolicy[] | undefined {
  return proof.kind === "proven" ? proof.deciding : undefined;
}

function concerned(policy: GatewayPolicy): Violation {
  return {
    wrong: "comes from no worker, and is decided by a policy that holds the workers",
    by: controlOf(policy),
    change: "scope it to the workers' addresses: net.src.ip in {...}",
  };
}
