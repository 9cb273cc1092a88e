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

/** Whether a formula holds at a point, and answers that are enough to say so. */
export interface Reason {
  readonly holds: boolean;
  readonly literals: readonly Literal[];
}

/** Why a formula holds at a point, or doesn't: few answers that are enough. */
export function reasonOf(formula: Formula, answers: Answers): Reason {
  const { shape } = formula;
  switch (shape.kind) {
    case "constant":
      return { holds: shape.value, literals: [] };
    case "atom": {
      const literal = { atom: shape.atom, holds: answers.holds(shape.atom) };
      return { holds: literal.holds, literals: answers.cost(literal) === 0 ? [] : [literal] };
    }
    case "not": {
      const { holds, literals } = reasonOf(shape.operand, answers);
      return { holds: !holds, literals };
    }
    case "join":
      return shape.operator === LogicalOperator.XOR
        ? ofAll(shape.operands, answers)
        : ofLattice(shape.operands, shape.operator === LogicalOperator.AND, answers);
  }
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

function ofAll(operands: readonly Formula[], answers: Answers): Reason {
  const reasons = operands.map((operand) => reasonOf(operand, answers));
  return {
    holds: reasons.filter(({ holds }) => holds).length % 2 === 1,
    literals: reasons.flatMap(({ literals }) => literals),
  };
}

/** One operand that decides alone is enough: the cheapest. */
function ofLattice(operands: readonly Formula[], neutral: boolean, answers: Answers): Reason {
  const deciding = operands.filter((operand) => holdsAt(operand, answers.holds) !== neutral);
  if (deciding.length === 0) {
    return { holds: neutral, literals: operands.flatMap((operand) => reasonOf(operand, answers).literals) };
  }
  const reasons = deciding.map((operand) => reasonOf(operand, answers).literals);
  const costs = reasons.map((literals) => literals.reduce((sum, literal) => sum + answers.cost(literal), 0));
  return { holds: !neutral, literals: reasons[costs.indexOf(Math.min(...costs))] ?? [] };
}
