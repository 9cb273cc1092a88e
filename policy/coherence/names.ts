import { type CoherenceRule, duplicates } from "./coherence-rule";

/** Every environment has a name of its own. */
export const names: CoherenceRule = (environments) =>
  duplicates(
    environments.map((value, index) => ({ at: `environments[${index}].name`, value })),
    ({ name }) => name,
    "a name that no other environment has",
  );
