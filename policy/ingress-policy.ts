import type { Problem } from "../errors/invalid-input";
import { environmentSchema, type Environment } from "./environment";
import { publicSourceProblems } from "./shapes";
import { problemsBy } from "./problems";

/** How an environment's web services may be reached: the slice of a policy that WebServiceIngress takes. */
export type IngressPolicy = Pick<Environment, "name" | "hosts" | "ingress">;

const ingressSchema = environmentSchema.pick({ name: true, hosts: true, ingress: true });

/** Everything that is wrong with how the web services may be reached, also where it wasn't made by a Policy. */
export function ingressPolicyProblems(policy: IngressPolicy): readonly Problem[] {
  return problemsBy(ingressSchema, ingressProblems, policy);
}

/** What a web service admits is public. */
export function ingressProblems({ name, ingress }: IngressPolicy): readonly Problem[] {
  const { addresses = [] } = ingress ?? {};
  return addresses.flatMap((text, index) => publicSourceProblems(`${name}.ingress.addresses[${index}]`, text));
}
