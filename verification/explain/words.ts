import { printAddress } from "../../network/address";
import { type Expression, print, printString, printValue } from "../../network/rules-language";
import { isAddress, isArray, isMap } from "../evaluate/request";
import type { RuntimeValue } from "../evaluate/values";

/** How long a part of an expression, or a value, is written out. */
const LIMIT = 120;

/** An expression, with long sets and all that is longer than a line or two left out. */
export function brief(expression: Expression): string {
  return cut(short(expression));
}

function short(expression: Expression): string {
  switch (expression.kind) {
    case "combination":
      return expression.operands.map((operand) => inParentheses(operand)).join(` ${expression.operator} `);
    case "negation":
      return `not ${inParentheses(expression.operand)}`;
    case "membership": {
      const written = print(expression);
      return written.length > LIMIT / 2 ? `${printValue(expression.operand)} in {…}` : written;
    }
    default:
      return print(expression);
  }
}

function inParentheses(operand: Expression): string {
  return operand.kind === "combination" ? `(${short(operand)})` : short(operand);
}

/** A value as it would be written in an expression, cut to a readable length. */
export function valueInWords(value: RuntimeValue): string {
  return cut(written(value));
}

function written(value: RuntimeValue): string {
  if (typeof value === "string") return printString(value);
  if (isArray(value)) return `[${value.map(written).join(", ")}]`;
  if (isMap(value)) return `{${[...value].map(([key, each]) => `${printString(key)}: ${written(each)}`).join(", ")}}`;
  return isAddress(value) ? printAddress(value) : String(value);
}

function cut(text: string): string {
  const characters = [...text];
  return characters.length > LIMIT ? `${characters.slice(0, LIMIT).join("")}… (${characters.length} characters)` : text;
}
