import { type Token as AnyToken, tokensOf as tokensBy } from "../tokens/tokens";

/** A token of Terraform's expression language, as far as it is evaluated here. */
export type Token = AnyToken<"name" | "number" | "string" | "sign">;

/**
 * An expression's tokens; undefined where it holds anything else.
 *
 * @see https://developer.hashicorp.com/terraform/language/expressions
 */
export function tokensOf(expression: string): readonly Token[] | undefined {
  return tokensBy<Token["kind"]>(expression, FORMS);
}

const FORMS = [
  ["space", /\s+/y],
  ["name", /[A-Za-z_][A-Za-z0-9_-]*/y],
  ["number", /-?(?:0|[1-9][0-9]*)(?![0-9A-Za-z_.])/y],
  ["string", /"(?:[^"\\$%]|\\[\s\S]|[$%](?!\{))*"/y],
  ["sign", /[()[\]{},.=:]/y],
] as const;
