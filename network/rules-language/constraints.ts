import type { Literal } from "./ast";
import { textOf } from "./bytes";
import { parseRegex } from "./regex/parse";
import { RegexSyntaxError } from "./regex/reader";
import { parseWildcard, WildcardSyntaxError } from "./wildcard";

type Constraint = (literal: Literal) => string | undefined;

/** An integer from one bound to another. */
export function between(least: bigint, most: bigint): Constraint {
  return (literal) =>
    literal.kind === "integer" && (literal.value < least || literal.value > most)
      ? `an integer from ${least} to ${most}`
      : undefined;
}

/** A string of option letters, each at most once. */
export function lettersOf(...letters: readonly string[]): Constraint {
  return (literal) => {
    if (literal.kind !== "string") return undefined;
    const given = [...literal.value];
    return given.every((letter, index) => letters.includes(letter) && given.indexOf(letter) === index)
      ? undefined
      : `letters of ${letters.join(", ")}, each once`;
  };
}

export const notEmpty: Constraint = (literal) =>
  literal.kind === "string" && literal.value === "" ? "a string that is not empty" : undefined;

export const regularExpression: Constraint = (literal) =>
  literal.kind === "string" ? problemWithRegex(textOf(literal.value)) : undefined;

export const wildcard: Constraint = (literal) => {
  if (literal.kind !== "string") return undefined;
  try {
    parseWildcard(literal.value);
    return undefined;
  } catch (error) {
    if (error instanceof WildcardSyntaxError) return `a wildcard: ${error.message}`;
    throw error;
  }
};

function problemWithRegex(pattern: string | undefined): string | undefined {
  if (pattern === undefined) return "a regular expression in UTF-8";
  try {
    parseRegex(pattern);
    return undefined;
  } catch (error) {
    if (error instanceof RegexSyntaxError) return `a regular expression; it is invalid ${error.message}`;
    throw error;
  }
}
