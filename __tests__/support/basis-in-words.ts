import type { Basis } from "../../verification/result";

/** What a proof rests on, and all that a reader is told beside it. */
export function basisInWords({ assumptions, notes, accepted }: Basis): string {
  return [
    ...assumptions.map((assumption) => `as long as ${assumption}`),
    ...notes,
    ...accepted.map(({ what, reason }) => `${what}: ${reason}`),
  ].join("; ");
}
