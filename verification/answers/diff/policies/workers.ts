import type { DedicatedAddresses } from "../../../../policy/egress-addresses";
import type { Worker } from "../../../../policy/worker";
import type { GatewayEgress, GatewaySource } from "../../../../policy/worker-egress";
import {
  admitted,
  changed,
  type Compare,
  compareMembers,
  type Comparisons,
  type Context,
  either,
  listed,
  promised,
  stronger,
  weaker,
} from "./compare";

/** The changes in the promises of a worker that both sides name. */
export const sameWorker =
  ({ before, after }: Context) =>
  (at: string, one: Worker, other: Worker) => {
    const { service } = other;
    const reaches = listed<string>({
      nameOf: (host) => host,
      added: (place, host) => [
        { ...weaker(place, `${service} may reach ${host}`), notes: needed(host, service, before.workers, "already") },
      ],
      dropped: (place, host) => [
        {
          ...stronger(place, `${service} may no longer reach ${host}`),
          notes: needed(host, service, after.workers, "still"),
        },
      ],
    });
    return compareMembers(at, one, other, {
      service: either,
      type: either,
      reaches: (place, was, is) => reaches(place, hostsOf(was), hostsOf(is)),
    });
  };

const hostsOf = (reaches: Worker["reaches"] = []): readonly string[] => reaches.flatMap(({ hosts }) => hosts);

/** Which other workers reach a host: Gateway tells workers apart by the environment's addresses alone. */
function needed(host: string, service: string, workers: readonly Worker[] = [], when: string): readonly string[] {
  const others = workers.filter((worker) => worker.service !== service && hostsOf(worker.reaches).includes(host));
  const verb = others.length === 1 ? "reaches" : "reach";
  return others.length === 0
    ? []
    : [`${others.map((worker) => worker.service).join(", ")} ${when} ${verb} ${host} by the same addresses`];
}

const source: Compare<GatewaySource> = (at, before, after) => {
  if (before?.kind === "dedicated" && after?.kind === "dedicated") return compareMembers(at, before, after, DEDICATED);
  return after?.kind === "shared-with-web-service"
    ? [weaker(at, "the workers have no addresses of their own: Gateway can't tell them from the web service")]
    : [stronger(at, "the workers have addresses of their own")];
};

const DEDICATED: Comparisons<DedicatedAddresses> = {
  kind: either,
  set: (at, before, after) => [changed(at, `the workers' addresses are the set ${after ?? ""}, not ${before ?? ""}`)],
  addresses: admitted("Gateway takes for workers"),
};

export const workerEgress = promised<GatewayEgress>(
  "Gateway no longer holds its workers to the hosts that they reach",
  "Gateway holds its workers to the hosts that they reach",
  { precedence: either, source },
);
