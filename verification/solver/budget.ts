import { attemptOr } from "../attempt";

/** How much work an answer may cost before it is undecided. */
export const BUDGET = {
  /** Steps of DFAs while the classes of one axis are built. */
  steps: 4_000_000,
  /** Nodes of the decision diagram of one statement. */
  nodes: 50_000,
} as const;

/**
 * Does work that may cost too much. Here alone, the end of such work becomes an answer; other errors are thrown on.
 *
 * @param otherwise the answer where it costs too much, from the axis that explodes, such as `http.request.uri.query`,
 * and the cause
 */
export function withinBudget<T, Other>(work: () => T, otherwise: (what: string) => Other): T | Other {
  return attemptOr(work, BudgetExceeded, ({ what }) => otherwise(what));
}

/**
 * Ends the work that `withinBudget` does.
 *
 * @param what the axis that explodes, and the cause
 */
export function overBudget(what: string): never {
  throw new BudgetExceeded(what);
}

class BudgetExceeded extends Error {
  public override readonly name = "BudgetExceeded";

  public constructor(public readonly what: string) {
    super(`over budget: ${what}`);
  }
}
