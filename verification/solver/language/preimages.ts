import { Answer } from "../formula";
import { advance, answerAt, BYTES, classifyBytes, DEAD, type Dfa, weightAt } from "./dfa";

const CASE_BIT = 0x20;

/** Asks a DFA about the value in lower case: only ASCII letters have a case. */
export function lowered(dfa: Dfa): Dfa {
  return mapped(dfa, LOWER);
}

/** Asks a DFA about the value in upper case. */
export function uppered(dfa: Dfa): Dfa {
  return mapped(dfa, UPPER);
}

const LOWER = BYTES.map((byte) => (0x41 <= byte && byte <= 0x5a ? byte | CASE_BIT : byte));
const UPPER = BYTES.map((byte) => (0x61 <= byte && byte <= 0x7a ? byte & ~CASE_BIT : byte));

function mapped(dfa: Dfa, map: readonly number[]): Dfa {
  const mapOf = (byte: number): number => map[byte] ?? byte;
  return {
    ...dfa,
    byteClasses: BYTES.map((byte) => dfa.byteClasses[mapOf(byte)] ?? 0),
    step: (state, byte) => dfa.step(state, mapOf(byte)),
  };
}

const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;
const DIGITS: readonly number[] = Array.from({ length: 16 }, (_, digit) => digit);

/** The part read so far of an escape that may turn out to be none. */
enum Pending {
  NOTHING,
  PERCENT,
  PERCENT_AND_DIGIT,
}

/** Where the DFA stands on the decoded value, and where it would for each way in which the escape may go on. */
interface Position {
  /** The inner state before the pending bytes, while that matters. */
  readonly inner: number;
  readonly pending: Pending;
  /** The inner state if the pending bytes are no escape. */
  readonly literal: number;
  /** The inner state for each second digit. Empty unless a first one is pending. */
  readonly decoded: readonly number[];
}

/**
 * Asks a DFA about the value decoded once: `%XX` becomes a byte, `+` a space if it is an escape; every other byte
 * stays. This is the exact preimage.
 *
 * @param plus whether `+` stands for a space, as for `url_decode` and unlike in a path that a server decodes
 */
export function urlDecoded(dfa: Dfa, plus: boolean): Dfa {
  const positions: Position[] = [];
  const numbers = new Map<string, number>();

  const numberOf = (position: Position): number => {
    const { pending, inner, literal, decoded } = position;
    if ([literal, inner, ...decoded].every((state) => state === DEAD)) return DEAD;
    const key = `${pending} ${literal} ${decoded.length > 0 ? decoded.join() : inner}`;
    const number = numbers.get(key) ?? positions.push(position) - 1;
    numbers.set(key, number);
    return number;
  };
  const settled = (inner: number): number => numberOf({ inner, pending: Pending.NOTHING, literal: inner, decoded: [] });
  const percentAfter = (inner: number): number =>
    numberOf({ inner, pending: Pending.PERCENT, literal: advance(dfa, inner, PERCENT), decoded: [] });
  const digitAfter = ({ inner, literal }: Position, byte: number, digit: number): number =>
    numberOf({
      inner: DEAD,
      pending: Pending.PERCENT_AND_DIGIT,
      literal: advance(dfa, literal, byte),
      decoded: DIGITS.map((second) => advance(dfa, inner, digit * 16 + second)),
    });
  const afresh = (inner: number, byte: number): number => {
    if (byte === PERCENT) return percentAfter(inner);
    return settled(advance(dfa, inner, plus && byte === PLUS ? SPACE : byte));
  };

  return {
    ...dfa,
    start: settled(dfa.start),
    byteClasses: classifyBytes((byte) => {
      const digit = digitOf(byte);
      const inner = dfa.byteClasses[byte] ?? 0;
      if (byte === PERCENT || (plus && byte === PLUS)) return `escape ${byte}`;
      return digit === undefined ? inner : `${digit} ${inner}`;
    }),
    step: (state, byte) => {
      const position = positions[state];
      if (position === undefined) return DEAD;
      const digit = digitOf(byte);
      if (position.pending === Pending.NOTHING || digit === undefined) return afresh(position.literal, byte);
      return position.pending === Pending.PERCENT
        ? digitAfter(position, byte, digit)
        : settled(position.decoded[digit] ?? DEAD);
    },
    answer: (state) => answerAt(dfa, positions[state]?.literal ?? DEAD),
    weight: (state) => weightAt(dfa, positions[state]?.literal ?? DEAD),
  };
}

/** The value of a hexadecimal digit; undefined for any other byte. */
function digitOf(byte: number): number | undefined {
  if (0x30 <= byte && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return 0x61 <= lower && lower <= 0x66 ? lower - 0x61 + 10 : undefined;
}

/** How far the decoded value has come towards holding an escape itself. */
enum Escape {
  NONE,
  PERCENT,
  PERCENT_AND_DIGIT,
  FOUND,
}

/**
 * Asks a DFA about the value decoded until nothing is left to decode. No DFA can: the strings that decode
 * recursively to one byte are no regular language.
 *
 * Exact where the value decoded once holds no escape, `+` among them. For other values the answer is unknown. It is YES
 * only where it is YES for the value decoded once, and `settles` says that no further decoding changes that.
 *
 * @param settles whether YES for a value also holds for everything that it decodes to
 */
export function recursivelyDecoded(dfa: Dfa, settles: boolean): Dfa {
  const positions: { readonly inner: number; readonly escape: Escape }[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (reached: number, escape: Escape): number => {
    const inner = escape === Escape.FOUND && !settles ? DEAD : reached;
    const key = `${inner} ${escape}`;
    const number = numbers.get(key) ?? positions.push({ inner, escape }) - 1;
    numbers.set(key, number);
    return number;
  };
  const once: Dfa = {
    mayBeUnknown: true,
    weight: (state) => weightAt(dfa, positions[state]?.inner ?? DEAD),
    start: numberOf(dfa.start, Escape.NONE),
    byteClasses: classifyBytes((byte) => `${dfa.byteClasses[byte] ?? 0} ${kindOf(byte)}`),
    step: (state, byte) => {
      const { inner, escape } = positions[state] ?? { inner: DEAD, escape: Escape.NONE };
      return numberOf(advance(dfa, inner, byte), escapeAfter(escape, byte));
    },
    answer: (state) => {
      const { inner, escape } = positions[state] ?? { inner: DEAD, escape: Escape.NONE };
      const answer = answerAt(dfa, inner);
      const isExact = escape !== Escape.FOUND || (settles && answer === Answer.YES);
      return isExact ? answer : Answer.UNKNOWN;
    },
  };
  return urlDecoded(once, true);
}

type Kind = "percent" | "plus" | "digit" | "other";

function kindOf(byte: number): Kind {
  if (byte === PERCENT) return "percent";
  if (byte === PLUS) return "plus";
  return digitOf(byte) === undefined ? "other" : "digit";
}

function escapeAfter(escape: Escape, byte: number): Escape {
  const kind = kindOf(byte);
  if (escape === Escape.FOUND || kind === "plus") return Escape.FOUND;
  if (kind === "percent") return Escape.PERCENT;
  return kind === "digit" && escape !== Escape.NONE ? escape + 1 : Escape.NONE;
}
