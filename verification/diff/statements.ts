import { STATEMENTS, type StatementId } from "../../policy/statements";
import { Strength } from "../../policy/strength";
import type { Conclusion } from "../statements/conclusion";
import { type Result, resultsOf } from "../statements/result";
import type { App, Pair } from "./app";
import { Area, type Item, itemOf, Kind } from "./item";

/**
 * What became of what is proven.
 *
 * @param statements those that the difference may bear on
 */
export function statementItems({ before, after }: Pair<App>, statements: readonly StatementId[]): readonly Item[] {
  if (statements.length === 0) return [];
  const earlier = new Map(resultsOf(before.model, before.policies, statements).map((each) => [keyOf(each), each]));
  return resultsOf(after.model, after.policies, statements).flatMap((result) => {
    const one = earlier.get(keyOf(result));
    return one === undefined ? newlyAsked(result) : compared(one, result);
  });
}

const keyOf = ({ environment, statement }: Result): string => `${environment} ${statement}`;

function compared(before: Result, after: Result): readonly Item[] {
  const [one, other] = [wordsOf(before.conclusion), wordsOf(after.conclusion)];
  // The policy says that it is lowered now, or was.
  const isDeclared = before.lowered !== after.lowered;
  if (one === other || isDeclared) return [];
  const { conclusion, statement, environment } = after;
  return [
    itemOf({
      kind: kindOf(before.conclusion, conclusion),
      area: Area.STATEMENT,
      environments: [environment],
      what: `${statement} (${STATEMENTS[statement].sentence})`,
      before: one,
      after: other,
      ...detailsOf(conclusion),
      subject: { of: statement, parts: [] },
      statement,
    }),
  ];
}

/** What a new environment doesn't hold. */
function newlyAsked(result: Result): readonly Item[] {
  const { conclusion, statement, environment, passes } = result;
  if (passes) return [];
  return [
    itemOf({
      kind: conclusion.kind === "undecided" ? Kind.UNDECIDED : Kind.WEAKENED,
      area: Area.STATEMENT,
      environments: [environment],
      what: `${statement} (${STATEMENTS[statement].sentence})`,
      before: "not asked",
      after: wordsOf(conclusion),
      ...detailsOf(conclusion),
      subject: { of: statement, parts: [] },
      statement,
    }),
  ];
}

function detailsOf(conclusion: Conclusion): Partial<Item> {
  if (conclusion.kind === "undecided") return { notes: conclusion.doubts.map(({ reason }) => reason) };
  if (conclusion.kind !== "violated") return {};
  const { witnesses, what, by, change } = conclusion;
  return { witnesses, notes: [what, `change: ${change}`], by: by === undefined ? {} : { after: by } };
}

function wordsOf(conclusion: Conclusion): string {
  return conclusion.kind === "proven" ? `proven, ${conclusion.strength}` : conclusion.kind;
}

/** The better it is held, the more; what there is nothing of to hold is neither better nor worse. */
function rankOf(conclusion: Conclusion): number | undefined {
  if (conclusion.kind === "not applicable") return undefined;
  if (conclusion.kind === "violated") return 0;
  return conclusion.kind === "undecided" ? 1 : 2 + Object.values(Strength).reverse().indexOf(conclusion.strength);
}

function kindOf(before: Conclusion, after: Conclusion): Kind {
  if (after.kind === "undecided" && before.kind !== "violated") return Kind.UNDECIDED;
  const [one, other] = [rankOf(before), rankOf(after)];
  if (other === 0) return Kind.WEAKENED;
  if (one === undefined || other === undefined || one === other) return Kind.CHANGED;
  return other < one ? Kind.WEAKENED : Kind.STRENGTHENED;
}
