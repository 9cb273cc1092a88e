import { ingressProblems } from "../ingress-policy";
import type { CoherenceRule } from "./coherence-rule";

/** Every environment's web services admit whom they can. */
export const ingress: CoherenceRule = (environments) => environments.flatMap(ingressProblems);
