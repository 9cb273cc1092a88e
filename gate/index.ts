/** The gate, for other repositories. Inside this one, each part is imported from its own file. */
export { gate, type GateOptions, NotProven } from "./gate";
export type { Synthesis } from "./synthesize";
export { synthesize } from "./synthesize";
export type { Terminal } from "./terminal";
