import { type Address, printAddress } from "../address";
import { blocksOf } from "../cidr";
import { HostNotation } from "../host-notation";
import {
  type AddressRangeLiteral,
  type Argument,
  type Expression,
  type Index,
  type IntegerRange,
  type Literal,
  type LiteralSet,
  LogicalOperator,
  type Predicate,
  type Value,
} from "./ast";
import { type Bytes, textOf } from "./bytes";
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

/** An argument is read as a value first. An argument of which only a part would be read stands in parentheses. */
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

const MOST_HASHES = 255;
const NEEDS_RAW = /[\\"[\]]/;

/** A string in double quotes. Control characters, and bytes that are no UTF-8, stand as `\xHH`. */
export function printString(bytes: Bytes): string {
  const text = textOf(bytes);
  const escaped = (text ?? bytes)
    .replace(/["\\]/g, "\\$&")
    .replace(text === undefined ? UNPRINTABLE_BYTE : CONTROL, hex);
  return `"${escaped}"`;
}

const CONTROL = /[\0-\x1f\x7f]/g;

const UNPRINTABLE_BYTE = /[\0-\x1f\x7f-\xff]/g;

function hex(character: string): string {
  return `\\x${character.charCodeAt(0).toString(16).padStart(2, "0")}`;
}

/**
 * A regular expression: raw where quotes would change it.
 *
 * @throws RangeError when it holds a double quote and 255 `#` behind it, which no raw string can
 */
export function printRegex(pattern: string): string {
  if (!NEEDS_RAW.test(pattern)) return `"${pattern}"`;
  const runs = [...pattern.matchAll(/"(#*)/g)].map(([, hashes = ""]) => hashes.length + 1);
  const hashes = Math.max(0, ...runs);
  if (hashes > MOST_HASHES) throw new RangeError(`a raw string takes at most ${MOST_HASHES} "#": ${pattern}`);
  return `r${"#".repeat(hashes)}"${pattern}"${"#".repeat(hashes)}`;
}

function printLiteral(literal: Literal): string {
  switch (literal.kind) {
    case "string":
      return printString(literal.value);
    case "integer":
      return String(literal.value);
    case "address":
      return printAddress(literal.value);
  }
}

function printSet(set: LiteralSet): string {
  return `{${membersOf(set).join(" ")}}`;
}

function printIndex(index: Index): string {
  switch (index.kind) {
    case "key":
      return `[${printString(index.key)}]`;
    case "position":
      return `[${index.position}]`;
    case "each":
      return "[*]";
  }
}

function membersOf(set: LiteralSet): readonly string[] {
  switch (set.kind) {
    case "strings":
      return set.members.map(({ value }) => printString(value));
    case "integers":
      return set.members.map(printIntegers);
    case "addresses":
      return set.members.map(printAddresses);
  }
}

function printIntegers({ first, last }: IntegerRange): string {
  return first === last ? String(first) : `${first}..${last}`;
}

function printAddresses({ family, first, last }: AddressRangeLiteral): string {
  const [block, ...others] = blocksOf(family, { first, last });
  if (block !== undefined && others.length === 0) return HostNotation.CLOUDFLARE.print(block);
  const end = (value: bigint): Address => ({ family, value });
  return `${printAddress(end(first))}..${printAddress(end(last))}`;
}
