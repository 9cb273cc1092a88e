import { NotUnderstood } from "../not-understood";
import type { Contexts, ContextValue } from "./context";
import { type Expression, expressionOf, isTruthy, textOf } from "./expression";

/** A text in parts: what is written, and the expressions in between. */
type Part = { readonly text: string } | { readonly expression: string };

/** What a text of a workflow becomes. One that is a single expression keeps the type of its value. */
export function valueOf(template: string, contexts: Contexts): ContextValue {
  const parts = partsOf(template);
  const [first] = parts;
  if (parts.length === 1 && first !== undefined && "expression" in first) {
    return expressionOf(first.expression).value(contexts);
  }
  return parts
    .map((part) => ("text" in part ? part.text : textOf(expressionOf(part.expression).value(contexts))))
    .join("");
}

/** What a member that is a text, a number or a boolean becomes, as text. */
export function filledIn(value: unknown, contexts: Contexts): string {
  if (value === null) return "";
  if (typeof value === "number" || typeof value === "boolean") return String(value);
  if (typeof value === "string") return textOf(valueOf(value, contexts));
  throw new NotUnderstood("", "a value is neither a text nor a number");
}

/** Whether a switch such as `cancel-in-progress` is on. */
export function isOn(value: unknown, contexts: Contexts): boolean {
  if (value === undefined) return false;
  const evaluated = typeof value === "string" ? valueOf(value, contexts) : value;
  if (typeof evaluated !== "boolean") throw new NotUnderstood("", "it is neither true nor false");
  return evaluated;
}

/** Whether an `if` lets a step or a job run. Where it doesn't ask how what came before ended, that has to be a success. */
export function admits(condition: unknown, contexts: Contexts): boolean {
  const isSuccess = contexts.status === "success";
  if (condition === undefined) return isSuccess;
  if (typeof condition === "boolean") return condition && isSuccess;
  if (typeof condition !== "string") throw new NotUnderstood("", "a condition is no text");
  const { asksStatus, value } = conditionOf(condition);
  return (asksStatus || isSuccess) && isTruthy(value(contexts));
}

/** What an `if` says. */
export function conditionOf(condition: string): Expression {
  return expressionOf(wholeExpression(condition));
}

/** A condition is an expression with or without `${{ }}`; text around that would make it a text, which always holds. */
function wholeExpression(condition: string): string {
  if (!condition.includes("${{")) return condition;
  const [only, ...more] = partsOf(condition.trim());
  if (only !== undefined && "expression" in only && more.length === 0) return only.expression;
  throw new NotUnderstood("", `the condition "${condition}" is an expression with text around it, which always holds`);
}

/** The expressions that a text holds. */
export function expressionsIn(template: string): readonly Expression[] {
  return partsOf(template).flatMap((part) => ("expression" in part ? [expressionOf(part.expression)] : []));
}

/** The text before the first expression. */
export function literalStart(template: string): string {
  return template.split("${{")[0] ?? "";
}

function partsOf(template: string): readonly Part[] {
  const parts: Part[] = [];
  let at = 0;
  for (let start = template.indexOf("${{"); start >= 0; start = template.indexOf("${{", at)) {
    if (start > at) parts.push({ text: template.slice(at, start) });
    const end = endOf(template, start + 3);
    parts.push({ expression: template.slice(start + 3, end) });
    at = end + 2;
  }
  return at < template.length || parts.length === 0 ? [...parts, { text: template.slice(at) }] : parts;
}

/** Where the `}}` is that ends an expression; one within a string doesn't. */
function endOf(template: string, from: number): number {
  const form = /'(?:[^']|'')*'|\}\}/g;
  form.lastIndex = from;
  for (let match = form.exec(template); match !== null; match = form.exec(template)) {
    if (match[0] === "}}") return match.index;
  }
  throw new NotUnderstood("", `the expression in "${template}" doesn't end`);
}
