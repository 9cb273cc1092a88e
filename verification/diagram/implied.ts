import { type Expression, parse, printValue } from "../../network/rules-language";
import type { Implication } from "../solver/partition";

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
