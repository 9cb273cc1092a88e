import { printAddress } from "../../../network/address";
import { type Expression, isPredicate, print, printString, printValue, visit } from "../../../network/rules-language";
import { isAddress, isArray, isMap } from "../../edge/evaluate/request";
import type { RuntimeValue } from "../../edge/evaluate/values";
import { HIDDEN, looksAtSecrets } from "../../statements/secrecy";

/** How long a part of an expression, or a value, is written out. */
const LIMIT = 120;

/** An expression, with long sets and all that is longer than a line or two left out. */
export function brief(expression: Expression): string {
  return cut(short(expression));
}

function short(expression: Expression): string {
  if (isQuestion(expression) && looksAtSecrets(expression)) return `${fieldsIn(expression)} against ${HIDDEN}`;
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

/** Whether an expression asks by itself, so that what it compares with stands in it. */
function isQuestion(expression: Expression): boolean {
  return isPredicate(expression) || expression.kind === "quantification";
}

function fieldsIn(expression: Expression): string {
  const fields = new Set<string>();
  visit(expression, {
    value: (value) => {
      if (value.kind === "field") fields.add(printValue(value));
    },
  });
  return [...fields].join(", ");
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

/** A text, cut to a readable length. */
export function cut(text: string): string {
  const characters = [...text];
  return characters.length > LIMIT ? `${characters.slice(0, LIMIT).join("")}… (${characters.length} characters)` : text;
}
