/** How much work an answer may cost before it is undecided. */
export const BUDGET = {
  /** Steps of DFAs while the classes of one axis are built. */
  steps: 4_000_000,
  /** Nodes of the decision diagram of one statement. */
  nodes: 50_000,
} as const;

/** The result of work within the budget, or the axis whose questions can't be told apart within it. */
export type WithinBudget<T> =
  | { readonly kind: "found"; readonly value: T }
  /** `what`: the axis that explodes, such as `http.request.uri.query`, and by what. */
  | { readonly kind: "over budget"; readonly what: string };

/** Does work that may cost too much. Only here its end becomes an answer; other errors are thrown on. */
export function withinBudget<T>(work: () => T): WithinBudget<T> {
  try {
    return { kind: "found", value: work() };
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    return { kind: "over budget", what: error.what };
  }
}

/**
 * Ends the work that `withinBudget` does.
 *
 * @param what the axis that explodes, and by what
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
