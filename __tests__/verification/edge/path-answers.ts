import { parse, type Predicate } from "../../../network/rules-language";
import { type Dfa, run } from "../../../verification/solver/language/dfa";
import { stringQuestion } from "../../../verification/edge/question";
import { evaluate } from "../../../verification/edge/evaluate/evaluate";
import { Answer } from "../../../verification/solver/formula";

export const PATH = "http.request.uri.path";

const MACHINES = new Map<string, Dfa>();

/** The DFA of a predicate on the path, made once. */
export function dfaOf(predicate: string): Dfa {
  const dfa = MACHINES.get(predicate) ?? made(predicate);
  MACHINES.set(predicate, dfa);
  return dfa;
}

function made(predicate: string): Dfa {
  const question = stringQuestion(parse(predicate) as Predicate);
  if (question?.field !== PATH) throw new Error(`no machine answers ${predicate}`);
  return question.dfa;
}

/** The answer of a predicate's DFA about a path. */
export function answer(predicate: string, path: string): Answer {
  return run(dfaOf(predicate), path);
}

/** The answer of the evaluator. It shares no code with the DFAs but the automata of regular expressions. */
export function verdict(predicate: string, path: string): Answer {
  const { value } = evaluate(parse(predicate), new Map([[PATH, path]]));
  if (value === undefined) throw new Error(`the evaluator can't decide ${predicate}`);
  return value ? Answer.YES : Answer.NO;
}
