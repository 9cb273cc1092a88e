import type { Request } from "./evaluate/request";
import type { Formula } from "../solver/formula";
import type { Literal } from "../solver/literal";
import { type Answers, holdsAt, reasonOf } from "../solver/reason";
import { doneTo } from "./actions";
import type { Destination } from "./destination";
import type { SearchRule } from "./search-rules";

/** Where the rules end one request, and why. */
export interface Walk {
  readonly destination: Destination;
  /** The rule that ended it; undefined where none did. */
  readonly ending: SearchRule | undefined;
  /** Answers that are enough for an end as good as this one. */
  readonly literals: readonly Literal[];
}

/**
 * Follows a request through the rules, and says which answers are enough. A rule whose end is accepted for every request
 * is no reason: it doesn't matter whether it ends a request earlier.
 *
 * @param all whether those rules count as well, so that every request with these answers ends by the same rule
 */
export function walk(phases: readonly (readonly SearchRule[])[], answers: Answers, seen: Request, all = false): Walk {
  const literals = new Map<number, Literal>();
  const rely = (formula: Formula): void => {
    for (const literal of reasonOf(formula, answers).literals) literals.set(literal.atom, literal);
  };
  for (const rules of phases) {
    for (const each of rules) {
      const isMet = holdsAt(each.formula, answers.holds);
      if (!isMet && (all || !each.isAccepted)) rely(each.formula);
      if (!isMet) continue;
      rely(each.formula);
      if (each.skips) break;
      const done = doneTo(each.rule, seen);
      if (done.kind === "skip") break;
      if (done.kind === "headers") continue;
      rely(each.watched);
      return { destination: done, ending: each, literals: [...literals.values()] };
    }
  }
  return { destination: { kind: "origin", headers: {} }, ending: undefined, literals: [...literals.values()] };
}
