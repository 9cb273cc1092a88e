import type { IntegerLiteral, IntegerRange } from "./ast";
import type { Cursor } from "./cursor";

const HEX_DIGITS = /[0-9a-f]*/iy;
const SMALLEST = -(1n << 63n);
const LARGEST = (1n << 63n) - 1n;

interface Radix {
  readonly name: string;
  readonly digits: RegExp;
  readonly prefix: string;
}

const DECIMAL: Radix = { name: "decimal", digits: /^-?[0-9]+$/, prefix: "" };
const OCTAL: Radix = { name: "octal", digits: /^[0-7]+$/, prefix: "0o" };
const HEXADECIMAL: Radix = { name: "hexadecimal", digits: /^[0-9a-f]+$/i, prefix: "0x" };

/** Reads a signed 64-bit integer: decimal, octal with a leading `0`, or hexadecimal with `0x`. */
export function readInteger(cursor: Cursor): IntegerLiteral {
  const start = cursor.offset;
  return { kind: "integer", value: readValue(cursor), span: cursor.spanFrom(start) };
}

/** Reads one integer, or a range `first..last`. */
export function readIntegerRange(cursor: Cursor): IntegerRange {
  const start = cursor.offset;
  const first = readValue(cursor);
  const last = cursor.skip("..") ? readValue(cursor) : first;
  if (last < first) cursor.fail(`found the range ${first}..${last}, expected its smaller end first`, start);
  return { first, last, span: cursor.spanFrom(start) };
}

function readValue(cursor: Cursor): bigint {
  const start = cursor.offset;
  if (cursor.skip("0x")) return valueOf(cursor, cursor.offset, HEXADECIMAL);
  if (cursor.startsWith("0")) return valueOf(cursor, start, OCTAL);
  cursor.skip("-");
  return valueOf(cursor, start, DECIMAL);
}

/** Reads digits of any radix, so that a wrong digit is reported with its number. */
function valueOf(cursor: Cursor, start: number, radix: Radix): bigint {
  if (cursor.takeWhile(HEX_DIGITS) === "") cursor.fail(`${cursor.found()}, expected an integer`);
  const text = cursor.textFrom(start);
  if (!radix.digits.test(text)) cursor.fail(`found ${JSON.stringify(text)}, expected ${radix.name} digits`, start);
  const value = text.startsWith("-") ? -BigInt(text.slice(1)) : BigInt(`${radix.prefix}${text}`);
  if (value < SMALLEST || value > LARGEST) {
    cursor.fail(`found ${text}, expected an integer from ${SMALLEST} to ${LARGEST}`, start);
  }
  return value;
}
