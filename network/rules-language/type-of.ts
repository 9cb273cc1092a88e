import type { Argument, Expression, Literal, Value } from "./ast";
import { ADDRESS, BOOLEAN, BOOLEANS, INTEGER, STRING, type Type } from "./type";

const LITERAL_TYPES: Readonly<Record<Literal["kind"], Type>> = { string: STRING, integer: INTEGER, address: ADDRESS };

/** Whether the value stands for every element of an array or a map: it has `[*]` among its indexes. */
export function isMapped({ indexes }: Value): boolean {
  return indexes.some(({ kind }) => kind === "each");
}

/** Boolean, or Array<Boolean> for an expression over `[*]`. */
export function typeOfExpression(expression: Expression): Type {
  switch (expression.kind) {
    case "always":
    case "quantification":
      return BOOLEAN;
    case "negation":
      return typeOfExpression(expression.operand);
    case "combination":
      return expression.operands[0] === undefined ? BOOLEAN : typeOfExpression(expression.operands[0]);
    case "truth":
      return isMapped(expression.operand) ? BOOLEANS : expression.operand.type;
    default:
      return isMapped(expression.operand) ? BOOLEANS : BOOLEAN;
  }
}

/** The type of an argument; for one with `[*]`, that of one element. */
export function typeOfArgument(argument: Argument): Type {
  switch (argument.kind) {
    case "string":
    case "integer":
    case "address":
      return LITERAL_TYPES[argument.kind];
    case "field":
    case "call":
      return argument.type;
    default:
      return typeOfExpression(argument);
  }
}

export function isLiteral(argument: Argument): argument is Literal {
  return argument.kind in LITERAL_TYPES;
}

export function isValue(argument: Argument): argument is Value {
  return argument.kind === "field" || argument.kind === "call";
}
