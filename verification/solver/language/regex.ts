import { Assertion, type Bytes, ByteSet, parseWildcard, type RegexNode } from "../../../network/rules-language";
import { answerOf } from "../formula";
import { BYTES, classifyBytes, type Dfa } from "./dfa";

const LF = "\n";
const CR = "\r";

/**
 * Whether an assertion holds between two bytes, each of which is empty where the value begins or ends.
 *
 * @see https://docs.rs/regex-automata/0.4.14/regex_automata/util/look/enum.Look.html
 */
const HOLDS: Readonly<Record<Assertion, (before: string, behind: string) => boolean>> = {
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

/** An automaton that accepts the texts that a regular expression matches from its start on. */
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

const FOUND = 0;

/** Nondeterministic states that were entered by the last byte, and that byte as far as assertions can tell. */
interface Position {
  readonly entered: readonly number[];
  readonly before: Bytes;
}

/**
 * Whether a regular expression matches some part of the value: the subset construction, made as far as it is reached. An
 * assertion looks at the next byte, so the states behind assertions are added when that byte is read.
 *
 * @throws UnsupportedRegexError
 */
export function finds(regex: RegexNode): Dfa {
  const nfa = nfaOf(regex);
  const positions: (Position | undefined)[] = [undefined];
  const numbers = new Map<string, number>();
  const asserted = new Set(nfa.states.flatMap((state) => (state.kind === "assertion" ? [state.assertion] : [])));
  const numberOf = (position: Position): number => {
    const key = `${position.before}|${position.entered.join()}`;
    const number = numbers.get(key) ?? positions.push(position) - 1;
    numbers.set(key, number);
    return number;
  };
  const closureAt = (state: number, behind: Bytes) => {
    const { entered, before } = positions[state] ?? { entered: [], before: "" };
    return closure(nfa, [nfa.start, ...entered], before, behind);
  };
  const weights: number[] = [];
  const weightOf = (state: number): number => {
    const reached = state === FOUND ? FOUND : closureAt(state, "");
    return reached === FOUND ? 1 : reached.size;
  };
  return {
    start: numberOf({ entered: [], before: "" }),
    byteClasses: byteClassesOf(nfa, asserted),
    step: (state, byte) => {
      if (state === FOUND) return FOUND;
      const reached = closureAt(state, String.fromCharCode(byte));
      if (reached === FOUND) return FOUND;
      return numberOf({ entered: enteredFrom(nfa, reached, byte), before: seenBy(asserted, byte) });
    },
    answer: (state) => answerOf(state === FOUND || closureAt(state, "") === FOUND),
    weight: (state) => (weights[state] ??= weightOf(state)),
  };
}

/** The states that are reached without reading a byte; FOUND where one of them accepts. */
function closure({ states }: Nfa, from: readonly number[], before: Bytes, behind: Bytes): Set<number> | typeof FOUND {
  const reached = new Set<number>();
  const pending = [...from];
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    const state = states[index];
    if (state === undefined || reached.has(index)) continue;
    reached.add(index);
    if (state.kind === "match") return FOUND;
    if (state.kind === "split") pending.push(...state.next);
    if (state.kind === "assertion" && HOLDS[state.assertion](before, behind)) pending.push(state.next);
  }
  return reached;
}

function enteredFrom({ states }: Nfa, reached: ReadonlySet<number>, byte: number): readonly number[] {
  const entered = new Set<number>();
  for (const index of reached) {
    const state = states[index];
    if (state?.kind === "byte" && state.set.has(byte)) entered.add(state.next);
  }
  return [...entered].sort((one, other) => one - other);
}

/** A byte that assertions can't tell from the one read. They only ask whether it ends a line or is part of a word. */
function seenBy(asserted: ReadonlySet<Assertion>, byte: number): Bytes {
  const character = String.fromCharCode(byte);
  const onlyText = [...asserted].every(
    (assertion) => assertion === Assertion.TEXT_START || assertion === Assertion.TEXT_END,
  );
  if (onlyText) return " ";
  if (/^[\n\r]$/.test(character)) return character;
  return /^\w$/.test(character) ? "a" : " ";
}

function byteClassesOf({ states }: Nfa, asserted: ReadonlySet<Assertion>): readonly number[] {
  const sets = new Set<ByteSet>(states.flatMap((state) => (state.kind === "byte" ? [state.set] : [])));
  const keys = BYTES.map((byte) => seenBy(asserted, byte));
  for (const set of sets) BYTES.forEach((byte) => (keys[byte] += set.has(byte) ? "1" : "0"));
  return classifyBytes((byte) => keys[byte] ?? "");
}

const ANY: RegexNode = {
  kind: "repetition",
  part: { kind: "byte", set: ByteSet.ALL },
  least: 0,
  most: Infinity,
};

/** Whether the whole value matches a wildcard pattern. */
export function matchesWildcard(pattern: Bytes, strict: boolean): Dfa {
  const tokens = parseWildcard(pattern).flatMap((token) =>
    token.kind === "any" ? [ANY] : Array.from(token.bytes, (byte) => literal(byte.charCodeAt(0), strict)),
  );
  const parts = [assertion(Assertion.TEXT_START), ...tokens, assertion(Assertion.TEXT_END)];
  return finds({ kind: "sequence", parts });
}

function literal(byte: number, strict: boolean): RegexNode {
  const set = ByteSet.single(byte);
  return { kind: "byte", set: strict ? set : set.foldCase() };
}

function assertion(kind: Assertion): RegexNode {
  return { kind: "assertion", assertion: kind };
}
