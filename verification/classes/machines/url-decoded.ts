import { advance, answerAt, classifyBytes, DEAD, type Machine, weightAt } from "./machine";

const PERCENT = 0x25;
const PLUS = 0x2b;
const SPACE = 0x20;
const DIGITS: readonly number[] = Array.from({ length: 16 }, (_, digit) => digit);

/** What was read of an escape that may turn out to be none. */
enum Pending {
  NOTHING,
  PERCENT,
  PERCENT_AND_DIGIT,
}

/** Where the machine stands on the decoded value, and where it would for each way in which the escape may go on. */
interface Position {
  /** The inner state before what is pending, while that matters. */
  readonly inner: number;
  readonly pending: Pending;
  /** The inner state if what is pending is no escape. */
  readonly literal: number;
  /** The inner state for each second digit. Empty unless a first one is pending. */
  readonly decoded: readonly number[];
}

/**
 * Asks a machine about the value decoded once: `%XX` becomes a byte, `+` a space if it is an escape, and what is no
 * escape stays. This is the exact preimage.
 *
 * @param plus whether `+` stands for a space, as for `url_decode` and unlike in a path that a server decodes
 */
export function urlDecoded(machine: Machine, plus: boolean): Machine {
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
    numberOf({ inner, pending: Pending.PERCENT, literal: advance(machine, inner, PERCENT), decoded: [] });
  const digitAfter = ({ inner, literal }: Position, byte: number, digit: number): number =>
    numberOf({
      inner: DEAD,
      pending: Pending.PERCENT_AND_DIGIT,
      literal: advance(machine, literal, byte),
      decoded: DIGITS.map((second) => advance(machine, inner, digit * 16 + second)),
    });
  const afresh = (inner: number, byte: number): number => {
    if (byte === PERCENT) return percentAfter(inner);
    return settled(advance(machine, inner, plus && byte === PLUS ? SPACE : byte));
  };

  return {
    start: settled(machine.start),
    byteClasses: classifyBytes((byte) => {
      const digit = digitOf(byte);
      const inner = machine.byteClasses[byte] ?? 0;
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
    answer: (state) => answerAt(machine, positions[state]?.literal ?? DEAD),
    weight: (state) => weightAt(machine, positions[state]?.literal ?? DEAD),
    ...(machine.mayBeFree === true ? { mayBeFree: true } : {}),
  };
}

/** The value of a hexadecimal digit; undefined for any other byte. */
export function digitOf(byte: number): number | undefined {
  if (0x30 <= byte && byte <= 0x39) return byte - 0x30;
  const lower = byte | 0x20;
  return 0x61 <= lower && lower <= 0x66 ? lower - 0x61 + 10 : undefined;
}
