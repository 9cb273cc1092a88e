import { databasesProblems } from "../databases-policy";
import type { CoherenceRule } from "./coherence-rule";

/** Every environment's datastores admit whom they should. */
export const databases: CoherenceRule = (environments) => environments.flatMap(databasesProblems);
