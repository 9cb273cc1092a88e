import { type Expression, parse, printValue } from "../../network/rules-language";
import type { Implication, Space } from "../solver/partition";
import { edgeAxes, type Point } from "./axes";
import type { Conditions } from "./conditions";
import type { Scope } from "./scope";

/** The space of questions about the requests of a scope. */
export interface EdgeSpace extends Space<Point> {
  readonly conditions: Conditions;
  readonly scope: Scope;
  /** Whether the rules see normalised paths. */
  readonly normalised: boolean;
}

export function edgeSpace(conditions: Conditions, scope: Scope, normalised: boolean): EdgeSpace {
  const { formulas, at: atomAt } = conditions;
  return { conditions, scope, normalised, formulas, atomAt, implicationsIn, axes: edgeAxes(scope, normalised) };
}

/** Which conditions imply which by their form: what holds a word holds each part of the word. */
export function implicationsIn(conditions: readonly string[]): readonly Implication[] {
  const all = conditions.map((text) => wordIn(parse(text)));
  return all.flatMap((one, at) =>
    all.flatMap((other, place): readonly Implication[] => {
      if (one === undefined || other === undefined || at === place) return [];
      return one.operand === other.operand && one.word.includes(other.word) ? [[at, place]] : [];
    }),
  );
}

function wordIn(condition: Expression): { readonly operand: string; readonly word: string } | undefined {
  if (condition.kind !== "containment") return undefined;
  return { operand: printValue(condition.operand), word: condition.needle };
}

/** Why a question that costs too much is undecided, by the axis that explodes. */
export function tooManyValues(axis: string): string {
  return `the rules tell apart too many values of ${axis}`;
}
