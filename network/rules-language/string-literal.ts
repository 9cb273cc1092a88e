import { type Bytes, bytesOf } from "./bytes";
import type { Cursor } from "./cursor";
import { parseRegex } from "./regex/parse";
import { RegexSyntaxError } from "./regex/reader";

const MOST_HASHES = 255;
const HASHES = /#*/y;
const PLAIN = /[^"\\]*/y;
const RAW_PART = /[^"]*/y;
/** Rust's radix parser, which the engine uses, takes a leading plus sign. */
const HEX_BYTE = /^[+0-9a-f][0-9a-f]$/i;
const OCTAL_BYTE = /^[0-3][0-7]{2}$/;
const OCTAL_START = /[0-7]/;
const SEPARATORS = new Set([":", "-", "."]);

/** Reads a string in any of its three forms: `"..."`, `r"..."`, or bytes in hexadecimal such as `61:70`. */
export function readString(cursor: Cursor): Bytes {
  return isQuotedOrRaw(cursor) || cursor.isAtEnd ? readQuotedOrRaw(cursor) : readByteString(cursor);
}

/** Reads a string in quotes, raw or not. */
export function readQuotedOrRaw(cursor: Cursor): Bytes {
  if (cursor.skip('"')) return readQuoted(cursor);
  if (cursor.skip("r")) return bytesOf(readRaw(cursor));
  return cursor.fail(`${cursor.found()}, expected a string in double quotes`);
}

/** Reads the rest of a raw string, from behind its `r`. There are no escapes in it. */
function readRaw(cursor: Cursor): string {
  const start = cursor.offset;
  const hashes = cursor.takeWhile(HASHES);
  if (hashes.length > MOST_HASHES) {
    cursor.fail(`found ${hashes.length} "#", expected at most ${MOST_HASHES} around a raw string`, start);
  }
  if (!cursor.skip('"')) cursor.fail(`${cursor.found()}, expected "#" or a double quote to open a raw string`);
  const content = cursor.offset;
  for (;;) {
    cursor.takeWhile(RAW_PART);
    const text = cursor.textFrom(content);
    if (!cursor.skip('"')) cursor.fail(`found the end of the expression, expected the closing "\\"${hashes}"`, start);
    if (cursor.skip(hashes)) return text;
  }
}

function isQuotedOrRaw(cursor: Cursor): boolean {
  return cursor.startsWith('"') || cursor.startsWith("r");
}

function readQuoted(cursor: Cursor): Bytes {
  const start = cursor.offset;
  let bytes = "";
  for (;;) {
    bytes += bytesOf(cursor.takeWhile(PLAIN));
    if (cursor.skip('"')) return bytes;
    if (!cursor.skip("\\") || cursor.isAtEnd) {
      cursor.fail("found the end of the expression, expected a closing double quote", start);
    }
    bytes += readEscape(cursor);
  }
}

function readEscape(cursor: Cursor): Bytes {
  if (cursor.startsWith('"') || cursor.startsWith("\\")) return cursor.take(1);
  if (cursor.skip("x")) return readByte(cursor, 2, HEX_BYTE, 16);
  if (OCTAL_START.test(cursor.character)) return readByte(cursor, 3, OCTAL_BYTE, 8);
  return cursor.fail(
    `found the escape ${JSON.stringify(`\\${cursor.character}`)}, expected \\", \\\\, \\xHH (hexadecimal) or \\OOO (octal)`,
  );
}

function readByteString(cursor: Cursor): Bytes {
  let bytes = readByte(cursor, 2, HEX_BYTE, 16);
  if (cursor.isAtEnd) cursor.fail(`${cursor.found()}, expected ":" and a further byte`);
  if (!SEPARATORS.has(cursor.character)) cursor.fail(`${cursor.found()}, expected ":", "-" or "." and a further byte`);
  while (SEPARATORS.has(cursor.character)) {
    cursor.take(1);
    bytes += readByte(cursor, 2, HEX_BYTE, 16);
  }
  return bytes;
}

function readByte(cursor: Cursor, digits: number, form: RegExp, radix: number): Bytes {
  const start = cursor.offset;
  const text = cursor.take(digits);
  if (form.test(text)) return String.fromCharCode(parseInt(text.replace("+", ""), radix));
  return cursor.fail(
    radix === 16
      ? `${cursor.found(start)}, expected a string in double quotes or a byte of two hexadecimal digits`
      : `found ${JSON.stringify(`\\${text}`)}, expected a byte of three octal digits, at most \\377`,
    start,
  );
}

const ORDINARY = /[^\\"[\]]*/y;

/**
 * Reads the regular expression behind `matches`. In plain double quotes a backslash belongs to the expression, except
 * before a double quote outside of a character class. A double quote inside of a class ends nothing.
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
