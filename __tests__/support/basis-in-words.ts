import type { Basis } from "../../verification/result";

/** The assumptions, notes and acceptances of a result, as a reader is told them. */
export function basisInWords({ assumptions, notes, accepted }: Basis): string {
  return [
    ...assumptions.map((assumption) => `as long as ${assumption}`),
    ...notes,
    ...accepted.map(({ what, reason }) => `${what}: ${reason}`),
  ].join("; ");
}
