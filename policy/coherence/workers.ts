import { type Problem, shown } from "../../errors/invalid-input";
import { type Environment, tenancies } from "../environment";
import { workersProblems } from "../workers-policy";
import type { CoherenceRule } from "./coherence-rule";

/** Workers are no origins of public hosts, and what they reach is held or accepted as declared. */
export const workers: CoherenceRule = (environments) => [
  ...environments.flatMap(publicWorkers),
  ...tenancies(environments).flatMap(({ zone, tenants }) =>
    tenants.flatMap((tenant) => workersProblems({ ...tenant, zone })),
  ),
];

function publicWorkers({ name, workers: own = [], hosts }: Environment): readonly Problem[] {
  const origins = Object.values(hosts).map(({ service }) => service);
  return own.flatMap(({ service }, index) =>
    origins.includes(service)
      ? [
          {
            at: `${name}.workers[${index}].service`,
            got: `${shown(service)}, which is the origin of a public host`,
            allowed: "a service without inbound",
          },
        ]
      : [],
  );
}
