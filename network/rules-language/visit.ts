import type { Argument, Expression, Literal, Predicate, Value } from "./ast";
import { isLiteral, isValue } from "./type-of";

/** The actions at the nodes of an expression. Each node is visited before its parts. */
export interface Visitor {
  /** @default - nothing */
  readonly expression?: (expression: Expression) => void;
  /**
   * Fields and calls.
   *
   * @default - nothing
   */
  readonly value?: (value: Value) => void;
  /**
   * Literal arguments. The right-hand side of a predicate belongs to the predicate.
   *
   * @default - nothing
   */
  readonly literal?: (literal: Literal) => void;
}

/** Visits a node and everything in it. */
export function visit(node: Argument, visitor: Visitor): void {
  if (isLiteral(node)) return visitor.literal?.(node);
  if (isValue(node)) return visitValue(node, visitor);
  visitor.expression?.(node);
  for (const part of partsOf(node)) visit(part, visitor);
}

export function isPredicate(expression: Expression): expression is Predicate {
  return "operand" in expression && expression.kind !== "negation";
}

function visitValue(value: Value, visitor: Visitor): void {
  visitor.value?.(value);
  if (value.kind === "call") for (const argument of value.arguments) visit(argument, visitor);
}

function partsOf(expression: Expression): readonly Argument[] {
  switch (expression.kind) {
    case "always":
      return [];
    case "combination":
      return expression.operands;
    case "quantification":
      return [expression.argument];
    default:
      return [expression.operand];
  }
}
