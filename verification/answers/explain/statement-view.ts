import type { StatementResult } from "../../statements/results";
import type { StatementView } from "./explanation";

/** A statement as it is shown, with how it is held and what it rests on. */
export function statementView(result: StatementResult): StatementView {
  const { statement, sentence, verdict, strength, assumptions, accepted } = result;
  return {
    id: statement,
    sentence,
    verdict,
    ...(strength === undefined ? {} : { strength }),
    notes: notesOf(result),
    assumptions,
    accepted,
  };
}

function notesOf({ counterexample, wrong, unknown, notes }: StatementResult): readonly string[] {
  const violation = wrong === undefined ? [] : [[...counterexample.slice(0, 1), wrong].join(" ")];
  return [...violation, ...unknown.map(({ reason }) => reason), ...notes];
}
