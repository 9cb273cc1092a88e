/** How a statement is held. Said in these three words everywhere. */
export enum Strength {
  /** A platform resource in the synthesized JSON does it. */
  ENFORCED = "enforced",
  /** Checked through the platform's API before an apply succeeds, or true under one named assumption. */
  ASSERTED = "asserted",
  /** Written down only. */
  DECLARED = "declared",
}
