import type { Expression, Value } from "./ast";
import { Cursor } from "./cursor";
import { Parser } from "./parser";
import { BOOLEAN, sameType, typeName } from "./type";
import { isMapped, typeOfExpression } from "./type-of";

/**
 * Parses a filter expression, such as a rule's.
 *
 * Beyond the grammar of Cloudflare's engine it takes the literal `true`, which Cloudflare's documentation has.
 *
 * @throws RulesLanguageError at the first character that makes it invalid: by its grammar, by an unknown name or by a type
 */
export function parse(source: string): Expression {
  const cursor = new Cursor(source);
  const expression = new Parser(cursor).readExpression();
  const type = typeOfExpression(expression);
  if (!sameType(type, BOOLEAN)) {
    cursor.fail(
      `found an expression of type ${typeName(type)}, expected ${typeName(BOOLEAN)}: put it in any() or all()`,
    );
  }
  expectEnd(cursor);
  return expression;
}

/**
 * Parses a value expression, such as the target of a redirect: a field or a call.
 *
 * @throws RulesLanguageError at the first character that makes it invalid
 */
export function parseValue(source: string): Value {
  const cursor = new Cursor(source);
  const start = cursor.offset;
  const value = new Parser(cursor).readValue();
  if (isMapped(value)) cursor.fail("found [*], expected a single value", start);
  expectEnd(cursor);
  return value;
}

function expectEnd(cursor: Cursor): void {
  if (!cursor.isAtEnd)
    cursor.fail(`${cursor.found(cursor.offsetAfterSpace())}, expected "and", "xor", "or" or the end of the expression`);
}
