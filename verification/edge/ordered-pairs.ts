import { LogicalOperator } from "../../network/rules-language";
import { withinBudget } from "../solver/budget";
import { outcomesOf } from "../solver/decision-diagram";
import type { Formula } from "../solver/formula";
import { describedBoxes, type RequestSet } from "./describe";
import { type Effect, isElsewhere } from "./ends";
import type { EdgeRequest } from "./evaluate/edge-request";
import { Treatment } from "./phases";
import { OUTSIDE, type RuleBook, type Taken, UNTAKEN } from "./rule-book";
import { type EffectiveRule, either } from "./rules";
import type { ZoneRule } from "./zone";
import type { AddressSet } from "../../network/address-set";

/** Two rules of a phase that contradict each other: if they changed places, a request would end otherwise. */
export interface OrderedPair {
  readonly first: ZoneRule;
  readonly second: ZoneRule;
  /** Some of the requests that both match. With `given`, there may be none. */
  readonly requests: RequestSet;
  readonly examples: readonly EdgeRequest[];
  /** Whether both end requests or let them past others. */
  readonly isContradiction: boolean;
  /** Whether they contradict each other and every request that meets the first meets the second too. */
  readonly isException: boolean;
}

/** Every two rules of a phase whose order may matter, by what they do. */
export function contradictions(rules: readonly EffectiveRule[]): readonly (readonly [EffectiveRule, EffectiveRule])[] {
  return rules.flatMap((first, index) =>
    rules
      .slice(index + 1)
      .filter((second) => second.phase === first.phase && isContradiction(first, second))
      .map((second) => [first, second] as const),
  );
}

function isContradiction(first: EffectiveRule, second: EffectiveRule): boolean {
  if (first.skips && second.skips) return false;
  if (first.skips || second.skips) return (first.skips ? second : first).effects.some(isSkippable);
  return first.effects.some((one) => second.effects.some((other) => contradicts(one, other)));
}

const isSkippable = ({ kind }: Effect): boolean => kind === "ending" || kind === "barrier";

/** An unknown effect is never said to contradict. */
function contradicts(one: Effect, other: Effect): boolean {
  const kinds = new Set([one.kind, other.kind]);
  if (one.key === other.key || kinds.has("unknown")) return false;
  if (one.kind === "setting" && other.kind === "setting") return one.name === other.name;
  return kinds.has("ending") && !kinds.has("setting") && !isElsewhere(one) && !isElsewhere(other);
}

/** @throws over budget when there is too much to look at */
export function orderedPair(
  book: RuleBook,
  [first, second]: readonly [EffectiveRule, EffectiveRule],
  names: readonly AddressSet[],
): OrderedPair | undefined {
  const { formulas } = book.space;
  const both = { formula: formulas.join(LogicalOperator.AND, [first.condition, second.condition]), outcome: UNTAKEN };
  const isTaken = ({ outcome }: { readonly outcome: Taken }): boolean => outcome.by !== second && outcome.by !== first;
  const before = [...book.blockersOf(first).filter(isTaken), ...book.replacersOf(second)];
  const others = { formula: formulas.not(both.formula), outcome: OUTSIDE };
  const met = { formula: metBefore(book, first, second), outcome: OUTSIDE };
  const diagram = book.ask([others, met, ...before.map(({ formula }) => ({ formula, outcome: OUTSIDE })), both]);
  const isUntaken = (outcome: Taken): outcome is Taken => outcome === UNTAKEN;
  const { space, rules, isRewritten } = book;
  const [box] = describedBoxes(diagram, { space, rules, names }, { isWanted: isUntaken });
  if (box === undefined) return undefined;
  const isContradiction = [first, second].every(({ treatment }) => DECIDING.includes(treatment));
  return {
    ...{ first: first.rule, second: second.rule, isContradiction },
    isException: isContradiction && isNarrower(book, first, second),
    requests: box.requests,
    examples: isRewritten ? [] : box.example.requests,
  };
}

/** How rules bear on a request that end it or let it past others. */
const DECIDING: readonly Treatment[] = [Treatment.ENDS, Treatment.SKIPS];

/** Whether every request that meets a rule meets another one too. */
function isNarrower(book: RuleBook, first: EffectiveRule, second: EffectiveRule): boolean {
  const { formulas } = book.space;
  const diagram = withinBudget(() =>
    book.ask([
      { formula: formulas.not(first.condition), outcome: OUTSIDE },
      { formula: second.condition, outcome: OUTSIDE },
      { formula: formulas.yes, outcome: UNTAKEN },
    ]),
  );
  return diagram.kind === "found" && !outcomesOf(diagram.value.root).includes(UNTAKEN);
}

/** When a barrier of the two stands before them as well, so that it is met in any case. */
function metBefore({ space, rules }: RuleBook, first: EffectiveRule, second: EffectiveRule): Formula {
  const barriers = [first, second].flatMap(({ effects }) => effects.filter(({ kind }) => kind === "barrier"));
  const keys = new Set(barriers.map(({ key }) => key));
  const earlier = rules.slice(0, rules.indexOf(first));
  const same = earlier.filter(({ effects }) => effects.some(({ key }) => keys.has(key)));
  return either(
    space.formulas,
    same.map(({ formula }) => formula),
  );
}
