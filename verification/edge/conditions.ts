import { type Expression, isPredicate, LogicalOperator, print } from "../../network/rules-language";
import { Dimension } from "../classes/dimension";
import { answering } from "../classes/machines/machine";
import { type Question, questionOf } from "../classes/question";
import type { Lists } from "./evaluate";
import { Answer } from "../solver/answer";
import { type Formula, Formulas } from "../solver/formula";
import { fieldsOf } from "./shown-fields";
import { understood } from "./understood";

/** A part of conditions that is true or false of a request as a whole. */
export interface Atom {
  readonly number: number;
  readonly text: string;
  /** Undefined where it is unknown what it asks: it can't be parsed, or only the apply knows it. */
  readonly condition: Expression | undefined;
  /** What it asks of one axis; undefined where it asks for something else, or for more. */
  readonly question: Question | undefined;
}

/** The conditions of a zone's rules as formulas of atoms. */
export class Conditions {
  public readonly formulas = new Formulas();
  private readonly atoms: Atom[] = [];
  private readonly numbers = new Map<string, number>();
  private readonly known = new Map<string, Formula>();

  public constructor(private readonly lists: Lists) {}

  public at(number: number): Atom {
    return this.atoms[number] as Atom;
  }

  /** @param isUrlUnknown whether the rule sees another URL than the one that is asked about */
  public formulaOf(text: string, isUrlUnknown = false): Formula {
    const key = `${isUrlUnknown} ${text}`;
    const condition = understood(text);
    const formula =
      this.known.get(key) ??
      (condition === undefined ? this.unknownFormula(text) : this.translate(condition, isUrlUnknown));
    this.known.set(key, formula);
    return formula;
  }

  /** A condition of which it is unknown when it holds. */
  public unknownFormula(text: string): Formula {
    return this.atom(`unknown ${text}`, { text, condition: undefined, question: undefined });
  }

  private translate(condition: Expression, isUrlUnknown: boolean): Formula {
    switch (condition.kind) {
      case "always":
        return this.formulas.yes;
      case "negation":
        return this.formulas.not(this.translate(condition.operand, isUrlUnknown));
      case "combination":
        return this.formulas.join(
          condition.operator,
          condition.operands.map((operand) => this.translate(operand, isUrlUnknown)),
        );
      default:
        return isUrlUnknown && asksForUrl(condition) ? this.unknownFormula(print(condition)) : this.asked(condition);
    }
  }

  /** What an automaton can't say of some values is an atom of its own for these. */
  private asked(condition: Expression): Formula {
    const text = print(condition);
    const question = isPredicate(condition) ? questionOf(condition, this.lists) : undefined;
    if (question === undefined || !("machine" in question) || question.machine.mayBeFree !== true) {
      return this.atom(text, { text, condition, question });
    }
    const part = (name: string, answer: Answer.YES | Answer.FREE): Formula =>
      this.atom(`${name} ${text}`, {
        ...{ text, condition },
        question: { ...question, machine: answering(question.machine, answer) },
      });
    const { AND, OR } = LogicalOperator;
    const open = this.formulas.join(AND, [
      part("open", Answer.FREE),
      this.atom(text, { text, condition, question: undefined }),
    ]);
    return this.formulas.join(OR, [part("certain", Answer.YES), open]);
  }

  private atom(key: string, atom: Omit<Atom, "number">): Formula {
    const number = this.numbers.get(key) ?? this.atoms.push({ ...atom, number: this.atoms.length }) - 1;
    this.numbers.set(key, number);
    return this.formulas.atom(number);
  }
}

function asksForUrl(condition: Expression): boolean {
  const { shown } = fieldsOf(condition);
  return shown.has(Dimension.PATH) || shown.has(Dimension.QUERY);
}
