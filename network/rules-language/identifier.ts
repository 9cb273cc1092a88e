import type { Cursor } from "./cursor";
import { type Field } from "./field";
import { FIELDS } from "./fields";
import type { FunctionSignature } from "./function";
import { FUNCTIONS } from "./functions";
import { suggestionFor } from "./suggestion";

const NAME_PART = /[A-Za-z0-9_]*/y;

/** Reads the name of a field or a function. */
export function readIdentifier(cursor: Cursor): Field | FunctionSignature {
  const start = cursor.offset;
  const name = readName(cursor);
  const known = FIELDS.get(name) ?? FUNCTIONS.get(name);
  return (
    known ??
    cursor.fail(
      `found ${JSON.stringify(name)}, expected the name of a field or a function${suggestionFor(name)}`,
      start,
    )
  );
}

/** Moves behind the literal `true` if it stands here as a whole name. */
export function skipTrue(cursor: Cursor): boolean {
  const start = cursor.offset;
  const isTrue = cursor.takeWhile(/[A-Za-z0-9_.]*/y) === "true";
  if (!isTrue) cursor.moveTo(start);
  return isTrue;
}

function readName(cursor: Cursor): string {
  const start = cursor.offset;
  do {
    if (cursor.takeWhile(NAME_PART) === "")
      cursor.fail(`${cursor.found()}, expected the name of a field or a function`);
  } while (cursor.skip("."));
  return cursor.textFrom(start);
}
