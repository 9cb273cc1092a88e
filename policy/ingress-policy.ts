import { environmentSchema, type Environment } from "./environment";
import type { Problem } from "../errors/invalid-input";
import { problemsOf } from "./schema/problems-of";

/** By which names an environment's web services may be reached: the slice of a policy that WebServiceIngress takes. */
export type IngressPolicy = Pick<Environment, "name" | "hosts">;

const ingressSchema = environmentSchema.pick({ name: true, hosts: true });

/** Everything that is wrong with the hosts, also where they weren't given by a Policy. */
export function ingressPolicyProblems(policy: IngressPolicy): readonly Problem[] {
  return problemsOf(ingressSchema, policy);
}
