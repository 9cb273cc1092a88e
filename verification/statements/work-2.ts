import { controlOf, type GatewayPolicy } from "../gateway/account";
import {
  allOf,
  asserted,
  type Control,
  NOT_APPLICABLE,
  type Result,
  undecided,
  violated,
  type Violation,
} from "../result";
import { assertion, type Assertions } from "./assertion";
import { admitsTheWorkers, comesAfterItsPolicies } from "./gateway-proxy";
import { everyHost, type HeldWorkers, heldWorkers, matchesNone, nothingElse, ofHeld } from "./gateway-workers";
import type { Scene } from "./scene";

/**
 * WORK-2: internal workers reach out only to AI and payment APIs, as far as they reach out through Gateway.
 *
 * Network policies alone decide by server name: no other layer can allow a connection that they block. DNS and resolver
 * policies come before them, though, and may lead an allowed name to another host. An HTTP policy behind them may send
 * on what it gets. So of other layers only a policy that allows or blocks passes.
 *
 * @see https://developers.cloudflare.com/cloudflare-one/traffic-policies/order-of-enforcement/
 */
export const WORK_2: Assertions = [
  assertion("Gateway lets the workers' addresses reach only AI and payment APIs, on port 443.", reachesNothingElse),
  assertion("Gateway does not block an API that a worker is declared to reach.", ofHeld(reachesItsHosts)),
  assertion("The policies that hold the workers match only the workers' addresses.", ofHeld(concernsWorkersAlone)),
  assertion("The workers' proxy admits exactly the workers' dedicated addresses.", ofHeld(admitsTheWorkers)),
  assertion("The proxy is there only after the policies that hold its clients.", ofHeld(comesAfterItsPolicies)),
];

/** Of the workers' connections, only those to the declared hosts on 443 are allowed. */
function reachesNothingElse(scene: Scene): Result {
  const { workers = [] } = scene.policy.environment;
  if (workers.length === 0) return NOT_APPLICABLE;
  const held = heldWorkers(scene);
  if (held === undefined) return nothingHolds(workers.map(({ service }) => service));
  const { network } = held.gateway;
  return allOf([...nothingElse(held).map((prove) => prove(network, allowed)), ...sentElsewhere(held)]);
}

/**
 * The effects of other layers on a connection that network policies allow by its server name. DNS and resolver policies
 * say which address the name leads to; egress policies say by which way it goes. HTTP policies may send its requests
 * on. A policy that allows or blocks leads nowhere else; any other action may, where it concerns a worker.
 */
function sentElsewhere(workers: HeldWorkers): readonly Result[] {
  return workers.gateway.others
    .filter(({ action }) => action === undefined)
    .filter((policy) => matchesNone(policy, workers.sources, concerned).verdict !== "proven")
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
function reachesItsHosts(workers: HeldWorkers): readonly Result[] {
  const { gateway } = workers;
  const notes = gateway.others
    .filter(({ action }) => action !== "allow")
    .map(
      (policy) => `policy "${policy.name}" of the layer ${layerOf(policy)} may stop some of the workers' connections`,
    );
  return [...everyHost(workers).map((prove) => prove(gateway.network, blocked)), asserted([], { notes })];
}

function blocked(policy: GatewayPolicy | undefined): Violation {
  return {
    wrong: "is blocked, though a worker is declared to reach it",
    by: policy === undefined ? undefined : controlOf(policy),
    change: "allow it with a lower precedence, or drop the host from what the workers reach",
  };
}

/**
 * Gateway's policies are the account's. A policy that the statement needs is made for the workers, so it concerns no
 * other device of the account.
 */
function concernsWorkersAlone(workers: HeldWorkers): readonly Result[] {
  const others = workers.sourcesOfAll.complement();
  return indispensable(workers).map((policy) => matchesNone(policy, others, concerned));
}

/** The policies that are needed to hold the workers' connections; none where nothing holds them. */
function indispensable(workers: HeldWorkers): readonly GatewayPolicy[] {
  const { network } = workers.gateway;
  const parts = [...nothingElse(workers), ...everyHost(workers)];
  const results = parts.map((prove) => prove(network, allowed));
  if (results.some(({ verdict }) => verdict !== "proven")) return [];
  return network.filter((policy) => {
    const others = network.filter((each) => each !== policy);
    const own = parts.filter((_, index) => results[index]?.controls.some((control) => isAt(control, policy)));
    return own.some((prove) => prove(others, allowed).verdict !== "proven");
  });
}

const isAt = (control: Control, { stack, pointer }: GatewayPolicy): boolean =>
  control.stack === stack && control.pointer === pointer;

function concerned(policy: GatewayPolicy | undefined): Violation {
  return {
    wrong: "comes from no worker, and is decided by a policy that holds the workers",
    by: policy === undefined ? undefined : controlOf(policy),
    change: "scope it to the workers' addresses: net.src.ip in {...}",
  };
}
