import { holds, type Interval, type Intervals } from "../../../network/intervals";
import { type Bytes, ComparisonOperator } from "../../../network/rules-language";
import { answerOf } from "../formula";
import { bytesOfWords, classifyBytes, type Dfa } from "./dfa";

/** Which orders of a value and a literal an operator accepts: below, equal, above. */
const ACCEPTED_ORDERS: Readonly<Record<ComparisonOperator, readonly (-1 | 0 | 1)[]>> = {
  [ComparisonOperator.EQUAL]: [0],
  [ComparisonOperator.NOT_EQUAL]: [-1, 1],
  [ComparisonOperator.LESS_OR_EQUAL]: [-1, 0],
  [ComparisonOperator.GREATER_OR_EQUAL]: [0, 1],
  [ComparisonOperator.LESS]: [-1],
  [ComparisonOperator.GREATER]: [1],
};

/** Whether an operator accepts an order of a value and a literal. */
export function isAccepted(operator: ComparisonOperator, order: -1 | 0 | 1): boolean {
  return ACCEPTED_ORDERS[operator].includes(order);
}

/** The parts of a range below, at and above a value that an operator accepts. */
export function ordered(operator: ComparisonOperator, value: bigint, { first, last }: Interval): readonly Interval[] {
  const parts = { [-1]: { first, last: value - 1n }, 0: { first: value, last: value }, 1: { first: value + 1n, last } };
  return ACCEPTED_ORDERS[operator].map((order) => parts[order]).filter((part) => part.first <= part.last);
}

/** How the value compares with a word, byte by byte. States up to the word's length count the equal bytes so far. */
export function compares(operator: ComparisonOperator, word: Bytes): Dfa {
  const { length } = word;
  const [below, above] = [length + 1, length + 2];
  const orders = ACCEPTED_ORDERS[operator];
  const orderAt = (state: number) => (state === above ? 1 : state === length ? 0 : -1);
  return {
    start: 0,
    byteClasses: isEquality(operator) ? bytesOfWords(word) : orderedClasses(word),
    step: (state, byte) => {
      if (state > length) return state;
      if (state === length) return above;
      const expected = word.charCodeAt(state);
      if (byte === expected) return state + 1;
      return byte < expected ? below : above;
    },
    answer: (state) => answerOf(orders.includes(orderAt(state))),
  };
}

function isEquality(operator: ComparisonOperator): boolean {
  return operator === ComparisonOperator.EQUAL || operator === ComparisonOperator.NOT_EQUAL;
}

/** The bytes of the word, and the gaps between them. */
function orderedClasses(word: Bytes): readonly number[] {
  const bytes = Array.from(new Set(word), (byte) => byte.charCodeAt(0)).sort((one, other) => one - other);
  return classifyBytes((byte) => {
    const lower = bytes.filter((each) => each < byte).length;
    return bytes.includes(byte) ? 2 * lower + 1 : 2 * lower;
  });
}

/** Whether the value's length in bytes is one of some numbers; undefined where it would cost too much to count so far. */
export function lengthIn(lengths: Intervals): Dfa | undefined {
  const bounds = lengths.flatMap(({ first, last }) => [first, last]).map(Number);
  const most = Math.max(0, ...bounds.filter((bound) => bound < MOST_LENGTH)) + 1;
  if (most > MOST_COUNTED) return undefined;
  return {
    start: 0,
    byteClasses: classifyBytes(() => 0),
    step: (state) => Math.min(state + 1, most),
    answer: (state) => answerOf(holds(lengths, BigInt(state))),
  };
}

/** Longer than any part of a request that Cloudflare takes. */
const MOST_LENGTH = 1_000_000;

/** As long as a URL may be: https://developers.cloudflare.com/workers/platform/limits/#request-limits */
const MOST_COUNTED = 16_384;
