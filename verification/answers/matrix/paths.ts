import { type Bytes, bytesOf, parse, type Predicate, printString } from "../../../network/rules-language";
import { advance, answerAt, classifyBytes, DEAD, type Dfa } from "../../solver/language/dfa";
import { stringQuestion } from "../../edge/question";
import { Answer } from "../../solver/formula";

/** Paths that a table has a column for. */
export interface PathGroup {
  /** Which they are, in words; undefined for those that are in no other group. */
  readonly name: string | undefined;
  /** Undefined for every path. */
  readonly paths: Dfa | undefined;
}

/**
 * All paths in groups: those that hold one of the routes, however they are escaped, those that hold none, and those of
 * which it is unknown, since they hold escapes of escapes, or several routes.
 */
export function pathGroups(routes: readonly string[]): readonly PathGroup[] {
  if (routes.length === 0) return [{ name: undefined, paths: undefined }];
  const key = JSON.stringify(routes);
  const groups = GROUPS.get(key) ?? groupsOf(routes);
  GROUPS.set(key, groups);
  return groups;
}

/** Machines keep the states that they have reached, so each is made once. */
const GROUPS = new Map<string, readonly PathGroup[]>();

type Answers = readonly Answer[];

function groupsOf(routes: readonly string[]): readonly PathGroup[] {
  const machines = routes.map((route) => holding(bytesOf(route)));
  const isNone = (answers: Answers): boolean => answers.every((answer) => answer === Answer.NO);
  const isOf = routes.map(
    (route) =>
      (answers: Answers): boolean =>
        answers.every((answer, at) => {
          const other = routes[at] ?? "";
          return other === route ? answer === Answer.YES : route.includes(other) || answer === Answer.NO;
        }),
  );
  return [
    { name: undefined, paths: asking(machines, isNone) },
    ...routes.map((route, at) => ({ name: `paths with ${route}`, paths: asking(machines, isOf[at] ?? isNone) })),
    {
      name: routes.length > 1 ? "paths escaped twice, or with several of these" : "paths escaped twice",
      paths: asking(machines, (answers) => !isNone(answers) && !isOf.some((is) => is(answers))),
    },
  ];
}

/** Whether a path holds a text in any case, once nothing is left to decode. */
function holding(text: Bytes): Dfa {
  const condition = `lower(url_decode(http.request.uri.path, "r")) contains ${printString(text)}`;
  const question = stringQuestion(parse(condition) as Predicate);
  if (question === undefined) throw new Error(`no automaton decides ${condition}`);
  return question.dfa;
}

/** Whether the answers of some machines together are such. */
function asking(machines: readonly Dfa[], isSuch: (answers: Answers) => boolean): Dfa {
  const positions: (readonly number[])[] = [];
  const numbers = new Map<string, number>();
  const numberOf = (states: readonly number[]): number => {
    const key = states.join();
    const number = numbers.get(key) ?? positions.push(states) - 1;
    numbers.set(key, number);
    return number;
  };
  const statesAt = (number: number): readonly number[] => positions[number] ?? machines.map(() => DEAD);
  return {
    start: numberOf(machines.map(({ start }) => start)),
    byteClasses: classifyBytes((byte) => machines.map(({ byteClasses }) => byteClasses[byte]).join()),
    step: (number, byte) => numberOf(statesAt(number).map((state, at) => advance(machines[at] as Dfa, state, byte))),
    answer: (number) => {
      const answers = statesAt(number).map((state, at) => answerAt(machines[at] as Dfa, state));
      return isSuch(answers) ? Answer.YES : Answer.NO;
    },
  };
}
