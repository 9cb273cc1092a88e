import type { ByteSet } from "./byte-set";

/**
 * A regular expression over bytes. It says which strings match and no more: captures of groups and the greed of a repetition
 * don't change that.
 */
export type RegexNode = RegexByte | RegexSequence | RegexAlternation | RegexRepetition | RegexAssertion | RegexUnicode;

/** One byte out of a set. */
export interface RegexByte {
  readonly kind: "byte";
  readonly set: ByteSet;
}

export interface RegexSequence {
  readonly kind: "sequence";
  readonly parts: readonly RegexNode[];
}

export interface RegexAlternation {
  readonly kind: "alternation";
  readonly branches: readonly RegexNode[];
}

export interface RegexRepetition {
  readonly kind: "repetition";
  readonly part: RegexNode;
  readonly least: number;
  /** Infinity where there is no upper bound. */
  readonly most: number;
}

export interface RegexAssertion {
  readonly kind: "assertion";
  readonly assertion: Assertion;
}

/** A part that is valid, but matches by the Unicode tables of the Rust crate: `(?u)` was on. */
export interface RegexUnicode {
  readonly kind: "unicode";
  /** Its name, such as `a character class in Unicode mode`. */
  readonly what: string;
}

/** The condition of an assertion on the bytes before and behind its place. A word byte is one of `[0-9A-Za-z_]`. */
export enum Assertion {
  TEXT_START = "text start",
  TEXT_END = "text end",
  LINE_START = "line start",
  LINE_END = "line end",
  /** As `LINE_START`, where CR, LF and CRLF each end a line. */
  CRLF_LINE_START = "CRLF line start",
  CRLF_LINE_END = "CRLF line end",
  WORD_BOUNDARY = "word boundary",
  NOT_WORD_BOUNDARY = "no word boundary",
  WORD_START = "word start",
  WORD_END = "word end",
  /** No word byte before. */
  WORD_START_HALF = "word start, left half",
  /** No word byte behind. */
  WORD_END_HALF = "word end, right half",
}

/** A part of a regular expression and how deep its syntax nests, which the Rust crate limits. */
export interface Nested {
  readonly node: RegexNode;
  readonly depth: number;
}
