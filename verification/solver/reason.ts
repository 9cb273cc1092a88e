import { LogicalOperator } from "../../network/rules-language";
import type { Formula } from "./formula";

/** An answer to a question, which is known by its number. */
export interface Literal {
  readonly atom: number;
  readonly holds: boolean;
}

/** Equal keys, equal sets of literals. */
export function keyOf(literals: readonly Literal[]): string {
  return literals
    .map(({ atom, holds }) => (holds ? `${atom}` : `-${atom}`))
    .sort()
    .join(" ");
}

export function flipped({ atom, holds }: Literal): Literal {
  return { atom, holds: !holds };
}

/** Answers at one point. */
export interface Answers {
  readonly holds: (atom: number) => boolean;
  /** How much it costs to rely on an answer: 0 where it can't be another one. */
  readonly cost: (literal: Literal) => number;
}

/** Why a formula holds at a point, or doesn't: few answers that are enough. */
export function reasonOf(formula: Formula, answers: Answers): readonly Literal[] {
  const { shape } = formula;
  switch (shape.kind) {
    case "constant":
      return [];
    case "atom": {
      const literal = { atom: shape.atom, holds: answers.holds(shape.atom) };
      return answers.cost(literal) === 0 ? [] : [literal];
    }
    case "not":
      return reasonOf(shape.operand, answers);
    case "join":
      return reasonOfJoin(shape.operator, shape.operands, answers);
  }
}

/** One operand that decides alone is enough: the cheapest. */
function reasonOfJoin(operator: LogicalOperator, operands: readonly Formula[], answers: Answers): readonly Literal[] {
  const decisive = operator === LogicalOperator.OR;
  const isDeciding = (operand: Formula): boolean =>
    operator !== LogicalOperator.XOR && holdsAt(operand, answers.holds) === decisive;
  const deciding = operands.filter(isDeciding).map((operand) => reasonOf(operand, answers));
  if (deciding.length === 0) return operands.flatMap((operand) => reasonOf(operand, answers));
  const costs = deciding.map((literals) => literals.reduce((sum, literal) => sum + answers.cost(literal), 0));
  return deciding[costs.indexOf(Math.min(...costs))] ?? [];
}

/** Whether a formula holds at a point. */
export function holdsAt(formula: Formula, holds: Answers["holds"]): boolean {
  const { shape } = formula;
  switch (shape.kind) {
    case "constant":
      return shape.value;
    case "atom":
      return holds(shape.atom);
    case "not":
      return !holdsAt(shape.operand, holds);
    case "join":
      switch (shape.operator) {
        case LogicalOperator.AND:
          return shape.operands.every((operand) => holdsAt(operand, holds));
        case LogicalOperator.OR:
          return shape.operands.some((operand) => holdsAt(operand, holds));
        case LogicalOperator.XOR:
          return shape.operands.filter((operand) => holdsAt(operand, holds)).length % 2 === 1;
      }
  }
}
