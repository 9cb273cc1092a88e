import { type CoherenceRule, duplicates, placed } from "./coherence-rule";

/** A statement is lowered once, and a repository has one owner. */
export const lists: CoherenceRule = (environments) => [
  ...environments.flatMap((environment) =>
    duplicates(
      placed([environment], "accept", ({ accept }) => accept),
      ({ statement }) => statement,
      "each statement once",
    ),
  ),
  ...duplicates(
    placed(environments, "repositories", ({ repositories }) => repositories),
    ({ name }) => name.toLowerCase(),
    "a repository that no other environment owns",
  ),
];
