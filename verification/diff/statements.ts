import { STATEMENTS } from "../../policy/statements";
import { Strength } from "../../policy/strength";
import { type Conclusion, isAtLeast } from "../statements/conclusion";
import { type Result, resultsOf } from "../statements/result";
import type { App, Pair } from "./app";
import { Area, type Item, itemOf, Kind } from "./item";

/** What is no longer proven, or was never. What is proven now needs no word: what that closes is told. */
export function statementItems({ before, after }: Pair<App>): readonly Item[] {
  const open = resultsOf(after.model, after.policies).filter(({ conclusion }) => mayBeWeaker(conclusion));
  const asked = [...new Set(open.map(({ statement }) => statement))];
  if (asked.length === 0) return [];
  const earlier = new Map(resultsOf(before.model, before.policies, asked).map((each) => [keyOf(each), each]));
  return open.flatMap((result) => compared(earlier.get(keyOf(result)), result));
}

/** Whether it could have been held better before. What there is nothing of to hold is told with the policy. */
function mayBeWeaker(conclusion: Conclusion): boolean {
  if (conclusion.kind === "proven") return conclusion.strength !== Strength.ENFORCED;
  return conclusion.kind !== "not applicable";
}

const keyOf = ({ environment, statement }: Result): string => `${environment} ${statement}`;

function compared(
  before: Result | undefined,
  { conclusion, statement, environment, lowered, passes }: Result,
): readonly Item[] {
  const [was, is] = [before === undefined ? NOT_ASKED : wordsOf(before.conclusion), wordsOf(conclusion)];
  // What an environment lowers is told with its policy.
  const isTold = was === is || (passes && before?.lowered !== lowered) || isHeldAsWell(before?.conclusion, conclusion);
  if (isTold) return [];
  return [
    itemOf({
      kind: conclusion.kind === "undecided" ? Kind.UNDECIDED : Kind.WEAKENED,
      area: Area.STATEMENT,
      environments: [environment],
      what: `${statement} (${STATEMENTS[statement].sentence})`,
      before: was,
      after: is,
      ...detailsOf(conclusion),
      subject: { of: statement, parts: [] },
      statement,
    }),
  ];
}

/** Whether it is proven, and no more weakly than before. */
function isHeldAsWell(before: Conclusion | undefined, after: Conclusion): boolean {
  if (after.kind !== "proven") return false;
  return before?.kind !== "proven" || isAtLeast(after.strength, before.strength);
}

const NOT_ASKED = "not asked";

function detailsOf(conclusion: Conclusion): Partial<Item> {
  if (conclusion.kind === "undecided") return { notes: conclusion.doubts.map(({ reason }) => reason) };
  if (conclusion.kind !== "violated") return {};
  const { witnesses, what, by, change } = conclusion;
  return { witnesses, notes: [what, `change: ${change}`], by: by === undefined ? {} : { after: by } };
}

function wordsOf(conclusion: Conclusion): string {
  return conclusion.kind === "proven" ? `proven, ${conclusion.strength}` : conclusion.kind;
}
