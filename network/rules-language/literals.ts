import { type Address, parseAddress, WIDTH } from "../address";
import { blockOf, intervalOf } from "../cidr";
import type {
  AddressLiteral,
  AddressRangeLiteral,
  IntegerLiteral,
  IntegerRange,
  LiteralSet,
  StringLiteral,
} from "./ast";
import type { Cursor } from "./cursor";
import { readString } from "./string-literal";
import type { PrimitiveType } from "./type";

/** Reads a set `{...}` of literals of one type, with white space between them. */
export function readSet(cursor: Cursor, type: Exclude<PrimitiveType["kind"], "boolean">): LiteralSet {
  const start = cursor.offset;
  switch (type) {
    case "string": {
      const members = readMembers(cursor, readStringLiteral);
      return { kind: "strings", members, span: cursor.spanFrom(start) };
    }
    case "integer": {
      const members = readMembers(cursor, readIntegerRange);
      return { kind: "integers", members, span: cursor.spanFrom(start) };
    }
    case "address": {
      const members = readMembers(cursor, readAddressRange);
      return { kind: "addresses", members, span: cursor.spanFrom(start) };
    }
  }
}

export function readStringLiteral(cursor: Cursor): StringLiteral {
  const start = cursor.offset;
  return { kind: "string", value: readString(cursor), span: cursor.spanFrom(start) };
}

function readMembers<Member>(cursor: Cursor, read: (cursor: Cursor) => Member): readonly Member[] {
  const members: Member[] = [];
  cursor.expect("{");
  for (cursor.skipSpace(); !cursor.skip("}"); cursor.skipSpace()) members.push(read(cursor));
  return members;
}

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
function readIntegerRange(cursor: Cursor): IntegerRange {
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

const ADDRESS_CHARACTERS = /[0-9a-f:./]*/iy;
const SHORT_IPV4 = /^\d+(?:\.\d+){0,3}$/;
const DIGITS = /^\d+$/;
const LONGEST_PREFIX = 255;

/** Reads one IP address. */
export function readAddressLiteral(cursor: Cursor): AddressLiteral {
  const start = cursor.offset;
  const value = strictAddress(cursor, readChunk(cursor), start);
  return { kind: "address", value, span: cursor.spanFrom(start) };
}

/** Reads one address, a CIDR block without host bits, or a range `first..last` within one family. */
function readAddressRange(cursor: Cursor): AddressRangeLiteral {
  const start = cursor.offset;
  const chunk = readChunk(cursor);
  const dots = chunk.indexOf("..");
  const range = dots < 0 ? blockFrom(cursor, chunk, start) : rangeFrom(cursor, chunk, dots, start);
  return { ...range, span: cursor.spanFrom(start) };
}

function readChunk(cursor: Cursor): string {
  const chunk = cursor.takeWhile(ADDRESS_CHARACTERS);
  return chunk === "" ? cursor.fail(`${cursor.found()}, expected an IP address`) : chunk;
}

function rangeFrom(cursor: Cursor, chunk: string, dots: number, start: number): Omit<AddressRangeLiteral, "span"> {
  const first = strictAddress(cursor, chunk.slice(0, dots), start);
  const last = strictAddress(cursor, chunk.slice(dots + 2), start + dots + 2);
  if (first.family !== last.family || first.value > last.value) {
    cursor.fail(`found the range ${chunk}, expected two addresses of one family, the smaller one first`, start);
  }
  return { family: first.family, first: first.value, last: last.value };
}

function blockFrom(cursor: Cursor, chunk: string, start: number): Omit<AddressRangeLiteral, "span"> {
  const slash = chunk.lastIndexOf("/");
  const host = slash < 0 ? chunk : chunk.slice(0, slash);
  const address = looseAddress(host) ?? notAnAddress(cursor, host, start);
  const prefixLength = slash < 0 ? WIDTH[address.family] : prefixLengthFrom(cursor, chunk, address, start);
  const block = blockOf({ address, prefixLength });
  if (block.network !== address.value) {
    cursor.fail(`found ${chunk} with host bits, expected the first address of the block`, start);
  }
  return { family: address.family, ...intervalOf(block) };
}

function prefixLengthFrom(cursor: Cursor, chunk: string, { family }: Address, start: number): number {
  const text = chunk.slice(chunk.lastIndexOf("/") + 1);
  const allowed = `expected a prefix length from 0 to ${WIDTH[family]}`;
  if (!DIGITS.test(text) || Number(text) > LONGEST_PREFIX) {
    cursor.fail(`found the prefix length ${JSON.stringify(text)}, ${allowed}`, start + chunk.indexOf("/") + 1);
  }
  return Number(text) > WIDTH[family] ? cursor.fail(`found ${chunk}, ${allowed}`, start) : Number(text);
}

function strictAddress(cursor: Cursor, text: string, at: number): Address {
  return parseAddress(text) ?? notAnAddress(cursor, text, at);
}

function notAnAddress(cursor: Cursor, text: string, at: number): never {
  return cursor.fail(
    text.includes("/")
      ? `found ${text}, expected one IP address; a CIDR block stands in braces after "in"`
      : `found ${text === "" ? "nothing" : text}, expected an IP address`,
    at,
  );
}

/** The engine adds zeros behind a short IPv4 address (`10.1` is 10.1.0.0), and takes leading zeros. */
function looseAddress(text: string): Address | undefined {
  const strict = parseAddress(text);
  if (strict !== undefined || !SHORT_IPV4.test(text)) return strict;
  const octets = text.split(".").map(Number);
  if (octets.some((octet) => octet > 255)) return undefined;
  const value = [0, 1, 2, 3].reduce((sum, index) => sum * 256 + (octets[index] ?? 0), 0);
  return { family: 4, value: BigInt(value) };
}
