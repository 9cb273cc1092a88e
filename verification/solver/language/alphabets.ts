import type { Bytes } from "../../../network/rules-language";
import { Answer, answerOf } from "../formula";
import { advance, answerAt, BYTES, bytesOfWords, classifyBytes, DEAD, type Dfa, weightAt } from "./dfa";

const LOWER_FIRST = "abcdefghijklmnopqrstuvwxyz0123456789/-._=&ABCDEFGHIJKLMNOPQRSTUVWXYZ";

/** The bytes in the order in which people would choose them: lower case first, unprintable bytes last. */
export const NATURAL_BYTES = ordered(LOWER_FIRST);

/** The same, upper case first. */
export const NATURAL_METHOD_BYTES = ordered("ABCDEFGHIJKLMNOPQRSTUVWXYZ-");

function ordered(first: string): readonly number[] {
  const preferred = Array.from(first, (character) => character.charCodeAt(0));
  const printable = BYTES.filter((byte) => 0x21 <= byte && byte <= 0x7e);
  return [...new Set([...preferred, ...printable, ...BYTES])];
}

const HASH = 0x23;

/** Values of at least one byte, all of them in a set. */
function madeOf(isMember: (byte: number) => boolean): Dfa {
  return {
    start: 0,
    byteClasses: classifyBytes((byte) => String(isMember(byte))),
    step: (_, byte) => (isMember(byte) ? 1 : DEAD),
    answer: (state) => answerOf(state === 1),
  };
}

/** Values that are empty or made of bytes of a set. */
function emptyOrMadeOf(isMember: (byte: number) => boolean): Dfa {
  return { ...madeOf(isMember), answer: () => Answer.YES };
}

/** Values whose part before the first raw `#`, or the whole value where there is none, has the answer YES. */
export function beforeHash(dfa: Dfa): Dfa {
  const passed = 0;
  const enter = (inner: number): number => (inner === DEAD ? DEAD : inner + 1);
  return {
    start: enter(dfa.start),
    byteClasses: classifyBytes((byte) => (byte === HASH ? "#" : (dfa.byteClasses[byte] ?? 0))),
    weight: (state) => (state === passed ? 1 : weightAt(dfa, state - 1)),
    step: (state, byte) => {
      if (state === passed) return passed;
      if (byte !== HASH) return enter(advance(dfa, state - 1, byte));
      return dfa.answer(state - 1) === Answer.YES ? passed : DEAD;
    },
    answer: (state) => (state === passed ? Answer.YES : answerAt(dfa, state - 1)),
  };
}

/** The path's segment as far as it was read. */
enum Segment {
  BEFORE_PATH,
  EMPTY,
  ONE_DOT,
  TWO_DOTS,
  OTHER,
}

/** Paths that begin with `/`. */
export const ROOTED: Dfa = {
  start: Segment.BEFORE_PATH,
  byteClasses: bytesOfWords("/"),
  step: (state, byte) => {
    if (state !== Segment.BEFORE_PATH) return state;
    return byte === 0x2f ? Segment.OTHER : DEAD;
  },
  answer: (state) => answerOf(state === Segment.OTHER),
};

/**
 * The paths that URL normalisation of type `cloudflare` leaves: no `\`, no empty segment but the last, no dot segment.
 *
 * Escapes are left in any form. `%%341` becomes `%41`, an escape of a letter, since each is decoded once. So a path may
 * hold every escape behind normalisation that it may hold before it.
 *
 * @see https://developers.cloudflare.com/rules/normalization/how-it-works/
 */
export const NORMALISED: Dfa = {
  start: Segment.BEFORE_PATH,
  byteClasses: bytesOfWords("/.\\"),
  step: (state, byte) => {
    const character = String.fromCharCode(byte);
    if (character === "\\") return DEAD;
    if (state === Segment.BEFORE_PATH) return character === "/" ? Segment.EMPTY : DEAD;
    if (character === "/") return state === Segment.OTHER ? Segment.EMPTY : DEAD;
    return character === "." && state < Segment.TWO_DOTS ? state + 1 : Segment.OTHER;
  },
  answer: (state) => answerOf(state === Segment.EMPTY || state === Segment.OTHER),
};

const except = (excluded: Bytes) => (byte: number) => !excluded.includes(String.fromCharCode(byte));
const only = (pattern: RegExp) => {
  const members = BYTES.map((byte) => pattern.test(String.fromCharCode(byte)));
  return (byte: number) => members[byte] === true;
};

/** Bytes that end a request line or a header, wherever they stand. */
const LINE_ENDS = "\0\r\n";

/** A path ends at its `?`. */
export const PATH_BYTES = madeOf(except(`${LINE_ENDS}?`));
export const QUERY_BYTES = emptyOrMadeOf(except(LINE_ENDS));
/** `uri-host` with a port: https://www.rfc-editor.org/rfc/rfc3986#section-3.2.2 */
export const HOST_BYTES = madeOf(only(/[A-Za-z0-9\-._~%!$&'()*+,;=:[\]]/));
/** `token`: https://www.rfc-editor.org/rfc/rfc9110#section-5.6.2 */
export const METHOD_BYTES = madeOf(only(/[A-Za-z0-9!#$%&'*+\-.^_`|~]/));
