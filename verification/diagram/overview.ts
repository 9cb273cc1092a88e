import type { Scope } from "../edge/scope";
import type { EdgeZone } from "../edge/zone";
import { type DeadRule, deadRule } from "./dead-rules";
import { overBudget } from "./language";
import { contradictions, type OrderedPair, orderedPair } from "./ordered-pairs";
import { ruleBookOf } from "./rule-book";
import type { NamedAddresses } from "./values";

/** How the rules of a zone bear on each other. */
export interface RulesOverview {
  /** In the order in which they would run. */
  readonly dead: readonly DeadRule[];
  readonly pairs: readonly OrderedPair[];
  /** What nobody here can say, and why. */
  readonly undecided: readonly string[];
}

export interface OverviewOptions {
  /**
   * Names of addresses.
   *
   * @default - addresses are written out
   */
  readonly names?: readonly NamedAddresses[];
  /**
   * The requests that count, and values that people expect to see in a witness.
   *
   * @default - all requests
   */
  readonly scope?: Scope;
}

/** Says which rules of a zone never take effect, and which contradict each other. Nothing is sampled. */
export function rulesOverview(zone: EdgeZone, { names = [], scope = {} }: OverviewOptions = {}): RulesOverview {
  const book = ruleBookOf(zone, scope);
  const undecided = new Set(
    book.rules.flatMap(({ effects }) => effects.flatMap((effect) => (effect.kind === "doubt" ? effect.reason : []))),
  );
  const attempt = <T>(what: () => T | undefined): readonly T[] => {
    try {
      const found = what();
      return found === undefined ? [] : [found];
    } catch (error) {
      undecided.add(overBudget(error));
      return [];
    }
  };
  const dead = book.rules.flatMap((placed) => attempt(() => deadRule(book, placed)));
  const pairs = contradictions(book.rules).flatMap((pair) => attempt(() => orderedPair(book, pair, names)));
  return { dead, pairs, undecided: [...undecided] };
}
