import type { FunctionSignature } from "./function";
import { FUNCTION_DATA } from "./function-data";

/** Every function, by name. */
export const FUNCTIONS: ReadonlyMap<string, FunctionSignature> = new Map(
  FUNCTION_DATA.map((signature) => [signature.name, signature]),
);
