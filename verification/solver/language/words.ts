import { holds, type Interval, type Intervals } from "../../../network/intervals";
import { type Bytes, ComparisonOperator } from "../../../network/rules-language";
import { answerOf } from "../formula";
import { bytesOfWords, classifyBytes, DEAD, type Dfa } from "./dfa";

/** Whether the value is one of some words. */
export function oneOf(words: readonly Bytes[]): Dfa {
  const nodes: Map<number, number>[] = [new Map()];
  const ends = new Set(words.map((word) => insert(nodes, word)));
  return {
    start: 0,
    byteClasses: bytesOfWords(...words),
    step: (state, byte) => nodes[state]?.get(byte) ?? DEAD,
    answer: (state) => answerOf(ends.has(state)),
  };
}

function insert(nodes: Map<number, number>[], word: Bytes): number {
  let at = 0;
  for (let index = 0; index < word.length; index += 1) {
    const byte = word.charCodeAt(index);
    const next = nodes[at]?.get(byte) ?? nodes.push(new Map()) - 1;
    nodes[at]?.set(byte, next);
    at = next;
  }
  return at;
}

/** Whether the value begins with a word. */
export function startsWith(word: Bytes): Dfa {
  return {
    start: 0,
    byteClasses: bytesOfWords(word),
    step: (state, byte) => {
      if (state === word.length) return state;
      return word.charCodeAt(state) === byte ? state + 1 : DEAD;
    },
    answer: (state) => answerOf(state === word.length),
  };
}

/** Whether the value holds a word somewhere. */
export function contains(word: Bytes): Dfa {
  const step = searchStep(word);
  return {
    start: 0,
    byteClasses: bytesOfWords(word),
    step: (state, byte) => (state === word.length ? state : step(state, byte)),
    answer: (state) => answerOf(state === word.length),
  };
}

/** Whether the value ends with a word. */
export function endsWith(word: Bytes): Dfa {
  return {
    start: 0,
    byteClasses: bytesOfWords(word),
    step: searchStep(word),
    answer: (state) => answerOf(state === word.length),
  };
}

/**
 * The search of Knuth, Morris and Pratt: a state is how many bytes of the word the value ends with so far.
 */
function searchStep(word: Bytes): (state: number, byte: number) => number {
  const borders = bordersOf(word);
  return (state, byte) => {
    let matched = state;
    while (matched > 0 && word.charCodeAt(matched) !== byte) matched = borders[matched - 1] ?? 0;
    return word.charCodeAt(matched) === byte ? matched + 1 : 0;
  };
}

/** For each prefix, the length of the longest shorter one that it ends with. */
function bordersOf(word: Bytes): readonly number[] {
  const borders = [0];
  for (let index = 1; index < word.length; index += 1) {
    let length = borders[index - 1] ?? 0;
    while (length > 0 && word[length] !== word[index]) length = borders[length - 1] ?? 0;
    borders.push(word[length] === word[index] ? length + 1 : 0);
  }
  return borders;
}

/** The orders of a value and a literal that an operator accepts: below, equal, above. */
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
