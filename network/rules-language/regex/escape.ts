import { Assertion } from "./node";
import type { RegexReader } from "./reader";

/** The meaning of a backslash with the text behind it. */
export type RegexEscape =
  | { readonly kind: "character"; readonly character: string; readonly isByte: boolean }
  | { readonly kind: "perl-class"; readonly name: string; readonly isNegated: boolean }
  | { readonly kind: "unicode-class" }
  | { readonly kind: "assertion"; readonly assertion: Assertion };

const SPECIAL: ReadonlyMap<string, string> = new Map([
  ["a", "\x07"],
  ["f", "\f"],
  ["t", "\t"],
  ["n", "\n"],
  ["r", "\r"],
  ["v", "\v"],
]);

const ASSERTIONS: ReadonlyMap<string, Assertion> = new Map([
  ["A", Assertion.TEXT_START],
  ["z", Assertion.TEXT_END],
  ["B", Assertion.NOT_WORD_BOUNDARY],
  ["<", Assertion.WORD_START],
  [">", Assertion.WORD_END],
]);

const WORD_BOUNDARIES: ReadonlyMap<string, Assertion> = new Map([
  ["start", Assertion.WORD_START],
  ["end", Assertion.WORD_END],
  ["start-half", Assertion.WORD_START_HALF],
  ["end-half", Assertion.WORD_END_HALF],
]);

const HEX_DIGITS: ReadonlyMap<string, number> = new Map([
  ["x", 2],
  ["u", 4],
  ["U", 8],
]);

const HEX = /^[0-9a-fA-F]$/;
const DIGIT = /^[0-9]$/;
const PERL_CLASS = /^[dswDSW]$/;
const ESCAPABLE = /^[!-/:;=?@[-`{-~\0- \x7f]$/;
const BOUNDARY_NAME = /^[A-Za-z-]$/;
const LAST_CHARACTER = 0x10ffff;

/** Reads an escape, from its backslash on. */
export function readEscape(reader: RegexReader): RegexEscape {
  if (!reader.next()) reader.fail("a backslash with nothing behind it");
  const name = reader.character;
  const digits = HEX_DIGITS.get(name);
  if (DIGIT.test(name)) reader.fail("back-references are not supported");
  if (digits !== undefined) return readHexadecimal(reader, digits);
  if (name === "p" || name === "P") return readUnicodeClass(reader);
  reader.next();
  if (PERL_CLASS.test(name)) {
    return { kind: "perl-class", name: name.toLowerCase(), isNegated: name !== name.toLowerCase() };
  }
  if (name === "b") return { kind: "assertion", assertion: readWordBoundary(reader) };
  const assertion = ASSERTIONS.get(name);
  if (assertion !== undefined) return { kind: "assertion", assertion };
  const character = SPECIAL.get(name) ?? (ESCAPABLE.test(name) ? name : undefined);
  return character === undefined
    ? reader.fail(`the escape \\${name} is unknown`)
    : { kind: "character", character, isByte: false };
}

function readHexadecimal(reader: RegexReader, digits: number): RegexEscape {
  if (!reader.nextPastSpace()) reader.fail("a hexadecimal escape is incomplete");
  const isBraced = reader.startsWith("{");
  const text = isBraced ? readBracedDigits(reader) : readDigits(reader, digits);
  const code = parseInt(text, 16);
  if (!(code <= LAST_CHARACTER) || (0xd800 <= code && code <= 0xdfff)) reader.fail(`${text} is no Unicode character`);
  return { kind: "character", character: String.fromCodePoint(code), isByte: !isBraced && digits === 2 };
}

function readDigits(reader: RegexReader, count: number): string {
  let text = "";
  while (text.length < count) {
    if (!HEX.test(reader.character)) reader.fail(`expected ${count} hexadecimal digits`);
    text += reader.character;
    reader.nextPastSpace();
  }
  return text;
}

function readBracedDigits(reader: RegexReader): string {
  let text = "";
  while (reader.nextPastSpace() && reader.character !== "}") {
    if (!HEX.test(reader.character)) reader.fail("expected a hexadecimal digit or }");
    text += reader.character;
  }
  if (reader.isAtEnd || text === "") reader.fail("expected hexadecimal digits and }");
  reader.nextPastSpace();
  return text;
}

function readUnicodeClass(reader: RegexReader): RegexEscape {
  if (!reader.nextPastSpace()) reader.fail("expected the name of a Unicode class");
  if (!reader.flags.unicode) reader.fail("Unicode classes need the flag u");
  if (reader.character === "\\") reader.fail("expected the name of a Unicode class");
  if (reader.startsWith("{")) while (reader.nextPastSpace() && reader.character !== "}");
  if (reader.isAtEnd) reader.fail("expected } behind the name of a Unicode class");
  reader.next();
  return { kind: "unicode-class" };
}

/** `\b`, or one of the four `\b{name}`; `\b{2}` is a repeated `\b`. */
function readWordBoundary(reader: RegexReader): Assertion {
  const start = reader.offset;
  if (reader.character !== "{") return Assertion.WORD_BOUNDARY;
  if (!reader.nextPastSpace()) reader.fail("expected the name of a word boundary, or a number of repetitions");
  if (!BOUNDARY_NAME.test(reader.character)) {
    reader.moveTo(start);
    return Assertion.WORD_BOUNDARY;
  }
  let name = "";
  while (BOUNDARY_NAME.test(reader.character)) {
    name += reader.character;
    reader.nextPastSpace();
  }
  const boundary = WORD_BOUNDARIES.get(name);
  return boundary !== undefined && reader.skip("}") ? boundary : reader.fail(`\\b{${name}} is no word boundary`);
}
