import { type Statement, STATEMENTS } from "../../policy/statements";
import type { Conclusion } from "../statements/conclusion";
import type { Result } from "../statements/result";
import type { StatementView } from "./explanation";

/** A statement as it is shown, with how it is held and what it rests on. */
export function statementView({ statement, conclusion, lowered }: Result): StatementView {
  const { sentence, assumption }: Statement = STATEMENTS[statement];
  return {
    id: statement,
    sentence,
    verdict: conclusion.kind,
    ...(conclusion.kind === "proven" ? { strength: conclusion.strength } : {}),
    notes: notesOf(conclusion),
    ...(assumption === undefined ? {} : { assumption }),
    ...(lowered === undefined ? {} : { lowered }),
  };
}

function notesOf(conclusion: Conclusion): readonly string[] {
  switch (conclusion.kind) {
    case "proven":
      return conclusion.notes;
    case "violated":
      return [[...conclusion.witnesses.slice(0, 1), conclusion.what].join(" ")];
    case "undecided":
      return conclusion.doubts.map(({ reason }) => reason);
    case "not applicable":
      return [];
  }
}
