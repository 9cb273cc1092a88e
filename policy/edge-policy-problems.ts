import type { Problem } from "../errors/invalid-input";
import { COHERENCE_RULES } from "./coherence";
import { type EdgePolicy, edgePolicySchema } from "./edge-policy";
import type { Environment } from "./environment";
import { problemsBy } from "./problems";
import { Zone } from "./zone";

/** Everything that is wrong with what an edge promises, also where it wasn't made by a Policy. */
export function edgePolicyProblems(policy: EdgePolicy): readonly Problem[] {
  return problemsBy(edgePolicySchema, contradictions, policy);
}

function contradictions(policy: EdgePolicy): readonly Problem[] {
  return COHERENCE_RULES.flatMap((rule) => rule(environmentsOf(policy)));
}

function environmentsOf({ zone, tenants, ...edge }: EdgePolicy): readonly Environment[] {
  return tenants.map((tenant, index) =>
    index === 0 ? { ...tenant, zone, edge } : { ...tenant, zone: Zone.carriedBy(tenants[0]?.name ?? "") },
  );
}
