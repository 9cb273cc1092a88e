/** How much work an answer may cost before it is undecided. */
export const BUDGET = {
  /** Steps of DFAs while the classes of one axis are built. */
  steps: 4_000_000,
  /** Nodes of the decision diagram of one statement. */
  nodes: 50_000,
} as const;

/** The axis whose questions can't be told apart within the budget. */
export class BudgetExceeded extends Error {
  public override readonly name = "BudgetExceeded";

  /** @param what the axis that explodes, such as `http.request.uri.query`, and by what */
  public constructor(public readonly what: string) {
    super(`over budget: ${what}`);
  }
}
