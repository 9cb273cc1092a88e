import { LogicalOperator } from "../../network/rules-language";
import type { Scope } from "../edge/scope";
import type { Point } from "../edge/axes";
import type { EdgeZone } from "../edge/zone";
import { BudgetExceeded } from "../solver/budget";
import type { Formula } from "../solver/formula";
import { either, type PlacedRule, rewritesUrls, rulesOf } from "./course";
import { type Case, firstMatch, type Outcome } from "../solver/decision";
import { type DecisionDiagram, diagramOf } from "../solver/decision-diagram";
import type { Space } from "../solver/partition";
import type { Setting } from "./effect";
import { type Language, newLanguage, spaceOf } from "./language";

/** The rules of a zone, to be asked about each other. */
export interface RuleBook {
  readonly language: Language;
  readonly rules: readonly PlacedRule[];
  readonly space: Space<Point>;
  readonly scope: Scope;
  /** Whether the rules behind the redirects see another URL than the client sends. */
  readonly rewritten: boolean;
  readonly normalised: boolean;
  /** For each rule when it certainly ends a request that comes to it. */
  readonly endings: readonly Formula[];
  /** What was too much to ask. */
  readonly failures: Failure[];
}

interface Failure {
  readonly asked: ReadonlySet<number>;
  readonly error: BudgetExceeded;
}

/** What becomes of a rule's requests: another rule has them, or none. */
export interface Taken extends Outcome {
  readonly by: PlacedRule | undefined;
}

export const UNTAKEN: Taken = { key: "untaken", by: undefined };
export const OUTSIDE: Taken = { key: "outside", by: undefined };

export function ruleBookOf(zone: EdgeZone, scope: Scope): RuleBook {
  const language = newLanguage();
  const rewritten = rewritesUrls(zone);
  const normalised = zone.normalised && !rewritten;
  const rules = rulesOf(zone, language, rewritten);
  const space = spaceOf(language, scope, normalised);
  return { language, rules, space, scope, rewritten, normalised, endings: endingsOf(language, rules), failures: [] };
}

/** There is doubt about what ends a request behind a rule of unknown effect. */
function endingsOf({ formulas }: Language, rules: readonly PlacedRule[]): readonly Formula[] {
  const doubts: Formula[] = [];
  return rules.map(({ formula, effects }) => {
    if (effects.some(({ kind }) => kind === "doubt")) doubts.push(formula);
    if (!effects.some(({ kind }) => kind === "ending")) return formulas.no;
    return formulas.join(LogicalOperator.AND, [formula, ...doubts.map((doubt) => formulas.not(doubt))]);
  });
}

/** The rules that keep a request from a rule: those that end it, and those that leave the rule out. */
export function blockersOf({ language, rules, endings }: RuleBook, placed: PlacedRule): readonly Case<Taken>[] {
  const place = rules.indexOf(placed);
  const isForOrigins = placed.effects.some(({ kind }) => kind === "setting");
  return rules.flatMap((by, index) => {
    const outcome: Taken = { key: String(index), by };
    if (by.skips && by.phase === placed.phase && index < place) return { formula: by.formula, outcome };
    const ending = index < place || isForOrigins ? endings[index] : undefined;
    return ending === undefined || ending === language.formulas.no ? [] : { formula: ending, outcome };
  });
}

/** The later rules that set something that a rule sets, the last first. */
export function replacersOf({ rules }: RuleBook, placed: PlacedRule): readonly Case<Taken>[] {
  const own = new Set(settingsOf(placed).map(({ name }) => name));
  const place = rules.indexOf(placed);
  return rules
    .map((by, index) => ({ formula: by.formula, outcome: { key: String(index), by }, index }))
    .filter(
      ({ outcome: { by }, index }) => index > place && settingsOf(by).some(({ name, adds }) => own.has(name) && !adds),
    )
    .reverse();
}

/** When some later rules leave nothing of what a rule sets. */
export function whenReplaced({ formulas }: Language, placed: PlacedRule, later: readonly PlacedRule[]): Formula {
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

function settingsOf({ effects }: PlacedRule): readonly Setting[] {
  return effects.filter((effect) => effect.kind === "setting");
}

/**
 * Which of some conditions holds first, for all requests.
 *
 * @throws BudgetExceeded at once where less was too much before
 */
export function asked(
  { language, space, failures }: RuleBook,
  cases: readonly Case<Taken>[],
): DecisionDiagram<Taken, Point> {
  const decision = firstMatch(language.formulas, cases, OUTSIDE);
  const failure = failures.find((each) => [...each.asked].every((atom) => decision.asked.has(atom)));
  if (failure !== undefined) throw failure.error;
  try {
    return diagramOf(space, decision);
  } catch (error) {
    if (error instanceof BudgetExceeded) failures.push({ asked: decision.asked, error });
    throw error;
  }
}
