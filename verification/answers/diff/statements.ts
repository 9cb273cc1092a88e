import { type Accept, acceptedAs } from "../../../policy/accept";
import { Strength } from "../../../policy/statements";
import { isAtLeast } from "../../result";
import { isLowered, type StatementResult, resultsOf } from "../../statements/results";
import { Area, type Difference, differenceOf, Direction } from "./difference";
import type { App } from "../app";
import { outcomeInWords } from "../verify";

/**
 * The statements that aren't proven any more, or never were. A new proof needs no word: its effects are told.
 *
 * @param before the app before the change
 * @param results those of the app after it
 */
export function statementDifferences(before: App, results: readonly StatementResult[]): readonly Difference[] {
  const open = results.filter(mayBeWeaker);
  const asked = [...new Set(open.map(({ statement }) => statement))];
  if (asked.length === 0) return [];
  const earlier = new Map(resultsOf(before.model, before.policies, asked).map((each) => [each.id, each]));
  const known = new Set(before.policies.flatMap(({ name, environment }) => keysIn(name, environment.accept)));
  return open
    .map((result) => [earlier.get(result.id), result] as const)
    .filter(([was, is]) => !isTold(was, is) && !isNewlyAccepted(is, known))
    .map(([was, is]) => differenceBetween(was, is));
}

const keysIn = (environment: string, accept?: readonly Accept[]): readonly string[] =>
  acceptedAs("resource", accept).map(({ stack, address, question, digest }) =>
    JSON.stringify([environment, stack, address, question, digest]),
  );

/** Whether something is accepted of it that wasn't before, which is told with the policy. */
function isNewlyAccepted({ verdict, environment, accepted }: StatementResult, known: ReadonlySet<string>): boolean {
  const keys = accepted.flatMap(({ unknown }) => {
    if (unknown?.thing === undefined) return [];
    const { stack, address, digest } = unknown.thing;
    return JSON.stringify([environment, stack, address, unknown.question, digest]);
  });
  return verdict === "accepted" && keys.some((key) => !known.has(key));
}

/** Whether it could have been held better before. Statements with nothing to hold are told with the policy. */
function mayBeWeaker({ verdict, strength }: StatementResult): boolean {
  return verdict === "proven" ? strength !== Strength.ENFORCED : verdict !== "not applicable";
}

/** Whether it is held as well as before, or what an environment lowers, which is told with its policy. */
function isTold(before: StatementResult | undefined, after: StatementResult): boolean {
  const { strength, passes } = after;
  if (wordsOf(before) === wordsOf(after) || (passes && reasonOf(before) !== reasonOf(after))) return true;
  return strength !== undefined && (before?.strength === undefined || isAtLeast(strength, before.strength));
}

/** Why the environment only declares it. */
function reasonOf(result: StatementResult | undefined): string | undefined {
  return result !== undefined && isLowered(result) ? result.accepted[0]?.reason : undefined;
}

const wordsOf = (result: StatementResult | undefined): string =>
  result === undefined ? "not asked" : outcomeInWords(result);

function differenceBetween(before: StatementResult | undefined, after: StatementResult): Difference {
  const { verdict, statement, sentence, environment, counterexample, wrong, change = "", notes, ...basis } = after;
  const { controls, unknown, assumptions, accepted } = basis;
  const [by] = wrong === undefined ? [] : controls;
  const [was, is] = [wordsOf(before), wordsOf(after)];
  return differenceOf({
    // It was proven, and what is accepted bears on it now, too.
    area: verdict === "accepted" ? Area.ACCEPTANCE : Area.STATEMENT,
    ...{ environments: [environment], statement, subject: { of: statement, parts: [] } },
    ...{
      sentence: `${statement} is ${is}, and was ${was}: ${sentence}`,
      what: `${statement} (${sentence})`,
      before: was,
      after: is,
      examples: counterexample,
    },
    direction: verdict === "undecided" ? Direction.UNDECIDED : Direction.WEAKENED,
    by: { after: by },
    notes: [
      ...(wrong === undefined ? [] : [wrong, `change: ${change}`]),
      ...unknown.map(({ reason }) => reason),
      ...assumptions.map((assumption) => `as long as ${assumption}`),
      ...notes,
    ],
    // Another thing that breaks it, or may, makes another id.
    exactly: [was, is, wrong, counterexample, unknown, assumptions, accepted],
  });
}
