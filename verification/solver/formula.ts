import { LogicalOperator } from "../../network/rules-language";

/** The answer to a question for every value of a class. */
export enum Answer {
  NO = 0,
  YES = 1,
  /** Values of the class may differ: both answers have to be considered. */
  UNKNOWN = 2,
}

export function answerOf(holds: boolean): Answer {
  return holds ? Answer.YES : Answer.NO;
}

/**
 * A condition as a boolean function of atoms, which are numbers. Equal formulas of one factory are one object, so that
 * `===` compares them and their `id` names them.
 */
export interface Formula {
  readonly id: number;
  readonly shape: Shape;
  /** The atoms that it still asks for. */
  readonly atoms: ReadonlySet<number>;
}

type Shape =
  | { readonly kind: "constant"; readonly value: boolean }
  | { readonly kind: "atom"; readonly atom: number }
  | { readonly kind: "not"; readonly operand: Formula }
  | { readonly kind: "join"; readonly operator: LogicalOperator; readonly operands: readonly Formula[] };

/** Makes formulas, simplified as far as their parts are constant. */
export class Formulas {
  private readonly made = new Map<string, Formula>();
  public readonly yes = this.make("yes", { kind: "constant", value: true }, []);
  public readonly no = this.make("no", { kind: "constant", value: false }, []);

  public constant(value: boolean): Formula {
    return value ? this.yes : this.no;
  }

  public atom(atom: number): Formula {
    return this.make(`atom ${atom}`, { kind: "atom", atom }, [atom]);
  }

  public not(operand: Formula): Formula {
    const { shape } = operand;
    if (shape.kind === "constant") return this.constant(!shape.value);
    if (shape.kind === "not") return shape.operand;
    return this.make(`not ${operand.id}`, { kind: "not", operand }, operand.atoms);
  }

  public join(operator: LogicalOperator, operands: readonly Formula[]): Formula {
    return operator === LogicalOperator.XOR ? this.xor(operands) : this.lattice(operator, operands);
  }

  /** The formula once some atoms have answers. */
  public restrict(formula: Formula, known: ReadonlyMap<number, Answer>): Formula {
    return this.restricted(formula, known, new Map());
  }

  private restricted(formula: Formula, known: ReadonlyMap<number, Answer>, done: Map<number, Formula>): Formula {
    if (![...formula.atoms].some((atom) => known.has(atom))) return formula;
    const ready = done.get(formula.id) ?? this.restrictShape(formula, known, done);
    done.set(formula.id, ready);
    return ready;
  }

  private restrictShape(formula: Formula, known: ReadonlyMap<number, Answer>, done: Map<number, Formula>): Formula {
    const { shape } = formula;
    switch (shape.kind) {
      case "constant":
        return formula;
      case "atom": {
        const answer = known.get(shape.atom);
        return answer === Answer.UNKNOWN ? formula : this.constant(answer === Answer.YES);
      }
      case "not":
        return this.not(this.restricted(shape.operand, known, done));
      case "join":
        return this.join(
          shape.operator,
          shape.operands.map((operand) => this.restricted(operand, known, done)),
        );
    }
  }

  private lattice(operator: LogicalOperator, operands: readonly Formula[]): Formula {
    const [neutral, decisive] = operator === LogicalOperator.AND ? [this.yes, this.no] : [this.no, this.yes];
    const open = [...new Set(operands)].filter((operand) => operand !== neutral);
    if (open.includes(decisive)) return decisive;
    const [only = neutral, ...others] = open;
    return others.length === 0 ? only : this.joined(operator, open);
  }

  private xor(operands: readonly Formula[]): Formula {
    const open = operands.filter(({ shape }) => shape.kind !== "constant");
    const odd = operands.filter((operand) => operand === this.yes).length % 2 === 1;
    const [only = this.no, ...others] = open;
    const rest = others.length === 0 ? only : this.joined(LogicalOperator.XOR, open);
    return odd ? this.not(rest) : rest;
  }

  private joined(operator: LogicalOperator, operands: readonly Formula[]): Formula {
    const key = `${operator} ${operands.map(({ id }) => id).join()}`;
    return this.make(
      key,
      { kind: "join", operator, operands },
      operands.flatMap(({ atoms }) => [...atoms]),
    );
  }

  private make(key: string, shape: Shape, atoms: Iterable<number>): Formula {
    const formula = this.made.get(key) ?? { id: this.made.size, shape, atoms: new Set(atoms) };
    this.made.set(key, formula);
    return formula;
  }
}
