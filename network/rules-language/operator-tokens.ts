import { ComparisonOperator, LogicalOperator, Quantifier } from "./ast";
import type { Cursor } from "./cursor";

/** The operator between a value and its right-hand side. */
export type OperatorToken =
  | { readonly kind: "in" | "contains" | "matches" | "wildcard" | "strict wildcard" | "bitwise_and" }
  | { readonly kind: "comparison"; readonly operator: ComparisonOperator };

/** In the order in which the engine tries them. */
const OPERATORS: readonly (readonly [string, OperatorToken])[] = [
  ["in", { kind: "in" }],
  ["eq", { kind: "comparison", operator: ComparisonOperator.EQUAL }],
  ["==", { kind: "comparison", operator: ComparisonOperator.EQUAL }],
  ["ne", { kind: "comparison", operator: ComparisonOperator.NOT_EQUAL }],
  ["!=", { kind: "comparison", operator: ComparisonOperator.NOT_EQUAL }],
  ["ge", { kind: "comparison", operator: ComparisonOperator.GREATER_OR_EQUAL }],
  [">=", { kind: "comparison", operator: ComparisonOperator.GREATER_OR_EQUAL }],
  ["le", { kind: "comparison", operator: ComparisonOperator.LESS_OR_EQUAL }],
  ["<=", { kind: "comparison", operator: ComparisonOperator.LESS_OR_EQUAL }],
  ["gt", { kind: "comparison", operator: ComparisonOperator.GREATER }],
  [">", { kind: "comparison", operator: ComparisonOperator.GREATER }],
  ["lt", { kind: "comparison", operator: ComparisonOperator.LESS }],
  ["<", { kind: "comparison", operator: ComparisonOperator.LESS }],
  ["&", { kind: "bitwise_and" }],
  ["bitwise_and", { kind: "bitwise_and" }],
  ["contains", { kind: "contains" }],
  ["~", { kind: "matches" }],
  ["matches", { kind: "matches" }],
  ["wildcard", { kind: "wildcard" }],
  ["strict wildcard", { kind: "strict wildcard" }],
];

const LOGICAL_OPERATORS: readonly (readonly [string, LogicalOperator])[] = [
  ["or", LogicalOperator.OR],
  ["||", LogicalOperator.OR],
  ["xor", LogicalOperator.XOR],
  ["^^", LogicalOperator.XOR],
  ["and", LogicalOperator.AND],
  ["&&", LogicalOperator.AND],
];

const NEGATIONS = ["not", "!"];

/** Reads an operator between a value and its right-hand side, if one stands here. Nothing has to follow its name. */
export function skipOperator(cursor: Cursor): OperatorToken | undefined {
  return OPERATORS.find(([spelling]) => cursor.skip(spelling))?.[1];
}

/** Whether an operator stands here or behind white space. */
export function isBeforeOperator(cursor: Cursor): boolean {
  const here = cursor.offset;
  cursor.skipSpace();
  const found = skipOperator(cursor) !== undefined;
  cursor.moveTo(here);
  return found;
}

/** Reads a logical operator here or behind white space, and the white space behind it; reads nothing if there is none. */
export function skipLogicalOperator(cursor: Cursor): LogicalOperator | undefined {
  const here = cursor.offset;
  cursor.skipSpace();
  const operator = LOGICAL_OPERATORS.find(([spelling]) => cursor.skip(spelling))?.[1];
  if (operator === undefined) cursor.moveTo(here);
  else cursor.skipSpace();
  return operator;
}

export function skipNegation(cursor: Cursor): boolean {
  return NEGATIONS.some((spelling) => cursor.skip(spelling));
}

export function isBeforeNegation(cursor: Cursor): boolean {
  return NEGATIONS.some((spelling) => cursor.startsWith(spelling));
}

/** Reads `any` or `all` if a parenthesis follows, and stops at the parenthesis. */
export function skipQuantifier(cursor: Cursor): Quantifier | undefined {
  const here = cursor.offset;
  const quantifier = Object.values(Quantifier).find((spelling) => cursor.skip(spelling));
  cursor.skipSpace();
  if (quantifier !== undefined && cursor.startsWith("(")) return quantifier;
  cursor.moveTo(here);
  return undefined;
}

export function isBeforeQuantifier(cursor: Cursor): boolean {
  const here = cursor.offset;
  const found = skipQuantifier(cursor) !== undefined;
  cursor.moveTo(here);
  return found;
}
