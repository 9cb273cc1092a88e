import { type Expression, isPredicate, parse, print } from "../../network/rules-language";
import type { Dimension } from "../classes/dimension";
import { type Question, questionOf } from "../classes/question";
import { understood } from "../edge/understood";
import type { ListItems, Lists } from "../edge/evaluate";
import type { Formula, Formulas } from "../solver/formula";

/** A part of conditions that is true or false of a request as a whole. */
export interface Atom {
  readonly number: number;
  /** The same text is the same question. */
  readonly text: string;
  /** Undefined where it is free: nothing here says which requests it is true of. */
  readonly question: Question | undefined;
}

/** The atoms of a zone's conditions, by number and by text. */
export class Atoms {
  private readonly atoms: Atom[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly items: ListItems[] = [];

  /** @param lists the lists of the conditions, unless others are given with them */
  public constructor(
    private readonly formulas: Formulas,
    private readonly lists: Lists,
  ) {}

  public at(number: number): Atom {
    return this.atoms[number] as Atom;
  }

  /** The atom of the same text for the classes of requests that differ in it. */
  public freed(number: number): number {
    return this.numberOf(this.at(number).text, () => undefined, "free");
  }

  /**
   * A condition as a formula. What can't be parsed is one free atom.
   *
   * @param isFree the dimensions that nothing is known of where the condition is asked
   * @param lists what its lists hold
   */
  public formulaOf(condition: string, isFree: (dimension: Dimension) => boolean, lists = this.lists): Formula {
    const expression = understood(condition);
    return expression === undefined ? this.unknownFormula(condition) : this.translate(expression, isFree, lists);
  }

  /** What nobody can say of any request, as one free atom. */
  public unknownFormula(text: string): Formula {
    return this.formulas.atom(this.numberOf(text, () => undefined, "opaque"));
  }

  private translate(expression: Expression, isFree: (dimension: Dimension) => boolean, lists: Lists): Formula {
    switch (expression.kind) {
      case "always":
        return this.formulas.yes;
      case "negation":
        return this.formulas.not(this.translate(expression.operand, isFree, lists));
      case "combination":
        return this.formulas.join(
          expression.operator,
          expression.operands.map((operand) => this.translate(operand, isFree, lists)),
        );
      default: {
        const kind = `asked${this.itemsOf(expression, lists)}` as const;
        const asked = this.numberOf(print(expression), () => ask(expression, lists), kind);
        const dimension = this.at(asked).question?.dimension;
        return this.formulas.atom(dimension !== undefined && isFree(dimension) ? this.unknown(asked) : asked);
      }
    }
  }

  /** The atom of the same text where it is asked of something that nothing is known of. */
  private unknown(number: number): number {
    return this.numberOf(this.at(number).text, () => undefined, "unknown");
  }

  /** Names what the list holds that a predicate asks for: lists of one name may differ. */
  private itemsOf(expression: Expression, lists: Lists): "" | `${number}` {
    const items = expression.kind === "list-membership" ? lists.get(expression.list) : undefined;
    if (items === undefined) return "";
    const known = this.items.findIndex((other) => sameItems(items, other));
    return `${known === -1 ? this.items.push(items) - 1 : known}`;
  }

  private numberOf(text: string, ask: () => Question | undefined, kind: Kind): number {
    const known = this.numbers.get(`${kind} ${text}`);
    if (known !== undefined) return known;
    const number = this.atoms.length;
    this.numbers.set(`${kind} ${text}`, number);
    this.atoms.push({ number, text, question: ask() });
    return number;
  }
}

/** In which way a text is asked; by the list that it asks for, where it asks for one. */
type Kind = "asked" | `asked${number}` | "free" | "unknown" | "opaque";

function ask(expression: Expression, lists: Lists): Question | undefined {
  return isPredicate(expression) ? questionOf(expression, lists) : undefined;
}

function sameItems(one: ListItems, other: ListItems): boolean {
  return one === other || ("ranges" in one && "ranges" in other && one.equals(other));
}

/**
 * A condition with some of its atoms replaced by their answers.
 *
 * @param answers answers by the atoms' texts
 */
export function withAnswers(condition: string, answers: ReadonlyMap<string, boolean>): string {
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
