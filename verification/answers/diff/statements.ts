import { Strength } from "../../../policy/statements";
import { isAtLeast } from "../../result";
import { isLowered, type StatementResult, resultsOf } from "../../statements/results";
import { Area, type Difference, differenceOf, Direction } from "./difference";
import type { Sides } from "./sides";

/** What is no longer proven, or was never. What is proven now needs no word: what that closes is told. */
export function statementDifferences({ before, after }: Sides): readonly Difference[] {
  const open = resultsOf(after.model, after.policies).filter(mayBeWeaker);
  const asked = [...new Set(open.map(({ statement }) => statement))];
  if (asked.length === 0) return [];
  const earlier = new Map(resultsOf(before.model, before.policies, asked).map((each) => [keyOf(each), each]));
  return open.flatMap((result) => compared(earlier.get(keyOf(result)), result));
}

/** Whether it could have been held better before. What there is nothing of to hold is told with the policy. */
function mayBeWeaker({ verdict, strength }: StatementResult): boolean {
  return verdict === "proven" ? strength !== Strength.ENFORCED : verdict !== "not applicable";
}

const keyOf = ({ id }: StatementResult): string => id;

function compared(before: StatementResult | undefined, result: StatementResult): readonly Difference[] {
  const { verdict, statement, sentence, environment, passes } = result;
  const [was, is] = [before === undefined ? NOT_ASKED : wordsOf(before), wordsOf(result)];
  // What an environment lowers is told with its policy.
  const isTold = was === is || (passes && isLoweredOtherwise(before, result)) || isHeldAsWell(before, result);
  if (isTold) return [];
  return [
    differenceOf({
      direction: verdict === "undecided" ? Direction.UNDECIDED : Direction.WEAKENED,
      area: Area.STATEMENT,
      environments: [environment],
      what: `${statement} (${sentence})`,
      before: was,
      after: is,
      ...detailsOf(result),
      exactly: exactlyIn(before, result),
      subject: { of: statement, parts: [] },
      statement,
    }),
  ];
}

/** What it says beside advice: what else breaks it, or may, has another id. */
function exactlyIn(before: StatementResult | undefined, after: StatementResult): unknown {
  const { verdict, strength, wrong, counterexample, unknown, assumptions, accepted } = after;
  return [before?.verdict, before?.strength, verdict, strength, wrong, counterexample, unknown, assumptions, accepted];
}

/** Whether the environment's reason to only declare it is another one than before. */
function isLoweredOtherwise(before: StatementResult | undefined, after: StatementResult): boolean {
  const reasonOf = (result?: StatementResult) =>
    result !== undefined && isLowered(result) ? result.accepted[0]?.reason : undefined;
  return reasonOf(before) !== reasonOf(after);
}

/** Whether it is proven, and no more weakly than before. */
function isHeldAsWell(before: StatementResult | undefined, { strength }: StatementResult): boolean {
  if (strength === undefined) return false;
  return before?.strength === undefined || isAtLeast(strength, before.strength);
}

const NOT_ASKED = "not asked";

function detailsOf({
  counterexample,
  wrong,
  controls,
  change = "",
  unknown,
  assumptions,
  notes,
}: StatementResult): Partial<Difference> {
  const [by] = wrong === undefined ? [] : controls;
  return {
    examples: counterexample,
    notes: [
      ...(wrong === undefined ? [] : [wrong, `change: ${change}`]),
      ...unknown.map(({ reason }) => reason),
      ...assumptions.map((assumption) => `as long as ${assumption}`),
      ...notes,
    ],
    by: by === undefined ? {} : { after: by },
  };
}

function wordsOf({ verdict, strength }: StatementResult): string {
  return strength === undefined ? verdict : `${verdict}, ${strength}`;
}
