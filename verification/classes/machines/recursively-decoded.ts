import { Answer } from "../../solver/answer";
import { advance, answerAt, classifyBytes, DEAD, type Machine, weightAt } from "./machine";
import { digitOf, urlDecoded } from "./url-decoded";

const PERCENT = 0x25;
const PLUS = 0x2b;

/** How far the decoded value has come towards holding an escape itself. */
enum Escape {
  NONE,
  PERCENT,
  PERCENT_AND_DIGIT,
  FOUND,
}

/**
 * Asks a machine about the value decoded until nothing is left to decode. No automaton can: the strings that decode
 * recursively to one byte are no regular language.
 *
 * Exact where the value decoded once holds no escape, `+` among them. On the others the answer is free, but YES where it
 * is YES for the value decoded once and `settles` says that no further decoding changes that.
 *
 * @param settles whether YES for a value holds for whatever that value decodes to
 */
export function recursivelyDecoded(machine: Machine, settles: boolean): Machine {
  const positions: { readonly inner: number; readonly escape: Escape }[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (reached: number, escape: Escape): number => {
    const inner = escape === Escape.FOUND && !settles ? DEAD : reached;
    const key = `${inner} ${escape}`;
    const number = numbers.get(key) ?? positions.push({ inner, escape }) - 1;
    numbers.set(key, number);
    return number;
  };
  const once: Machine = {
    mayBeFree: true,
    weight: (state) => weightAt(machine, positions[state]?.inner ?? DEAD),
    start: numberOf(machine.start, Escape.NONE),
    byteClasses: classifyBytes((byte) => `${machine.byteClasses[byte] ?? 0} ${kindOf(byte)}`),
    step: (state, byte) => {
      const { inner, escape } = positions[state] ?? { inner: DEAD, escape: Escape.NONE };
      return numberOf(advance(machine, inner, byte), escapeAfter(escape, byte));
    },
    answer: (state) => {
      const { inner, escape } = positions[state] ?? { inner: DEAD, escape: Escape.NONE };
      const answer = answerAt(machine, inner);
      const isExact = escape !== Escape.FOUND || (settles && answer === Answer.YES);
      return isExact ? answer : Answer.FREE;
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
