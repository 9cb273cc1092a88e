import { type Bytes, bytesOf } from "./bytes";
import type { Cursor } from "./cursor";

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
export function readRaw(cursor: Cursor): string {
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
