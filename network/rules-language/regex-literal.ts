import type { Cursor } from "./cursor";
import { parseRegex } from "./regex/parse";
import { RegexSyntaxError } from "./regex/reader";
import { readRaw } from "./string-literal";

const ORDINARY = /[^\\"[\]]*/y;

/**
 * Reads the regular expression behind `matches`. In plain double quotes a backslash belongs to the expression, except
 * before a double quote outside of a character class; a double quote inside of one ends nothing.
 *
 * Source: https://developers.cloudflare.com/ruleset-engine/rules-language/values/#quoted-string-syntax
 */
export function readRegex(cursor: Cursor): string {
  if (cursor.skip('"')) {
    const start = cursor.offset;
    return checked(cursor, readQuotedRegex(cursor), start);
  }
  if (cursor.skip("r")) return checked(cursor, readRaw(cursor), cursor.offset);
  return cursor.fail(`${cursor.found()}, expected a regular expression in double quotes`);
}

function readQuotedRegex(cursor: Cursor): string {
  const start = cursor.offset;
  let pattern = "";
  let isInClass = false;
  for (;;) {
    pattern += cursor.takeWhile(ORDINARY);
    const character = cursor.take(1);
    if (character === "") cursor.fail("found the end of the expression, expected a closing double quote", start);
    if (character === '"' && !isInClass) return pattern;
    if (character === "\\") pattern += escaped(cursor.take(1), isInClass);
    else pattern += character;
    if (character === "[") isInClass = true;
    if (character === "]") isInClass = false;
  }
}

function escaped(character: string, isInClass: boolean): string {
  return character === "" || (character === '"' && !isInClass) ? character : `\\${character}`;
}

/** A quoted expression is reported where it begins, a raw one where it ends. */
function checked(cursor: Cursor, pattern: string, at: number): string {
  try {
    parseRegex(pattern);
    return pattern;
  } catch (error) {
    if (!(error instanceof RegexSyntaxError)) throw error;
    return cursor.fail(
      `found the regular expression ${JSON.stringify(pattern)}, which is invalid ${error.message}`,
      at,
    );
  }
}
