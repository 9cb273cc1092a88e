import type { Argument, Expression, Predicate, Value } from "./ast";
import { LogicalOperator } from "./operators";
import { printIndex, printLiteral, printRegex, printSet, printString } from "./print-value";
import { isLiteral, isValue } from "./type-of";

/** How tightly an expression binds; one that binds looser than its place asks for needs parentheses. */
enum Binding {
  OR,
  XOR,
  AND,
  NOT,
}

const BINDING: Readonly<Record<LogicalOperator, Binding>> = {
  [LogicalOperator.OR]: Binding.OR,
  [LogicalOperator.XOR]: Binding.XOR,
  [LogicalOperator.AND]: Binding.AND,
};

/**
 * Writes an expression in its one canonical form: operators in English, strings in quotes, no parentheses that change
 * nothing. Parsing it gives the same expression.
 *
 * @throws RangeError when a regular expression cannot be written
 */
export function print(expression: Expression): string {
  switch (expression.kind) {
    case "always":
      return "true";
    case "combination": {
      const binding = BINDING[expression.operator];
      return expression.operands.map((operand) => printAt(operand, binding + 1)).join(` ${expression.operator} `);
    }
    case "negation":
      return `not ${printAt(expression.operand, Binding.NOT)}`;
    case "quantification":
      return `${expression.quantifier}(${printArgument(expression.argument)})`;
    default:
      return printPredicate(expression);
  }
}

/** Writes a value expression in its one canonical form. */
export function printValue(value: Value): string {
  const call = value.kind === "call" ? `(${value.arguments.map(printArgument).join(", ")})` : "";
  return `${value.name}${call}${value.indexes.map(printIndex).join("")}`;
}

function printAt(expression: Expression, least: Binding): string {
  const isLooser = expression.kind === "combination" && BINDING[expression.operator] < least;
  return isLooser ? `(${print(expression)})` : print(expression);
}

/** An argument is read as a value first: what would be read as less than it is stands in parentheses. */
function printArgument(argument: Argument): string {
  if (isLiteral(argument)) return printLiteral(argument);
  if (isValue(argument)) return printValue(argument);
  return ["always", "combination", "truth"].includes(argument.kind) ? `(${print(argument)})` : print(argument);
}

function printPredicate(predicate: Predicate): string {
  const operand = printValue(predicate.operand);
  switch (predicate.kind) {
    case "truth":
      return operand;
    case "comparison":
      return `${operand} ${predicate.operator} ${printLiteral(predicate.literal)}`;
    case "membership":
      return `${operand} in ${printSet(predicate.set)}`;
    case "list-membership":
      return `${operand} in $${predicate.list}`;
    case "containment":
      return `${operand} contains ${printString(predicate.needle)}`;
    case "wildcard-match":
      return `${operand} ${predicate.strict ? "strict wildcard" : "wildcard"} ${printString(predicate.pattern)}`;
    case "regex-match":
      return `${operand} matches ${printRegex(predicate.pattern)}`;
    case "bit-test":
      return `${operand} bitwise_and ${predicate.mask}`;
  }
}
