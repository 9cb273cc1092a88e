import { type Problem, shown } from "../../../errors/invalid-input";

export enum SchemaFault {
  UNKNOWN_TYPE = "unknown type",
  UNKNOWN_ATTRIBUTE = "unknown attribute",
  WRONG_TYPE = "wrong type",
  MISSING = "missing",
  COMPUTED_ONLY = "computed only",
  TOO_MANY_BLOCKS = "too many blocks",
}

/** One thing in a configuration that the provider's schema refuses. */
export interface SchemaProblem extends Problem {
  readonly fault: SchemaFault;
}

export const schemaProblem = (fault: SchemaFault, at: string, value: unknown, allowed: string): SchemaProblem => ({
  fault,
  at,
  got: shown(value),
  allowed,
});
