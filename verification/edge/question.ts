import {
  type Bytes,
  type Call,
  isValue,
  parseRegex,
  type Predicate,
  print,
  type Value,
} from "../../network/rules-language";
import { attempt } from "../attempt";
import { oncePer } from "../once-per";
import type { Dfa } from "../solver/language/dfa";
import { UnsupportedRegexError, finds, matchesWildcard } from "../solver/language/regex";
import { compares, lengthIn, contains, endsWith, oneOf, startsWith } from "../solver/language/words";
import { lowered, recursivelyDecoded, uppered, urlDecoded } from "../solver/language/preimages";
import { EdgeAxis, type EdgeQuestion, type StringAxis } from "./axes";
import { addressesOf, integersOf, type Lists, testOf } from "./evaluate/predicate-test";

/**
 * The question of a predicate for one axis; undefined where it asks for something else, or for more than one.
 * A predicate without a question is unconstrained: both answers have to be considered.
 */
export function questionOf(predicate: Predicate, lists: Lists): EdgeQuestion | undefined {
  const { operand, kind } = predicate;
  const field = operand.kind === "field" && operand.indexes.length === 0 ? operand.name : undefined;
  switch (field) {
    case "ip.src": {
      const asks = addressesOf(predicate, lists);
      return asks && { axis: EdgeAxis.SOURCE, asks };
    }
    case "ssl":
    case "cf.edge.server_port": {
      const test = testOf(predicate);
      return kind === "list-membership"
        ? undefined
        : {
            axis: EdgeAxis.CONNECTION,
            asks: ({ scheme, port }) => test(field === "ssl" ? scheme === "https" : BigInt(port), lists).isTrue,
          };
    }
    default: {
      const asked = stringQuestion(predicate);
      const axis = STRING_FIELDS.get(asked?.field ?? "");
      return asked === undefined || axis === undefined ? undefined : { axis, asks: asked.dfa };
    }
  }
}

const STRING_FIELDS: ReadonlyMap<string, StringAxis> = new Map(
  ([EdgeAxis.METHOD, EdgeAxis.HOST, EdgeAxis.QUERY, EdgeAxis.PATH] as const).map((field) => [field, field]),
);

/** A DFA that is asked about a value, which may be computed from a field. */
interface ValueQuestion {
  readonly value: Value;
  readonly dfa: Dfa;
  /** Whether YES also holds for everything that the value decodes to. */
  readonly settles: boolean;
}

/** A DFA that is asked about a field itself. */
export interface FieldQuestion {
  readonly field: string;
  readonly dfa: Dfa;
}

/**
 * The question that a predicate on a string, or on its length, asks of one field; undefined where no DFA answers it.
 * Such a predicate reaches into a map or an array, joins fields, or uses a function or a regular expression that isn't
 * modelled.
 */
export const stringQuestion = oncePer((predicate: Predicate): FieldQuestion | undefined => {
  const text = print(predicate);
  if (!QUESTIONS.has(text)) QUESTIONS.set(text, fieldQuestion(predicate));
  return QUESTIONS.get(text);
});

/** By the text of the predicate: environments ask for the same, and DFAs keep the states that they have reached. */
const QUESTIONS = new Map<string, FieldQuestion | undefined>();

function fieldQuestion(predicate: Predicate): FieldQuestion | undefined {
  let question = valueQuestion(predicate);
  while (question?.value.kind === "call") question = argumentQuestion(question, question.value);
  return question?.value.kind === "field" && question.value.indexes.length === 0
    ? { field: question.value.name, dfa: question.dfa }
    : undefined;
}

function valueQuestion(predicate: Predicate): ValueQuestion | undefined {
  const { operand } = predicate;
  if (operand.indexes.length > 0) return undefined;
  if (predicate.kind === "truth") return searchQuestion(operand);
  if (operand.kind === "call" && operand.name === "len") return lengthQuestion(predicate, operand);
  const dfa = dfaOf(predicate);
  const settles = predicate.kind === "containment" && isUntouchedByDecoding(predicate.needle);
  return dfa === undefined ? undefined : { value: operand, dfa, settles };
}

function dfaOf(predicate: Predicate): Dfa | undefined {
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
      return attempt(() => finds(parseRegex(predicate.pattern)), UnsupportedRegexError);
    default:
      return undefined;
  }
}

const SEARCHES: ReadonlyMap<string, (word: Bytes) => Dfa> = new Map([
  ["starts_with", startsWith],
  ["ends_with", endsWith],
]);

function searchQuestion(operand: Value): ValueQuestion | undefined {
  if (operand.kind !== "call") return undefined;
  const [value, word] = operand.arguments;
  const dfa = SEARCHES.get(operand.name);
  if (dfa === undefined || value === undefined || !isValue(value) || word?.kind !== "string") return undefined;
  return { value, dfa: dfa(word.value), settles: false };
}

function lengthQuestion(predicate: Predicate, { arguments: [value] }: Call): ValueQuestion | undefined {
  const lengths = integersOf(predicate);
  if (lengths === undefined || value === undefined || !isValue(value)) return undefined;
  const dfa = lengthIn(lengths);
  return dfa === undefined ? undefined : { value, dfa, settles: false };
}

/** The question that one about a call asks of the call's argument: the preimage under the function. */
function argumentQuestion({ dfa, settles }: ValueQuestion, call: Call): ValueQuestion | undefined {
  const [value, options] = call.arguments;
  if (value === undefined || !isValue(value) || call.indexes.length > 0) return undefined;
  switch (call.name) {
    case "lower":
      return { value, dfa: lowered(dfa), settles };
    case "upper":
      return { value, dfa: uppered(dfa), settles };
    case "url_decode": {
      const decoded = decodedDfa(dfa, settles, options?.kind === "string" ? options.value : "");
      return decoded === undefined ? undefined : { value, dfa: decoded, settles: false };
    }
    default:
      return undefined;
  }
}

/** The option `u`, which decodes `%uXXXX` too, is not modelled. */
function decodedDfa(dfa: Dfa, settles: boolean, options: Bytes): Dfa | undefined {
  if (options === "") return urlDecoded(dfa, true);
  return options === "r" ? recursivelyDecoded(dfa, settles) : undefined;
}

/**
 * Whether further decoding leaves every occurrence of a word as it is: no escape begins in the word, and none reaches
 * into it. The case of letters plays no part in that.
 */
function isUntouchedByDecoding(word: Bytes): boolean {
  return !/^[0-9a-f]/i.test(word) && !/[%+]/.test(word);
}
