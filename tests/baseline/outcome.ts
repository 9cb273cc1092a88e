import type { Result } from "../../verification/statements/result";

/** What a result says, in one line: the statement, its verdict, and its strength or its counterexample. */
export function outcomeOf({ statement, conclusion }: Result): string {
  switch (conclusion.kind) {
    case "proven":
      return `${statement} proven, ${conclusion.strength}`;
    case "violated":
      return `${statement} violated: ${[...conclusion.witnesses.slice(0, 1), conclusion.what].join(" ")}`;
    case "undecided":
      return `${statement} undecided`;
    case "not applicable":
      return `${statement} not applicable`;
  }
}
