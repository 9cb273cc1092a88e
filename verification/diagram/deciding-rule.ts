import { type Expression, parse, print } from "../../network/rules-language";
import { PHASE } from "../edge/phases";
import { trace } from "../edge/evaluate/trace";
import { understood } from "../edge/understood";
import type { EdgeZone, ZoneRule } from "../edge/zone";
import { answerOf } from "../solver/answer";
import type { PlacedRule } from "./course";
import type { Language } from "./language";
import type { Example } from "./sought";

/** The rules that take effect for an example, unless it ends before them. */
export function rulesAt(
  { formulas }: Language,
  rules: readonly PlacedRule[],
  { known, assumed }: Example,
): readonly PlacedRule[] {
  return rules.filter(({ formula }) => {
    const free = [...formula.atoms].filter((atom) => !known.has(atom));
    const answers = free.map((atom) => [atom, answerOf(assumed.get(atom) === true)] as const);
    return formulas.restrict(formula, { known: new Map([...known, ...answers]) }) === formulas.yes;
  });
}

/**
 * The rule that decided an end; undefined where none did, as for what reaches an origin untouched.
 *
 * @param own the rules that take effect
 * @param others those of the zone that this is compared to: what both do is not what decided
 */
export function decidingRule(own: readonly PlacedRule[], others: readonly PlacedRule[] = []): ZoneRule | undefined {
  const ending = endingRule(own);
  if (ending !== undefined && !isAlike(ending, endingRule(others))) return ending.rule;
  const shared = new Set(others.flatMap(({ effects }) => effects.map(({ key }) => key)));
  const before = ending === undefined ? own : own.slice(0, own.indexOf(ending));
  return (before.find(({ effects }) => effects.some(({ key }) => !shared.has(key))) ?? ending)?.rule;
}

function isAlike(one: PlacedRule, other: PlacedRule | undefined): boolean {
  return one.effects.map(({ key }) => key).join() === other?.effects.map(({ key }) => key).join();
}

function endingRule(rules: readonly PlacedRule[]): PlacedRule | undefined {
  return rules.find(({ effects }) => effects.some(({ kind }) => kind === "ending" || kind === "doubt"));
}

/** Whether the evaluator ends an example by the same rule, and what is alike to it alike. */
export function isConfirmed(
  language: Language,
  zone: EdgeZone,
  rules: readonly PlacedRule[],
  example: Example,
): boolean {
  const ending = endingRule(rulesAt(language, rules, example));
  if (ending?.effects.some(({ kind }) => kind === "doubt") === true) return true;
  const followed = rules.filter(({ skips, effects }) => skips || effects.some(isEnding));
  const answered = followed.map((each) => ({ phase: each.phase, rule: ruleAt(language, each, example) }));
  const phases = new Map<string, readonly ZoneRule[]>(
    [PHASE.REDIRECT, PHASE.CUSTOM].map((phase) => [
      phase,
      answered.filter((each) => each.phase === phase).map(({ rule }) => rule),
    ]),
  );
  const [first, ...others] = example.requests.map((request) => trace({ ...zone, phases }, request));
  if (first === undefined) return true;
  return (
    first.ending?.pointer === ending?.rule.pointer &&
    others.every(({ destination }) => destination.kind === first.destination.kind)
  );
}

const isEnding = ({ kind }: PlacedRule["effects"][number]): boolean => kind === "ending";

/** The rule with what is assumed in the place of what nobody can tell. */
function ruleAt({ at }: Language, { rule, formula }: PlacedRule, { assumed }: Example): ZoneRule {
  const answers = new Map(
    [...formula.atoms].flatMap((atom): [string, boolean][] => {
      const holds = assumed.get(atom);
      return holds === undefined ? [] : [[at(atom).text, holds]];
    }),
  );
  if (answers.size === 0) return rule;
  return { ...rule, expression: withAnswers(rule.expression, answers), isConditionKnown: true };
}

/**
 * A condition with some of its atoms replaced by their answers.
 *
 * @param answers answers by the atoms' texts
 */
function withAnswers(condition: string, answers: ReadonlyMap<string, boolean>): string {
  const whole = answers.get(condition);
  if (whole !== undefined) return constant(whole);
  const expression = understood(condition);
  return expression === undefined ? condition : print(replaced(expression, answers));
}

function replaced(expression: Expression, answers: ReadonlyMap<string, boolean>): Expression {
  switch (expression.kind) {
    case "always":
      return expression;
    case "negation":
      return { ...expression, operand: replaced(expression.operand, answers) };
    case "combination":
      return { ...expression, operands: expression.operands.map((operand) => replaced(operand, answers)) };
    default: {
      const answer = answers.get(print(expression));
      return answer === undefined ? expression : parse(constant(answer));
    }
  }
}

const constant = (value: boolean): string => (value ? "true" : "not true");
