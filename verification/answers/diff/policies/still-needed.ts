import { EdgePart } from "../../../../policy/edge-options";
import { type Environment, tenancies } from "../../../../policy/environment";
import type { Worker } from "../../../../policy/worker";

/**
 * The environments of the same zone that need its edge to guard a path: one rule of a sender guards every host of a zone.
 * None where the zone leaves the guard to others.
 */
export function guardersOf(path: string, environment: string, all: readonly Environment[]): readonly string[] {
  const zone = tenancies(all).find(({ tenants }) => tenants.some(({ name }) => name === environment));
  if (zone?.owner.edge?.leave?.includes(EdgePart.WEBHOOK_GUARD) === true) return [];
  const isGuarding = ({ webhooks = [] }: Environment): boolean => webhooks.some((each) => path.includes(each.path));
  return (zone?.tenants ?? []).filter(isGuarding).map(({ name }) => name);
}

export function neededGuard(path: string, names: readonly string[], when: "still" | "already"): readonly string[] {
  const verb = names.length === 1 ? "needs" : "need";
  return names.length === 0
    ? []
    : [`${names.join(", ")} ${when} ${verb} the rule that guards ${path} in the whole zone`];
}

/** The other workers of an environment that reach a host: Gateway tells workers apart by the environment's addresses alone. */
export function othersReaching(host: string, service: string, workers: readonly Worker[] = []): readonly string[] {
  return workers
    .filter((worker) => worker.service !== service && worker.reaches.some(({ hosts }) => hosts.includes(host)))
    .map((worker) => worker.service);
}

export function neededHost(host: string, services: readonly string[], when: "still" | "already"): readonly string[] {
  const verb = services.length === 1 ? "reaches" : "reach";
  return services.length === 0 ? [] : [`${services.join(", ")} ${when} ${verb} ${host} by the same addresses`];
}
