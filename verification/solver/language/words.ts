import type { Bytes } from "../../../network/rules-language";
import { answerOf } from "../formula";
import { bytesOfWords, DEAD, type Dfa } from "./dfa";

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
