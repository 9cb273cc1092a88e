import { bytesOf } from "../bytes";
import { perlClass, readBracketClass } from "./bracket-class";
import { ByteSet } from "./byte-set";
import { type RegexEscape, readEscape } from "./escape";
import { openGroup } from "./group";
import { Assertion, type Nested, type RegexNode } from "./node";
import { type RegexFlags, RegexReader } from "./reader";
import { isRepetitionOperator, readRepetition } from "./repetition";

/** The deepest nesting that the Rust crate parses by default. */
const MOST_NESTING = 250;
const LINE_FEED = ByteSet.of(0x0a);
const LINE_ENDS = ByteSet.of(0x0a, 0x0d);

/**
 * Parses a regular expression in the syntax of Rust's `regex` crate, as Cloudflare's engine configures it: bytes, not
 * characters, unless `(?u)` asks for them.
 *
 * @throws RegexSyntaxError when it is none
 *
 * Source: https://docs.rs/regex/latest/regex/#syntax and cloudflare/wirefilter (commit af1a1e9)
 * `engine/src/rhs_types/regex/imp_real.rs`
 */
export function parseRegex(pattern: string): RegexNode {
  const reader = new RegexReader(pattern);
  const { node, depth } = readAlternation(reader, 0);
  if (!reader.isAtEnd) reader.fail("a closing parenthesis without an opening one");
  if (depth > MOST_NESTING) reader.fail(`more than ${MOST_NESTING} levels of nesting`);
  return node;
}

function readAlternation(reader: RegexReader, nesting: number): Nested {
  if (nesting > MOST_NESTING) reader.fail(`more than ${MOST_NESTING} levels of nesting`);
  const branches = [readConcatenation(reader, nesting)];
  while (reader.skip("|")) branches.push(readConcatenation(reader, nesting));
  return nest(branches, (nodes) => ({ kind: "alternation", branches: nodes }));
}

function readConcatenation(reader: RegexReader, nesting: number): Nested {
  const parts: Nested[] = [];
  let repeatable = false;
  for (
    reader.skipSpace();
    !reader.isAtEnd && reader.character !== "|" && reader.character !== ")";
    reader.skipSpace()
  ) {
    if (isRepetitionOperator(reader)) {
      const part = parts.pop();
      if (part === undefined || !repeatable) return reader.fail("a repetition with nothing to repeat");
      parts.push(readRepetition(reader, part));
    } else {
      const part = reader.character === "(" ? readGroup(reader, nesting) : readPrimitive(reader);
      repeatable = part !== undefined;
      parts.push(part ?? EMPTY);
    }
  }
  return nest(parts, (nodes) => ({ kind: "sequence", parts: nodes }));
}

const EMPTY: Nested = { node: { kind: "sequence", parts: [] }, depth: 0 };

/** One part stands for itself; several nest one level deeper, as in the Rust crate. */
function nest(parts: readonly Nested[], join: (nodes: readonly RegexNode[]) => RegexNode): Nested {
  const [only, ...others] = parts;
  if (only === undefined) return EMPTY;
  if (others.length === 0) return only;
  const deepest = parts.reduce((most, { depth }) => Math.max(most, depth), 0);
  return { node: join(parts.map(({ node }) => node)), depth: 1 + deepest };
}

/** @returns the group, or undefined for flags that stand alone, which hold until the end of the group around them */
function readGroup(reader: RegexReader, nesting: number): Nested | undefined {
  const outside = reader.flags;
  if (!openGroup(reader)) return undefined;
  const { node, depth } = readAlternation(reader, nesting + 1);
  if (!reader.skip(")")) reader.fail("a group has no closing parenthesis");
  reader.flags = outside;
  return { node, depth: depth + 1 };
}

function readPrimitive(reader: RegexReader): Nested {
  const { flags } = reader;
  switch (reader.character) {
    case "[": {
      const { set, depth } = readBracketClass(reader, 1, MOST_NESTING);
      return { node: byteNode(set), depth };
    }
    case "\\":
      return { node: escaped(reader, readEscape(reader)), depth: 0 };
    case ".":
      reader.next();
      return { node: byteNode(dotSet(flags)), depth: 0 };
    case "^":
      reader.next();
      return { node: { kind: "assertion", assertion: startOf(flags) }, depth: 0 };
    case "$":
      reader.next();
      return { node: { kind: "assertion", assertion: endOf(flags) }, depth: 0 };
    default: {
      const { character } = reader;
      reader.next();
      return { node: characterNode(flags, character), depth: 0 };
    }
  }
}

function escaped(reader: RegexReader, escape: RegexEscape): RegexNode {
  switch (escape.kind) {
    case "character":
      return escape.isByte && !reader.flags.unicode && escape.character > "\x7f"
        ? byteNode(ByteSet.single(escape.character.charCodeAt(0)))
        : characterNode(reader.flags, escape.character);
    case "perl-class":
      return byteNode(perlClass(reader, escape));
    case "unicode-class":
      return byteNode(undefined);
    case "assertion":
      return reader.flags.unicode && escape.assertion.includes("word")
        ? { kind: "unicode", what: "a word boundary in Unicode mode" }
        : { kind: "assertion", assertion: escape.assertion };
  }
}

function characterNode(flags: RegexFlags, character: string): RegexNode {
  if (flags.unicode && flags.caseInsensitive) return { kind: "unicode", what: "a letter of any case in Unicode mode" };
  const parts = [...bytesOf(character)].map((byte): RegexNode => {
    const set = ByteSet.single(byte.charCodeAt(0));
    return { kind: "byte", set: flags.caseInsensitive ? set.foldCase() : set };
  });
  return parts.length === 1 && parts[0] !== undefined ? parts[0] : { kind: "sequence", parts };
}

function byteNode(set: ByteSet | undefined): RegexNode {
  return set === undefined ? { kind: "unicode", what: "a character class in Unicode mode" } : { kind: "byte", set };
}

function dotSet(flags: RegexFlags): ByteSet | undefined {
  if (flags.unicode) return undefined;
  if (flags.dotMatchesNewline) return ByteSet.ALL;
  return (flags.crlf ? LINE_ENDS : LINE_FEED).complement();
}

function startOf({ multiLine, crlf }: RegexFlags): Assertion {
  if (!multiLine) return Assertion.TEXT_START;
  return crlf ? Assertion.CRLF_LINE_START : Assertion.LINE_START;
}

function endOf({ multiLine, crlf }: RegexFlags): Assertion {
  if (!multiLine) return Assertion.TEXT_END;
  return crlf ? Assertion.CRLF_LINE_END : Assertion.LINE_END;
}
