import { LogicalOperator } from "../../../network/rules-language";
import type { GatewayPolicy } from "../account";
import { type Formula, Formulas } from "../../solver/formula";
import type { Condition, Unknown } from "../language/condition";
import { conditionOfPolicy } from "../policy-condition";
import { type Question, questionsOf } from "./question";

/** A question, or what nobody here can answer. */
export interface Atom {
  readonly text: string;
  readonly question: Question | undefined;
}

/** A policy, and when it applies. */
export interface Rule {
  readonly policy: GatewayPolicy;
  readonly formula: Formula;
}

/** Policies as formulas over the same atoms, in their order. */
export class Rules {
  public readonly formulas = new Formulas();
  public readonly all: readonly Rule[];
  /** The texts of what the JSON keeps back. */
  public readonly hidden = new Set<string>();
  private readonly atoms: Atom[] = [];
  private readonly numbers = new Map<string, number>();

  public constructor(policies: readonly GatewayPolicy[]) {
    this.all = policies.map((policy) => ({ policy, formula: this.formulaOf(conditionOfPolicy(policy)) }));
  }

  public at(number: number): Atom {
    const atom = this.atoms[number];
    if (atom === undefined) throw new Error(`there is no atom ${number}`);
    return atom;
  }

  /** The atom that stands for one whose answer is free. */
  public freed(number: number): number {
    return this.numberOf(this.at(number).text, undefined, "free");
  }

  private formulaOf(condition: Condition): Formula {
    switch (condition.kind) {
      case "all":
        return this.formulas.join(
          LogicalOperator.AND,
          condition.parts.map((part) => this.formulaOf(part)),
        );
      case "any":
        return this.formulas.join(
          LogicalOperator.OR,
          condition.parts.map((part) => this.formulaOf(part)),
        );
      case "not":
        return this.formulas.not(this.formulaOf(condition.part));
      case "selection": {
        const { selection, text } = condition;
        const questions = questionsOf(selection).map((question, index) =>
          this.formulas.atom(this.numberOf(text, question, `part ${index}`)),
        );
        return this.formulas.join(LogicalOperator.OR, questions);
      }
      case "unknown":
        return this.unknown(condition);
    }
  }

  private unknown({ text, isHidden = false }: Unknown): Formula {
    if (isHidden) this.hidden.add(text);
    return this.formulas.atom(this.numberOf(text, undefined, "free"));
  }

  private numberOf(text: string, question: Question | undefined, role: string): number {
    const key = `${role} of ${text}`;
    const number = this.numbers.get(key) ?? this.atoms.push({ text, question }) - 1;
    this.numbers.set(key, number);
    return number;
  }
}
