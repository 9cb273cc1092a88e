import { scansProblems } from "../scans-policy";
import type { CoherenceRule } from "./coherence-rule";

/** Every environment's repositories can be scanned and gated as it says. */
export const repositories: CoherenceRule = (environments) => environments.flatMap(scansProblems);
