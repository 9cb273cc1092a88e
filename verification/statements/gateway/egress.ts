import {
  allOf,
  type Control,
  NOT_APPLICABLE,
  proven,
  type Result,
  undecided,
  violated,
  type Violation,
} from "../../result";
import { Strength } from "../../../policy/statements";
import { controlOf, type GatewayPolicy } from "../../gateway/account";
import type { ProofWords } from "../../gateway/prove";
import type { Scene } from "../scene";
import { concernsNobody, everyHost, nothingElse } from "./connections";
import { type HeldWorkers, heldWorkers } from "./held-workers";

/** Of the workers' connections, only those to the declared hosts on 443 are allowed. */
export function reachesNothingElse(scene: Scene): Result {
  const { workers = [] } = scene.policy.environment;
  if (workers.length === 0) return NOT_APPLICABLE;
  const held = heldWorkers(scene);
  if (held === undefined) return nothingHolds(workers.map(({ service }) => service));
  const { network } = held.gateway;
  return allOf([...nothingElse(held).map((prove) => prove(network, wordsOf(allowed))), ...sentElsewhere(held)]);
}

/**
 * What other layers do with a connection that network policies allow by its server name. DNS and resolver policies say
 * which address the name leads to, egress policies by which way it goes, and HTTP policies may send its requests on. What
 * allows or blocks leads nowhere else; any other action may, where it concerns a worker.
 */
function sentElsewhere(workers: HeldWorkers): readonly Result[] {
  return workers.gateway.others
    .filter(({ action }) => action === undefined)
    .filter((policy) => concernsNobody(policy, workers.sources, wordsOf(concerned)).verdict !== "proven")
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
    ...everyHost(workers).map((prove) => prove(gateway.network, wordsOf(blocked))),
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
  const others = workers.sourcesOfAll.complement();
  return indispensable(workers).map((policy) => concernsNobody(policy, others, wordsOf(concerned)));
}

/** The policies without which the workers' connections wouldn't be held; none where they aren't. */
function indispensable(workers: HeldWorkers): readonly GatewayPolicy[] {
  const { network } = workers.gateway;
  const parts = [...nothingElse(workers), ...everyHost(workers)].map(
    (prove) => (policies: readonly GatewayPolicy[]) => prove(policies, wordsOf(allowed)),
  );
  const results = parts.map((prove) => prove(network));
  if (results.some(({ verdict }) => verdict !== "proven")) return [];
  return network.filter((policy) => {
    const others = network.filter((each) => each !== policy);
    const own = parts.filter((_, index) => results[index]?.controls.some((control) => isAt(control, policy)));
    return own.some((prove) => prove(others).verdict !== "proven");
  });
}

const isAt = (control: Control, policy: GatewayPolicy): boolean =>
  control.stack === policy.stack && control.pointer === policy.pointer;

function concerned(policy: GatewayPolicy | undefined): Violation {
  return {
    wrong: "comes from no worker, and is decided by a policy that holds the workers",
    ...(policy === undefined ? {} : { by: controlOf(policy) }),
    change: "scope it to the workers' addresses: net.src.ip in {...}",
  };
}

/** What a proof about workers says. */
export function wordsOf(refused: ProofWords["refused"]): ProofWords {
  return { refused, possible: ({ name }) => `policy "${name}" may stop some of the workers' connections` };
}
