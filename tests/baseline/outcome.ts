import type { StatementResult } from "../../verification/statements/results";

/** A result in one line: the statement, its verdict, and its strength or its counterexample. */
export function outcomeOf({ statement, verdict, strength, counterexample, wrong }: StatementResult): string {
  switch (verdict) {
    case "proven":
      return `${statement} proven, ${String(strength)}`;
    case "violated":
      return `${statement} violated: ${[...counterexample.slice(0, 1), wrong].join(" ")}`;
    case "accepted":
    case "undecided":
    case "not applicable":
      return `${statement} ${verdict}`;
  }
}
