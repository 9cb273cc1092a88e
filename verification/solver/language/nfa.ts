import { Assertion, type ByteSet, type RegexNode } from "../../../network/rules-language";

const LF = "\n";
const CR = "\r";

/**
 * Whether an assertion holds between two bytes, each of which is empty where the value begins or ends.
 *
 * @see https://docs.rs/regex-automata/0.4.14/regex_automata/util/look/enum.Look.html
 */
export const HOLDS: Readonly<Record<Assertion, (before: string, behind: string) => boolean>> = {
  [Assertion.TEXT_START]: (before) => before === "",
  [Assertion.TEXT_END]: (_, behind) => behind === "",
  [Assertion.LINE_START]: (before) => before === "" || before === LF,
  [Assertion.LINE_END]: (_, behind) => behind === "" || behind === LF,
  [Assertion.CRLF_LINE_START]: (before, behind) => before === "" || before === LF || (before === CR && behind !== LF),
  [Assertion.CRLF_LINE_END]: (before, behind) => behind === "" || behind === CR || (behind === LF && before !== CR),
  [Assertion.WORD_BOUNDARY]: (before, behind) => isWord(before) !== isWord(behind),
  [Assertion.NOT_WORD_BOUNDARY]: (before, behind) => isWord(before) === isWord(behind),
  [Assertion.WORD_START]: (before, behind) => !isWord(before) && isWord(behind),
  [Assertion.WORD_END]: (before, behind) => isWord(before) && !isWord(behind),
  [Assertion.WORD_START_HALF]: (before) => !isWord(before),
  [Assertion.WORD_END_HALF]: (_, behind) => !isWord(behind),
};

function isWord(byte: string): boolean {
  return /^\w$/.test(byte);
}

/** A state of a nondeterministic automaton over bytes. States are numbered by their place in `Nfa.states`. */
export type NfaState =
  | { readonly kind: "byte"; readonly set: ByteSet; readonly next: number }
  | { readonly kind: "assertion"; readonly assertion: Assertion; readonly next: number }
  | { readonly kind: "split"; readonly next: readonly number[] }
  | { readonly kind: "match" };

/** An automaton that accepts what a regular expression matches, from where it starts on. */
export interface Nfa {
  readonly states: readonly NfaState[];
  readonly start: number;
}

/** A regular expression that is valid but has no automaton here, and why. */
export class UnsupportedRegexError extends Error {
  public override readonly name = "UnsupportedRegexError";
}

const MOST_STATES = 20_000;

/**
 * Builds the automaton of a regular expression (Thompson's construction).
 *
 * @throws UnsupportedRegexError when it matches by Unicode tables, or would have more than 20,000 states
 */
export function nfaOf(regex: RegexNode): Nfa {
  const builder = new NfaBuilder();
  const start = builder.add(regex, builder.push({ kind: "match" }));
  return { states: builder.states, start };
}

class NfaBuilder {
  public readonly states: NfaState[] = [];

  public push(state: NfaState): number {
    if (this.states.length >= MOST_STATES) {
      throw new UnsupportedRegexError(`it has more than ${MOST_STATES} states`);
    }
    return this.states.push(state) - 1;
  }

  /** Adds a part whose end leads to a state, and returns where it starts. */
  public add(node: RegexNode, next: number): number {
    switch (node.kind) {
      case "byte":
        return this.push({ kind: "byte", set: node.set, next });
      case "assertion":
        return this.push({ kind: "assertion", assertion: node.assertion, next });
      case "sequence":
        return node.parts.reduceRight((after, part) => this.add(part, after), next);
      case "alternation":
        return this.push({ kind: "split", next: node.branches.map((branch) => this.add(branch, next)) });
      case "repetition":
        return this.repeat(node.part, node.least, node.most, next);
      case "unicode":
        throw new UnsupportedRegexError(`it has ${node.what}`);
    }
  }

  private repeat(part: RegexNode, least: number, most: number, next: number): number {
    let start = most === Infinity ? this.loop(part, next) : next;
    for (let count = least; most !== Infinity && count < most; count += 1) {
      start = this.push({ kind: "split", next: [this.add(part, start), next] });
    }
    for (let count = 0; count < least; count += 1) start = this.add(part, start);
    return start;
  }

  /** The part any number of times. */
  private loop(part: RegexNode, next: number): number {
    const again: number[] = [];
    const split = this.push({ kind: "split", next: again });
    again.push(this.add(part, split), next);
    return split;
  }
}
