import { ByteSet, ASCII_CLASSES, PERL_CLASSES } from "./byte-set";
import { type RegexEscape, readEscape } from "./escape";
import type { RegexReader } from "./reader";

/** A class of bytes and how deep its syntax nests. `set` is missing where the class is one of Unicode characters. */
export interface BracketClass {
  readonly set: ByteSet | undefined;
  readonly depth: number;
}

const OPERATIONS: ReadonlyMap<string, (left: ByteSet, right: ByteSet) => ByteSet> = new Map([
  ["&&", (left: ByteSet, right: ByteSet) => left.intersection(right)],
  ["--", (left: ByteSet, right: ByteSet) => left.difference(right)],
  ["~~", (left: ByteSet, right: ByteSet) => left.symmetricDifference(right)],
]);

const ASCII_CLASS = /^\[:(\^?)([^:]*):\]/;

/** Reads `[...]`, from its bracket on. */
export function readBracketClass(reader: RegexReader, nesting: number, mostNesting: number): BracketClass {
  if (nesting > mostNesting) reader.fail(`more than ${mostNesting} levels of nesting`);
  if (!reader.nextPastSpace()) unclosed(reader);
  const isNegated = reader.character === "^";
  if (isNegated && !reader.nextPastSpace()) unclosed(reader);
  const union = new Union(reader.flags.unicode);
  readLeadingLiterals(reader, union);
  const { set, depth } = readOperands(reader, union, nesting, mostNesting);
  reader.next();
  const folded = fold(reader, set);
  return { set: isNegated ? folded?.complement() : folded, depth: depth + 1 };
}

/** The set of `\d` and the like, or of `[:name:]`: undefined in Unicode mode. */
export function perlClass(
  reader: RegexReader,
  { name, isNegated }: RegexEscape & { kind: "perl-class" },
): ByteSet | undefined {
  const set = PERL_CLASSES.get(name);
  if (reader.flags.unicode) return undefined;
  return isNegated ? set?.complement() : set;
}

class Union {
  private set: ByteSet | undefined;
  private items = 0;
  private deepest = 0;

  public constructor(isUnicode: boolean) {
    this.set = isUnicode ? undefined : ByteSet.NONE;
  }

  public add(set: ByteSet | undefined, depth = 0): void {
    this.set = set && this.set?.union(set);
    this.items += 1;
    this.deepest = Math.max(this.deepest, depth);
  }

  public get isEmpty(): boolean {
    return this.items === 0;
  }

  public get result(): BracketClass {
    return { set: this.set, depth: this.deepest + (this.items > 1 ? 1 : 0) };
  }
}

/** A hyphen and a closing bracket that come first stand for themselves. */
function readLeadingLiterals(reader: RegexReader, union: Union): void {
  while (reader.character === "-") {
    union.add(literalSet(reader, "-"));
    if (!reader.nextPastSpace()) unclosed(reader);
  }
  if (!union.isEmpty || reader.character !== "]") return;
  union.add(literalSet(reader, "]"));
  if (!reader.nextPastSpace()) unclosed(reader);
}

function readOperands(reader: RegexReader, first: Union, nesting: number, mostNesting: number): BracketClass {
  let union = first;
  let pending = (right: BracketClass): BracketClass => right;
  for (;;) {
    reader.skipSpace();
    if (reader.isAtEnd) unclosed(reader);
    if (reader.character === "]") return pending(union.result);
    const operation = OPERATIONS.get(`${reader.character}${reader.peek()}`);
    if (operation === undefined) readItem(reader, union, nesting, mostNesting);
    else {
      reader.next();
      reader.next();
      pending = combine(reader, operation, pending(union.result));
      union = new Union(reader.flags.unicode);
    }
  }
}

function combine(
  reader: RegexReader,
  operation: (left: ByteSet, right: ByteSet) => ByteSet,
  left: BracketClass,
): (right: BracketClass) => BracketClass {
  return (right) => {
    const [one, other] = [fold(reader, left.set), fold(reader, right.set)];
    return { set: one && other && operation(one, other), depth: 1 + Math.max(left.depth, right.depth) };
  };
}

function readItem(reader: RegexReader, union: Union, nesting: number, mostNesting: number): void {
  if (reader.character !== "[") return readRange(reader, union);
  const ascii = readAsciiClass(reader);
  if (ascii !== undefined) return union.add(reader.flags.unicode ? undefined : ascii);
  const { set, depth } = readBracketClass(reader, nesting + 1, mostNesting);
  union.add(set, depth);
}

function readAsciiClass(reader: RegexReader): ByteSet | undefined {
  const [text = "", caret, name = ""] = ASCII_CLASS.exec(reader.rest()) ?? [];
  const set = ASCII_CLASSES.get(name);
  if (set === undefined) return undefined;
  reader.moveTo(reader.offset + [...text].length);
  const folded = fold(reader, set);
  return caret === "^" ? folded?.complement() : folded;
}

function readRange(reader: RegexReader, union: Union): void {
  const first = readClassCharacter(reader);
  reader.skipSpace();
  if (reader.isAtEnd) unclosed(reader);
  if (reader.character !== "-" || reader.peekPastSpace() === "]" || reader.peekPastSpace() === "-") {
    return union.add(itemSet(reader, first));
  }
  if (!reader.nextPastSpace()) unclosed(reader);
  const last = readClassCharacter(reader);
  if (first.kind !== "character" || last.kind !== "character")
    return reader.fail("a range goes from one character to another");
  if (codeOf(first.character) > codeOf(last.character)) reader.fail("a range starts with its smaller end");
  const [low, high] = [byteOf(reader, first), byteOf(reader, last)];
  union.add(low === undefined || high === undefined ? undefined : ByteSet.ranges([low, high]));
}

function readClassCharacter(reader: RegexReader): RegexEscape {
  if (reader.character === "\\") return readEscape(reader);
  const character = reader.character;
  reader.next();
  return { kind: "character", character, isByte: false };
}

function itemSet(reader: RegexReader, item: RegexEscape): ByteSet | undefined {
  if (item.kind === "assertion") return reader.fail("an assertion has no place in a character class");
  if (item.kind === "perl-class") return perlClass(reader, item);
  if (item.kind === "unicode-class") return undefined;
  const byte = byteOf(reader, item);
  return byte === undefined ? undefined : ByteSet.of(byte);
}

function literalSet(reader: RegexReader, character: string): ByteSet | undefined {
  return itemSet(reader, { kind: "character", character, isByte: false });
}

/** The byte that a character stands for; undefined in Unicode mode. */
function byteOf(reader: RegexReader, { character, isByte }: RegexEscape & { kind: "character" }): number | undefined {
  const code = codeOf(character);
  if (reader.flags.unicode) return undefined;
  if (code > 0x7f && !isByte) reader.fail("a character class of bytes holds ASCII characters and \\xHH only");
  return code;
}

function codeOf(character: string): number {
  return character.codePointAt(0) ?? 0;
}

function fold(reader: RegexReader, set: ByteSet | undefined): ByteSet | undefined {
  return reader.flags.caseInsensitive ? set?.foldCase() : set;
}

function unclosed(reader: RegexReader): never {
  return reader.fail("a character class has no closing bracket");
}
