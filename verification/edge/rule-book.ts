import type { AddressSet } from "../../network/address-set";
import { LogicalOperator } from "../../network/rules-language";
import { overBudget, withinBudget } from "../solver/budget";
import {
  type Case,
  type DecisionDiagram,
  diagramOf,
  firstMatch,
  type Outcome,
  outcomesOf,
} from "../solver/decision-diagram";
import type { Formula } from "../solver/formula";
import type { Point } from "./axes";
import { Conditions, type EdgeSpace, edgeSpace } from "./conditions";
import { describedBoxes, type RequestSet } from "./describe";
import { type Effect, isElsewhere, type Setting } from "./ends";
import type { EdgeRequest } from "./evaluate/edge-request";
import { Treatment } from "./phases";
import { type EffectiveRule, effectiveRules, either, rewritesUrls } from "./rules";
import type { Scope } from "./scope";
import type { EdgeZone, ZoneRule } from "./zone";

/** The outcome for a rule's requests: another rule takes them, or none does. */
export interface Taken extends Outcome {
  readonly by: EffectiveRule | undefined;
}

export const UNTAKEN: Taken = { key: "untaken", by: undefined };
export const OUTSIDE: Taken = { key: "outside", by: undefined };

/** The rules of a zone, to be asked about each other. */
export class RuleBook {
  public readonly space: EdgeSpace;
  public readonly rules: readonly EffectiveRule[];
  /** Whether the rules behind the redirects see another URL than the client sends. */
  public readonly isRewritten: boolean;
  /** For each rule when it certainly ends a request that comes to it. */
  private readonly endings: readonly Formula[];
  /** The questions that cost too much. */
  private readonly failures: { readonly asked: ReadonlySet<number>; readonly what: string }[] = [];

  public constructor(zone: EdgeZone, scope: Scope) {
    const conditions = new Conditions();
    this.isRewritten = rewritesUrls(zone);
    this.space = edgeSpace(conditions, scope, zone.normalised && !this.isRewritten);
    this.rules = effectiveRules(zone, conditions, this.isRewritten);
    this.endings = this.endingsOf();
  }

  /** Behind a rule of unknown effect, no rule is known to end a request. */
  private endingsOf(): readonly Formula[] {
    const { formulas } = this.space;
    const unknown: Formula[] = [];
    return this.rules.map(({ formula, effects }) => {
      if (effects.some(({ kind }) => kind === "unknown")) unknown.push(formula);
      if (!effects.some(({ kind }) => kind === "ending")) return formulas.no;
      return formulas.join(LogicalOperator.AND, [formula, ...unknown.map((each) => formulas.not(each))]);
    });
  }

  /** The rules that keep a request from a rule: those that end it, and those that leave the rule out. */
  public blockersOf(placed: EffectiveRule): readonly Case<Taken>[] {
    const place = this.rules.indexOf(placed);
    const isForOrigins = placed.effects.some(({ kind }) => kind === "setting");
    return this.rules.flatMap((by, index) => {
      const outcome: Taken = { key: String(index), by };
      if (by.skips && by.phase === placed.phase && index < place) return { formula: by.formula, outcome };
      const ending = index < place || isForOrigins ? this.endings[index] : undefined;
      return ending === undefined || ending === this.space.formulas.no ? [] : { formula: ending, outcome };
    });
  }

  /** The later rules that set something that a rule sets, the last first. */
  public replacersOf(placed: EffectiveRule): readonly Case<Taken>[] {
    const own = new Set(settingsOf(placed).map(({ name }) => name));
    const place = this.rules.indexOf(placed);
    const isReplacing = (by: EffectiveRule): boolean => settingsOf(by).some(({ name, adds }) => own.has(name) && !adds);
    return this.rules
      .flatMap((by, index) =>
        index > place && isReplacing(by) ? { formula: by.formula, outcome: { key: String(index), by } } : [],
      )
      .reverse();
  }

  /** The requests for which later rules replace everything that a rule sets. */
  public replacedBy(placed: EffectiveRule, later: readonly EffectiveRule[]): Formula {
    const { formulas } = this.space;
    const settings = settingsOf(placed);
    if (settings.length === 0) return formulas.no;
    const replacing = (wanted: Setting): readonly Formula[] =>
      later
        .filter((by) => settingsOf(by).some(({ name, adds }) => name === wanted.name && !adds))
        .map(({ formula }) => formula);
    return formulas.join(
      LogicalOperator.AND,
      settings.map((setting) => either(formulas, replacing(setting))),
    );
  }

  /**
   * Which of some cases holds first, for all requests.
   *
   * @throws over budget at once where less was too much before
   */
  public ask(cases: readonly Case<Taken>[]): DecisionDiagram<Taken, Point> {
    const decision = firstMatch(this.space.formulas, cases, OUTSIDE);
    const failure = this.failures.find((each) => [...each.asked].every((atom) => decision.asked.has(atom)));
    if (failure !== undefined) overBudget(failure.what);
    return withinBudget(
      () => diagramOf(this.space, decision),
      (what) => {
        this.failures.push({ asked: decision.asked, what });
        return overBudget(what);
      },
    );
  }
}

function settingsOf({ effects }: EffectiveRule): readonly Setting[] {
  return effects.filter((effect) => effect.kind === "setting");
}

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

/** Every two rules of a phase whose effects may make their order matter. */
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
  const cases = [
    { formula: formulas.not(first.condition), outcome: OUTSIDE },
    { formula: second.condition, outcome: OUTSIDE },
    { formula: formulas.yes, outcome: UNTAKEN },
  ];
  return withinBudget(
    () => !outcomesOf(book.ask(cases).root).includes(UNTAKEN),
    () => false,
  );
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
