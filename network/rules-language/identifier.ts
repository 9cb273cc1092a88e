import { nearest } from "../../errors/nearest";
import type { Cursor } from "./cursor";
import { type Field, FIELDS } from "./fields";
import { FUNCTIONS, type FunctionSignature } from "./functions";

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

/** Names that people write for something that the language has under another name. */
const HINTS: ReadonlyMap<string, string> = new Map([
  ["http.request.scheme", '"ssl" tells whether the connection is encrypted'],
  ["http.request.host", 'the field is "http.host"'],
  ["false", 'write "not true", or no rule'],
  ["NOT", 'operators are lower case: write "not"'],
  ["TRUE", 'write "true"'],
  ["True", 'write "true"'],
]);

/** The name that was probably meant by one that is neither a field nor a function, as the end of a message; or nothing. */
function suggestionFor(name: string): string {
  const hint = HINTS.get(name);
  if (hint !== undefined) return `; ${hint}`;
  const near = nearest(name, [...FIELDS.keys(), ...FUNCTIONS.keys()]);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}
