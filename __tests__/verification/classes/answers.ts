import { parse, type Predicate } from "../../../network/rules-language";
import { type Machine, run } from "../../../verification/classes/machines/machine";
import { stringQuestion } from "../../../verification/classes/string-question";
import { evaluate, Request } from "../../../verification/edge/evaluate";
import { Answer } from "../../../verification/solver/answer";

export const PATH = "http.request.uri.path";

const MACHINES = new Map<string, Machine>();

/** The machine of a predicate on the path, made once. */
export function machineOf(predicate: string): Machine {
  const machine = MACHINES.get(predicate) ?? made(predicate);
  MACHINES.set(predicate, machine);
  return machine;
}

function made(predicate: string): Machine {
  const question = stringQuestion(parse(predicate) as Predicate);
  if (question?.field !== PATH) throw new Error(`no machine answers ${predicate}`);
  return question.machine;
}

/** What the machine of a predicate says about a path. */
export function answer(predicate: string, path: string): Answer {
  return run(machineOf(predicate), path);
}

/** What the evaluator says about it, which shares no code with the machines but the regular expressions' automata. */
export function verdict(predicate: string, path: string): Answer {
  const { value } = evaluate(parse(predicate), Request.ofValues(new Map([[PATH, path]])));
  if (value === undefined) throw new Error(`the evaluator can't decide ${predicate}`);
  return value ? Answer.YES : Answer.NO;
}
