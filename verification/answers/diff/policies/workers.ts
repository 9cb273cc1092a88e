import type { Environment } from "../../../../policy/environment";
import type { Worker } from "../../../../policy/worker";
import type { GatewaySource, WorkerEgress } from "../../../../policy/worker-egress";
import type { Pair } from "../app";
import {
  type Gone,
  admitted,
  changed,
  type Compare,
  compareMembers,
  either,
  listed,
  type Notice,
  stronger,
  weaker,
} from "./compare";
import { neededHost, othersReaching } from "./still-needed";

export const workers = (gone: Gone, environment: Pair<Environment>): Compare<readonly Worker[]> =>
  listed<Worker>({
    nameOf: ({ service }) => service,
    added: (at, { service }) => [{ ...stronger(at, `the worker ${service} is new`), announces: service }],
    dropped: (at, { service }) => gone(at, service),
    both: (at, before, after) =>
      compareMembers(at, before, after, {
        service: either,
        type: either,
        reaches: (place, one = [], other = []) => {
          const { service } = after;
          const [own, others] = [one, other].map(hostsOf) as [readonly string[], readonly string[]];
          return listed<string>({
            nameOf: (host) => host,
            added: (at, host) => [
              {
                ...weaker(at, `${service} may reach ${host}`),
                notes: neededHost(host, othersReaching(host, service, environment.before.workers), "already"),
              },
            ],
            dropped: (at, host) => [
              {
                ...stronger(at, `${service} may no longer reach ${host}`),
                notes: neededHost(host, othersReaching(host, service, environment.after.workers), "still"),
              },
            ],
          })(place, own, others);
        },
      }),
  });

const hostsOf = (reaches: Worker["reaches"]): readonly string[] => reaches.flatMap(({ hosts }) => hosts);

export const workerEgress: Compare<WorkerEgress> = (at, before, after) => {
  if (after === undefined) return [weaker(at, "Gateway no longer holds its workers to the hosts that they reach")];
  if (before === undefined) return [stronger(at, "Gateway holds its workers to the hosts that they reach")];
  return compareMembers(at, before, after, { precedence: either, source });
};

const source: Compare<GatewaySource> = (at, before, after) => {
  if (before?.kind === "dedicated" && after?.kind === "dedicated") return sameSource(at, before, after);
  return after?.kind === "shared-with-web-service"
    ? [weaker(at, "the workers have no addresses of their own: Gateway can't tell them from the web service")]
    : [stronger(at, "the workers have addresses of their own")];
};

type Dedicated = Extract<GatewaySource, { readonly kind: "dedicated" }>;

const sameSource = (at: string, before: Dedicated, after: Dedicated): readonly Notice[] =>
  compareMembers(at, before, after, {
    kind: either,
    set: (place, one, other) => [changed(place, `the workers' addresses are the set ${other ?? ""}, not ${one ?? ""}`)],
    addresses: admitted("Gateway takes for workers"),
  });
