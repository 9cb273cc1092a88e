import { LogicalOperator } from "../../network/rules-language";
import type { EdgeRequest } from "../edge/evaluate/edge-request";
import type { ZoneRule } from "../edge/zone";
import { either, type PlacedRule } from "./course";
import { type Effect, isElsewhere } from "./effect";
import { exampleOf, soughtIn } from "./example";
import { boxesOf } from "../solver/regions";
import { Namer, type RequestSet, WIDENED } from "./request-set";
import { asked, blockersOf, OUTSIDE, replacersOf, type RuleBook, type Taken, UNTAKEN } from "./rule-book";
import type { NamedAddresses } from "./values";

/** Two rules of a phase that contradict each other: if they changed places, a request would end otherwise. */
export interface OrderedPair {
  readonly first: ZoneRule;
  readonly second: ZoneRule;
  /** Some of the requests that both match. With `given`, there may be none. */
  readonly requests: RequestSet;
  readonly witnesses: readonly EdgeRequest[];
}

/** Every two rules of a phase whose order may matter, by what they do. */
export function contradictions(rules: readonly PlacedRule[]): readonly (readonly [PlacedRule, PlacedRule])[] {
  return rules.flatMap((first, index) =>
    rules
      .slice(index + 1)
      .filter((second) => second.phase === first.phase && isContradiction(first, second))
      .map((second) => [first, second] as const),
  );
}

function isContradiction(first: PlacedRule, second: PlacedRule): boolean {
  if (first.skips && second.skips) return false;
  if (first.skips || second.skips) return (first.skips ? second : first).effects.some(isSkippable);
  return first.effects.some((one) => second.effects.some((other) => contradicts(one, other)));
}

const isSkippable = ({ kind }: Effect): boolean => kind === "ending" || kind === "barrier";

/** What nobody here knows the effect of is never said to contradict. */
function contradicts(one: Effect, other: Effect): boolean {
  const kinds = new Set([one.kind, other.kind]);
  if (one.key === other.key || kinds.has("doubt")) return false;
  if (one.kind === "setting" && other.kind === "setting") return one.name === other.name;
  return kinds.has("ending") && !kinds.has("setting") && !isElsewhere(one) && !isElsewhere(other);
}

/** @throws BudgetExceeded when there is too much to look at */
export function orderedPair(
  book: RuleBook,
  [first, second]: readonly [PlacedRule, PlacedRule],
  names: readonly NamedAddresses[],
): OrderedPair | undefined {
  const { formulas } = book.language;
  const both = { formula: formulas.join(LogicalOperator.AND, [first.condition, second.condition]), outcome: UNTAKEN };
  const isTaken = ({ outcome }: { readonly outcome: Taken }): boolean => outcome.by !== second && outcome.by !== first;
  const before = [...blockersOf(book, first).filter(isTaken), ...replacersOf(book, second)];
  const others = { formula: formulas.not(both.formula), outcome: OUTSIDE };
  const met = { formula: metBefore(book, first, second), outcome: OUTSIDE };
  const diagram = asked(book, [others, met, ...before.map(({ formula }) => ({ formula, outcome: OUTSIDE })), both]);
  const [box] = boxesOf(diagram, {
    isWanted: (outcome): outcome is Taken => outcome === UNTAKEN,
    widened: WIDENED,
  });
  if (box === undefined) return undefined;
  const { language, rules, normalised, scope } = book;
  const sought = soughtIn(language, rules, { partitions: diagram.partitions, normalised, likely: scope.likely });
  return {
    ...{ first: first.rule, second: second.rule },
    requests: new Namer(book.language, diagram.partitions, names, book.scope).setOf(box.region),
    witnesses: book.rewritten ? [] : exampleOf(sought, box.core).requests,
  };
}

/** When a barrier of the two stands before them as well, so that it is met in any case. */
function metBefore({ language, rules }: RuleBook, ...pair: readonly PlacedRule[]) {
  const keys = new Set(
    pair.flatMap(({ effects }) => effects.flatMap(({ kind, key }) => (kind === "barrier" ? key : []))),
  );
  const earlier = rules.slice(0, rules.indexOf(pair[0] as PlacedRule));
  const same = earlier.filter(({ effects }) => effects.some(({ key }) => keys.has(key)));
  return either(
    language.formulas,
    same.map(({ formula }) => formula),
  );
}
