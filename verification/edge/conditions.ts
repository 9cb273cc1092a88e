import {
  type Expression,
  isPredicate,
  LogicalOperator,
  parse,
  print,
  printValue,
  RulesLanguageError,
  usageOf,
} from "../../network/rules-language";
import { attempt } from "../attempt";
import { oncePer } from "../once-per";
import { type Formula, Formulas } from "../solver/formula";
import { type Dfa, partsOf } from "../solver/language/dfa";
import type { Atom, Implication, Space } from "../solver/partition";
import { edgeAxes, EdgeAxis, type EdgeQuestion, isStringQuestion, type Point } from "./axes";
import { evaluate } from "./evaluate/evaluate";
import type { ListItems, Lists } from "./evaluate/predicate-test";
import { requestOf } from "./evaluate/request";
import { type Basis, basisOf, fieldsOf } from "./fields";
import { questionOf } from "./question";
import type { ConstantRewrite } from "./rewrite";
import type { Scope } from "./scope";
import { LONGEST_CONDITION } from "./zone";

/** A part of conditions that is true or false of a request as a whole. */
export interface Condition extends Atom {
  /** Undefined where it is unknown: it can't be parsed, or only the apply knows it, or it asks of another URL. */
  readonly expression: Expression | undefined;
  /** Undefined where it isn't about one axis alone. */
  readonly question: EdgeQuestion | undefined;
  /** The thing that answers it. */
  readonly basis: "axis" | Basis;
}

/** A URL beside the one that is looked at: parts of it are replaced, or path and query are unknown. */
export type AskedUrl = ConstantRewrite | "unknown";

/** The conditions of the rules of zones, which may be compared, as formulas. */
export class Conditions {
  public readonly formulas = new Formulas();
  private readonly conditions: Condition[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly items: ListItems[] = [];
  private readonly known = new WeakMap<Lists, Map<string, Formula>>();

  /** @param splitsUnknown whether values for which a DFA leaves a condition unknown are told apart from the others */
  public constructor(private readonly splitsUnknown = false) {}

  public readonly at = (atom: number): Condition => this.conditions[atom] as Condition;

  /**
   * A condition as a formula. Text that can't be parsed is one unconstrained atom.
   *
   * @param lists the addresses of its lists
   * @param url how the URL that it is asked of differs from the one that is looked at
   */
  public formulaOf(text: string, lists: Lists, url: AskedUrl = {}): Formula {
    const known = this.known.get(lists) ?? new Map<string, Formula>();
    this.known.set(lists, known);
    const key = `${JSON.stringify(url)} ${text}`;
    const expression = understood(text);
    const formula =
      known.get(key) ??
      (expression === undefined ? this.unknownFormula(text) : this.translated(expression, lists, url));
    known.set(key, formula);
    return formula;
  }

  /** A condition of which it is unknown when it holds. */
  public unknownFormula(text: string): Formula {
    return this.atom(`unknown ${text}`, { text, expression: undefined, question: undefined });
  }

  private translated(expression: Expression, lists: Lists, url: AskedUrl): Formula {
    switch (expression.kind) {
      case "always":
        return this.formulas.yes;
      case "negation":
        return this.formulas.not(this.translated(expression.operand, lists, url));
      case "combination":
        return this.formulas.join(
          expression.operator,
          expression.operands.map((operand) => this.translated(operand, lists, url)),
        );
      default:
        return this.askedOf(url, expression) ?? this.asked(expression, lists);
    }
  }

  /** The answer for another URL; undefined where it is the same as for the one that is looked at. */
  private askedOf(url: AskedUrl, expression: Expression): Formula | undefined {
    if (url !== "unknown" ? !asksForReplaced(expression, url) : !asksForUrl(expression)) return undefined;
    const { path, query } = url === "unknown" ? {} : url;
    const known = requestOf({
      ...(path === undefined ? {} : { [EdgeAxis.PATH]: path }),
      ...(query === undefined ? {} : { [EdgeAxis.QUERY]: query }),
    });
    const { value } = isPredicate(expression) ? evaluate(expression, known) : {};
    return value === undefined ? this.unknownFormula(printed(expression)) : this.formulas.constant(value);
  }

  private asked(expression: Expression, lists: Lists): Formula {
    const text = printed(expression);
    const key = `asked${this.itemsOf(expression, lists)} ${text}`;
    const question = isPredicate(expression) ? questionOf(expression, lists) : undefined;
    const isSplit = this.splitsUnknown && question !== undefined && isStringQuestion(question);
    if (!isSplit || question.asks.mayBeUnknown !== true) return this.atom(key, { text, expression, question });
    const { axis, asks } = question;
    const { certain, open } = partsOf(asks);
    const part = (name: string, dfa: Dfa): Formula =>
      this.atom(`${name} ${key}`, { text, expression, question: { axis, asks: dfa } });
    const { AND, OR } = LogicalOperator;
    const unconstrained = this.atom(key, { text, expression, question: undefined });
    const possible = this.formulas.join(AND, [part("open", open), unconstrained]);
    return this.formulas.join(OR, [part("certain", certain), possible]);
  }

  /** Names what the list holds that a predicate asks for: lists of one name may differ. */
  private itemsOf(expression: Expression, lists: Lists): string {
    const items = expression.kind === "list-membership" ? lists.get(expression.list) : undefined;
    if (items === undefined) return "";
    const known = this.items.findIndex((other) => sameItems(items, other));
    return String(known === -1 ? this.items.push(items) - 1 : known);
  }

  private atom(key: string, condition: Omit<Condition, "basis">): Formula {
    const { question, expression } = condition;
    const basis = question === undefined ? basisOf(expression) : "axis";
    const number = this.numbers.get(key) ?? this.conditions.push({ ...condition, basis }) - 1;
    this.numbers.set(key, number);
    return this.formulas.atom(number);
  }
}

/** The expressions of a zone are asked for each statement. */
const printed = oncePer((expression: Expression) => print(expression));

function asksForUrl(expression: Expression): boolean {
  const { shown } = fieldsOf(expression);
  return shown.has(EdgeAxis.PATH) || shown.has(EdgeAxis.QUERY);
}

/** Fields that are made of the whole URL, and change with a part of it. */
const MADE_OF_THE_URL = /^http\.request\.(?:full_uri|uri(?:\.path\.extension|\.args(?:\.names|\.values)?)?)$/;

function asksForReplaced(expression: Expression, { path, query }: ConstantRewrite): boolean {
  if (path === undefined && query === undefined) return false;
  return [...usageOf(expression).fields].some(
    (field) =>
      (field === EdgeAxis.PATH && path !== undefined) ||
      (field === EdgeAxis.QUERY && query !== undefined) ||
      MADE_OF_THE_URL.test(field),
  );
}

function sameItems(one: ListItems, other: ListItems): boolean {
  return one === other || ("ranges" in one && "ranges" in other && one.equals(other));
}

const PARSED = new Map<string, Expression | undefined>();

/** A condition's tree, made once: the same conditions are asked for each statement. Undefined where it has none. */
export function understood(condition: string): Expression | undefined {
  if (!PARSED.has(condition)) PARSED.set(condition, parsed(condition));
  return PARSED.get(condition);
}

function parsed(condition: string): Expression | undefined {
  if (condition.length > LONGEST_CONDITION) return undefined;
  return attempt(() => parse(condition), RulesLanguageError);
}

/** The space of questions about the requests of a scope. */
export interface EdgeSpace extends Space<Point> {
  readonly conditions: Conditions;
  readonly scope: Scope;
  /** Whether the rules see normalised paths. */
  readonly normalised: boolean;
}

export function edgeSpace(conditions: Conditions, scope: Scope, normalised: boolean): EdgeSpace {
  const { formulas, at: atomAt } = conditions;
  return { conditions, scope, normalised, formulas, atomAt, implicationsIn, axes: edgeAxes(scope, normalised) };
}

/** The conditions that imply each other by their form: a text that holds a word holds each part of the word. */
export function implicationsIn(conditions: readonly string[]): readonly Implication[] {
  const all = conditions.map((text) => wordIn(parse(text)));
  return all.flatMap((one, at) =>
    all.flatMap((other, place): readonly Implication[] => {
      if (one === undefined || other === undefined || at === place) return [];
      return one.operand === other.operand && one.word.includes(other.word) ? [[at, place]] : [];
    }),
  );
}

function wordIn(condition: Expression): { readonly operand: string; readonly word: string } | undefined {
  if (condition.kind !== "containment") return undefined;
  return { operand: printValue(condition.operand), word: condition.needle };
}

/** Why a question that costs too much is undecided, by the axis that explodes. */
export function tooManyValues(axis: string): string {
  return `the rules tell apart too many values of ${axis}`;
}
