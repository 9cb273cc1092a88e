import { LogicalOperator } from "../../network/rules-language";
import { overBudget, withinBudget } from "../solver/budget";
import { type Case, firstMatch, type Outcome } from "../solver/decision";
import { type DecisionDiagram, diagramOf } from "../solver/decision-diagram";
import type { Formula } from "../solver/formula";
import type { Point } from "./axes";
import { Conditions } from "./conditions";
import type { Setting } from "./ends";
import { type EffectiveRule, effectiveRules, either, rewritesUrls } from "./rules";
import type { Scope } from "./scope";
import { type EdgeSpace, edgeSpace } from "./space";
import type { EdgeZone } from "./zone";

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

  /** It is unknown what ends a request behind a rule of unknown effect. */
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

  /** When some later rules leave nothing of what a rule sets. */
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
    const diagram = withinBudget(() => diagramOf(this.space, decision));
    if (diagram.kind === "found") return diagram.value;
    const { what } = diagram;
    this.failures.push({ asked: decision.asked, what });
    return overBudget(what);
  }
}

function settingsOf({ effects }: EffectiveRule): readonly Setting[] {
  return effects.filter((effect) => effect.kind === "setting");
}
