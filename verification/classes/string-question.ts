import { type Bytes, type Call, isValue, parseRegex, type Predicate, type Value } from "../../network/rules-language";
import { nfaOf, UnsupportedRegexError } from "../edge/evaluate";
import { oncePer } from "../once-per";
import { integersOf } from "./integers";
import { lowered, uppered } from "./machines/byte-map";
import type { Machine } from "./machines/machine";
import { compares, hasLength } from "./machines/order";
import { recursivelyDecoded } from "./machines/recursively-decoded";
import { finds } from "./machines/regex";
import { urlDecoded } from "./machines/url-decoded";
import { matchesWildcard } from "./machines/wildcard";
import { contains, endsWith, oneOf, startsWith } from "./machines/words";

/** A machine that is asked about a value, which may be computed from a field. */
interface Question {
  readonly value: Value;
  readonly machine: Machine;
  /** Whether YES holds for whatever the value decodes to. */
  readonly settles: boolean;
}

/** A machine that is asked about a field itself. */
export interface FieldQuestion {
  readonly field: string;
  readonly machine: Machine;
}

/**
 * The question that a predicate on a string, or on its length, asks of one field; undefined where no automaton answers
 * it: it reaches into a map or an array, joins fields, or uses a function or a regular expression that isn't modelled.
 */
export const stringQuestion = oncePer((predicate: Predicate): FieldQuestion | undefined => {
  // Machines keep the states that they have reached.
  let question = questionOf(predicate);
  while (question?.value.kind === "call") question = argumentQuestion(question, question.value);
  return question?.value.kind === "field" && question.value.indexes.length === 0
    ? { field: question.value.name, machine: question.machine }
    : undefined;
});

function questionOf(predicate: Predicate): Question | undefined {
  const { operand } = predicate;
  if (operand.indexes.length > 0) return undefined;
  if (predicate.kind === "truth") return searchQuestion(operand);
  if (operand.kind === "call" && operand.name === "len") return lengthQuestion(predicate, operand);
  const machine = machineOf(predicate);
  const settles = predicate.kind === "containment" && isUntouchedByDecoding(predicate.needle);
  return machine === undefined ? undefined : { value: operand, machine, settles };
}

function machineOf(predicate: Predicate): Machine | undefined {
  switch (predicate.kind) {
    case "comparison":
      return predicate.literal.kind === "string" ? compares(predicate.operator, predicate.literal.value) : undefined;
    case "membership":
      return predicate.set.kind === "strings" ? oneOf(predicate.set.members.map(({ value }) => value)) : undefined;
    case "containment":
      return contains(predicate.needle);
    case "wildcard-match":
      return matchesWildcard(predicate.pattern, predicate.strict);
    case "regex-match":
      return regexMachine(predicate.pattern);
    default:
      return undefined;
  }
}

function regexMachine(pattern: string): Machine | undefined {
  try {
    return finds(nfaOf(parseRegex(pattern)));
  } catch (error) {
    if (!(error instanceof UnsupportedRegexError)) throw error;
    return undefined;
  }
}

const SEARCHES: ReadonlyMap<string, (word: Bytes) => Machine> = new Map([
  ["starts_with", startsWith],
  ["ends_with", endsWith],
]);

function searchQuestion(operand: Value): Question | undefined {
  if (operand.kind !== "call") return undefined;
  const [value, word] = operand.arguments;
  const machine = SEARCHES.get(operand.name);
  if (machine === undefined || value === undefined || !isValue(value) || word?.kind !== "string") return undefined;
  return { value, machine: machine(word.value), settles: false };
}

function lengthQuestion(predicate: Predicate, { arguments: [value] }: Call): Question | undefined {
  const lengths = integersOf(predicate);
  if (lengths === undefined || value === undefined || !isValue(value)) return undefined;
  const machine = hasLength(lengths);
  return machine === undefined ? undefined : { value, machine, settles: false };
}

/** The question that one about a call asks of the call's argument: the preimage under the function. */
function argumentQuestion({ machine, settles }: Question, call: Call): Question | undefined {
  const [value, options] = call.arguments;
  if (value === undefined || !isValue(value) || call.indexes.length > 0) return undefined;
  switch (call.name) {
    case "lower":
      return { value, machine: lowered(machine), settles };
    case "upper":
      return { value, machine: uppered(machine), settles };
    case "url_decode": {
      const decoded = decodedMachine(machine, settles, options?.kind === "string" ? options.value : "");
      return decoded === undefined ? undefined : { value, machine: decoded, settles: false };
    }
    default:
      return undefined;
  }
}

/** The option `u`, which decodes `%uXXXX` too, is not modelled. */
function decodedMachine(machine: Machine, settles: boolean, options: Bytes): Machine | undefined {
  if (options === "") return urlDecoded(machine, true);
  return options === "r" ? recursivelyDecoded(machine, settles) : undefined;
}

/**
 * Whether further decoding leaves every occurrence of a word as it is: no escape begins in the word, and none that
 * begins before it reaches into it. The case of letters plays no part in that.
 */
function isUntouchedByDecoding(word: Bytes): boolean {
  return !/^[0-9a-f]/i.test(word) && !/[%+]/.test(word);
}
