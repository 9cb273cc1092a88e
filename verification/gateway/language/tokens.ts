import { type Token as AnyToken, tokensOf as tokensBy } from "../../tokens";

/** A token of Gateway's expressions, and where it stands. */
export type Token = AnyToken<"string" | "sign" | "word">;

/** An expression's tokens; undefined where it holds anything else. */
export function tokensOf(expression: string): readonly Token[] | undefined {
  return tokensBy<Token["kind"]>(expression, FORMS);
}

/** A word is a field, an operator, a number, an address, a block or a list. */
const FORMS = [
  ["space", /\s+/y],
  ["string", /"(?:[^"\\]|\\[\s\S])*"/y],
  ["sign", /[=!<>]=|&&|\|\||[<>(){}]/y],
  ["word", /[A-Za-z0-9_$.:/*[\]-]+/y],
] as const;
