import {
  type Bytes,
  ComparisonOperator,
  parse,
  type Predicate,
  textOf,
  type Value,
} from "../../network/rules-language";
import { groupedBy } from "../collections";
import { Answer } from "../solver/formula";
import { type Dfa, run } from "../solver/language/dfa";
import { ALL, type Values } from "./values";

/** A condition on a string, and the DFA that answers it. */
export interface StringCondition {
  readonly text: string;
  readonly dfa: Dfa;
}

/** One set of answers to all conditions, and whether it is among those to be named. */
interface Row {
  readonly answers: readonly Answer[];
  readonly isWanted: boolean;
}

/** Answers to some of the conditions, by their places. */
type Term = ReadonlyMap<number, Answer>;

/**
 * Some classes of a field in the words of the conditions that tell them apart; or the others, where that is shorter.
 *
 * @param classes the answers of each class to all conditions
 * @param wanted the places of the classes that are meant
 */
export function stringValues(
  conditions: readonly StringCondition[],
  classes: readonly (readonly Answer[])[],
  wanted: ReadonlySet<number>,
): Values {
  if (wanted.size === classes.length) return ALL;
  const rows = classes.map((answers, index) => ({ answers, isWanted: wanted.has(index) }));
  const phrases = phrasesOf(conditions.map(({ text }) => text));
  const isShort = (place: number): boolean => phrases[place] !== conditions[place]?.text;
  const terms = termsOf(rows, isShort);
  const others = termsOf(
    rows.map(({ answers, isWanted }) => ({ answers, isWanted: !isWanted })),
    isShort,
  );
  const kind = costOf(others) < costOf(terms) ? "except" : "only";
  const name = namerOf(conditions, phrases);
  const named = kind === "only" ? terms : others;
  return { kind, names: [...new Set(named.flatMap(name))], exact: exactly(named, conditions) };
}

/** The texts of some terms, the same in any order of terms and conditions. */
function exactly(terms: readonly Term[], conditions: readonly StringCondition[]): string {
  const written = (term: Term): string =>
    JSON.stringify([...term].map(([place, answer]) => [conditions[place]?.text ?? "", answer]).sort());
  return terms.map(written).sort().join();
}

/** Few terms that hold for the wanted rows alone and together for all of them. */
function termsOf(rows: readonly Row[], isShort: (place: number) => boolean): readonly Term[] {
  const terms: Term[] = [];
  for (const row of rows) {
    if (row.isWanted && !terms.some((term) => fits(row, term))) terms.push(widened(row, rows, isShort));
  }
  return terms.filter(
    (term, index) =>
      !rows
        .filter((row) => row.isWanted && fits(row, term))
        .every((row) => terms.some((other, at) => at > index && fits(row, other))),
  );
}

/** The shortest term that is easily found: denied conditions go first, and those that take long to say. */
function widened({ answers }: Row, rows: readonly Row[], isShort: (place: number) => boolean): Term {
  const term = new Map(answers.entries());
  const places = [...term.keys()].sort(
    (one, other) => (answers[one] ?? 0) - (answers[other] ?? 0) || Number(isShort(one)) - Number(isShort(other)),
  );
  for (const place of places) {
    const answer = term.get(place) ?? Answer.NO;
    term.delete(place);
    if (rows.some((row) => !row.isWanted && fits(row, term))) term.set(place, answer);
  }
  return term;
}

function fits({ answers }: Row, term: Term): boolean {
  return [...term].every(([place, answer]) => answers[place] === answer);
}

/** A condition that is said costs less than one that is denied. */
function costOf(terms: readonly Term[]): number {
  return terms.reduce((sum, term) => sum + 1 + [...term.values()].filter((answer) => answer !== Answer.YES).length, 0);
}

function namerOf(
  conditions: readonly StringCondition[],
  phrases: readonly string[],
): (term: Term) => readonly string[] {
  return (term) => {
    const values = valuesOf(term, conditions);
    return values.length > 0 ? values : [phraseOfTerm(term, phrases)];
  };
}

/** The values that a term stands for, where one of its conditions lists them. */
function valuesOf(term: Term, conditions: readonly StringCondition[]): readonly string[] {
  const listed = [...term].flatMap(([place, answer]) =>
    answer === Answer.YES ? (listedIn(conditions[place]?.text ?? "") ?? []) : [],
  );
  const fitting = listed.filter((value) =>
    [...term].every(([place, answer]) => {
      const dfa = conditions[place]?.dfa;
      return dfa !== undefined && run(dfa, value) === answer;
    }),
  );
  return fitting.map(shown);
}

function phraseOfTerm(term: Term, phrases: readonly string[]): string {
  const saying = (wanted: Answer): readonly string[] =>
    [...term].flatMap(([place, answer]) => (answer === wanted ? (phrases[place] ?? "") : []));
  const [positive, negative] = [saying(Answer.YES).join(" and "), saying(Answer.NO).join(" or ")];
  if (negative === "") return positive;
  return positive === "" ? `not ${negative}` : `${positive} but not ${negative}`;
}

/** Short phrases; where two conditions would share one, the conditions themselves. */
function phrasesOf(texts: readonly string[]): readonly string[] {
  const short = texts.map(shortPhrase);
  const uses = groupedBy(short, (phrase) => phrase);
  return short.map((phrase, index) => (uses.get(phrase)?.length === 1 ? phrase : (texts[index] ?? "")));
}

/** A condition's phrase for a field's value, however it is read: case and escapes are left to the condition. */
function shortPhrase(text: string): string {
  const predicate = parse(text) as Predicate;
  switch (predicate.kind) {
    case "comparison":
    case "membership":
      return listedBy(predicate)?.map(shown).join(" or ") ?? text;
    case "containment":
      return `containing ${shown(predicate.needle)}`;
    case "wildcard-match":
      return `like ${shown(predicate.pattern)}`;
    case "regex-match":
      return `matching ${predicate.pattern}`;
    case "truth":
      return searchPhrase(predicate.operand) ?? text;
    default:
      return text;
  }
}

function listedIn(text: string): readonly Bytes[] | undefined {
  return listedBy(parse(text) as Predicate);
}

/** The values that a condition lists, with or without functions around its field. */
function listedBy(predicate: Predicate): readonly Bytes[] | undefined {
  if (predicate.kind === "membership" && predicate.set.kind === "strings") {
    return predicate.set.members.map(({ value }) => value);
  }
  return predicate.kind === "comparison" &&
    predicate.operator === ComparisonOperator.EQUAL &&
    predicate.literal.kind === "string"
    ? [predicate.literal.value]
    : undefined;
}

const SEARCHES: Readonly<Record<string, string>> = { starts_with: "beginning with", ends_with: "ending in" };

function searchPhrase(operand: Value): string | undefined {
  if (operand.kind !== "call") return undefined;
  const [, word] = operand.arguments;
  const search = SEARCHES[operand.name];
  return search !== undefined && word?.kind === "string" ? `${search} ${shown(word.value)}` : undefined;
}

function shown(bytes: Bytes): string {
  if (bytes === "") return "empty";
  return textOf(bytes) ?? JSON.stringify(bytes);
}
