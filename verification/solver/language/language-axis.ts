import type { Bytes } from "../../../network/rules-language";
import { Answer } from "../formula";
import type { Asked, Axis, AxisClass, Spend } from "../axes";
import { answerAt, DEAD, type Dfa, run } from "./dfa";
import { reachedIn, spelling } from "./product";

/** The strings that are looked at. */
export interface Language {
  /** The name in the message if it explodes. */
  readonly name: string;
  /** Its strings are those for which all of these say YES. */
  readonly dfas: readonly Dfa[];
  /** Every byte, the most natural first. */
  readonly bytes: readonly number[];
  /** Values that people expect to see; the first of a class stands for it. */
  readonly expected: readonly Bytes[];
  /**
   * A tidier value that may stand for another one.
   *
   * @default - none
   */
  readonly tidied?: (value: Bytes) => Bytes;
  /**
   * Every string, where they are few.
   *
   * @default - too many to be written down
   */
  readonly all?: readonly Bytes[];
}

/** The strings of a regular language. A question is a DFA; one that is asked for a value answers YES or NO. */
export function languageAxis(language: Language): Axis<Dfa, Bytes> {
  const { dfas, expected, tidied = (value) => value } = language;
  const domain = dfas.map((question) => ({ question, holds: true }));
  const natural = expected.filter((value) => gives(domain, value));
  const all = language.all?.filter((value) => gives(domain, value));
  return {
    find: (asked, spend) => {
      const likely = natural.find((value) => gives(asked, value));
      if (likely !== undefined || all !== undefined) return likely ?? all?.find((value) => gives(asked, value));
      const found = shortestOf(language, [...domain, ...asked], spend);
      return found !== undefined && gives([...domain, ...asked], tidied(found)) ? tidied(found) : found;
    },
    classes: (questions) => {
      const likely = new Map([...natural].reverse().map((value) => [answersFor(questions, value).join(), value]));
      const [only] = likely.values();
      if (questions.length === 0 && only !== undefined) return [{ answers: [], examples: [only] }];
      return shortestClasses(language, questions).map(({ answers, examples: [shortest = ""] }) => {
        const tidy = tidied(shortest);
        const isAlike = gives(domain, tidy) && answersFor(questions, tidy).join() === answers.join();
        return { answers, examples: [likely.get(answers.join()) ?? (isAlike ? tidy : shortest)] };
      });
    },
    holds: (question, value) => run(question, value) === Answer.YES,
    has: (value) => gives(domain, value),
    natural,
    ...(all === undefined ? {} : { all }),
  };
}

function gives(asked: readonly Asked<Dfa>[], value: Bytes): boolean {
  return asked.every(({ question, holds }) => (run(question, value) === Answer.YES) === holds);
}

function isFound(asked: readonly Asked<Dfa>[], states: readonly number[]): boolean {
  return asked.every(({ question, holds }, at) => (answerAt(question, states[at] ?? DEAD) === Answer.YES) === holds);
}

function answersFor(questions: readonly Dfa[], value: Bytes): readonly Answer[] {
  return questions.map((dfa) => run(dfa, value));
}

/** The shortest string that gives some answers; undefined where none does. */
function shortestOf({ name, bytes }: Language, asked: readonly Asked<Dfa>[], spend?: Spend): Bytes | undefined {
  const wanted = [...asked].sort((one, other) => Number(other.holds) - Number(one.holds));
  const required = wanted.filter(({ holds }) => holds).length;
  const dfas = wanted.map(({ question }) => question);
  const search = (): Bytes | undefined => {
    for (const reached of reachedIn({ name, bytes, required, dfas }, spend)) {
      if (isFound(wanted, reached.states)) return spelling(reached);
    }
    return undefined;
  };
  // A counted search takes its steps each time.
  return spend === undefined ? SHORTEST.of(`${name} ${required}`, dfas, search) : search();
}

/** The classes that some DFAs tell apart, each with its shortest string. */
function shortestClasses(language: Language, asked: readonly Dfa[]): readonly AxisClass<Bytes>[] {
  const dfas = [...language.dfas, ...asked];
  return CLASSES.of(language.name, dfas, () => searched(language, dfas));
}

/** The results of searches, kept with their last DFA: environments and statements ask the same questions. */
class Searches<Found> {
  private readonly known = new WeakMap<
    Dfa,
    readonly { readonly about: string; readonly dfas: readonly Dfa[]; readonly found: Found }[]
  >();

  /** @param about the goal of the search, beside the DFAs */
  public of(about: string, dfas: readonly Dfa[], search: () => Found): Found {
    const last = dfas.at(-1);
    if (last === undefined) return search();
    const before = this.known.get(last) ?? [];
    const known = before.find((each) => each.about === about && areSame(each.dfas, dfas));
    if (known !== undefined) return known.found;
    const found = search();
    this.known.set(last, [...before, { about, dfas, found }]);
    return found;
  }
}

const SHORTEST = new Searches<Bytes | undefined>();
const CLASSES = new Searches<readonly AxisClass<Bytes>[]>();

function areSame(one: readonly Dfa[], other: readonly Dfa[]): boolean {
  return one.length === other.length && one.every((dfa, index) => dfa === other[index]);
}

function searched({ name, bytes, dfas: own }: Language, dfas: readonly Dfa[]): readonly AxisClass<Bytes>[] {
  const classes = new Map<string, AxisClass<Bytes>>();
  for (const reached of reachedIn({ name, dfas, bytes, required: own.length })) {
    const answers = dfas.map((dfa, index) => answerAt(dfa, reached.states[index] ?? DEAD));
    if (answers.slice(0, own.length).some((answer) => answer !== Answer.YES)) continue;
    const asked = answers.slice(own.length);
    if (!classes.has(asked.join())) classes.set(asked.join(), { answers: asked, examples: [spelling(reached)] });
    if (asked.length === 0) break;
  }
  return [...classes.values()];
}
