import { HostNotation } from "../../network/host-notation";
import { changeOf, type Difference, isOfPolicy, isOpen } from "../answers/diff/difference";
import type { FailedSynth } from "../answers/diff/failed-synth";
import { type DiffReport, exitCodeOf, unprovenIn } from "../answers/diff/report";
import { type Format, formatsWithSarif, type WriteOptions } from "./formats";
import { markdownOf } from "./markdown";
import { alertsOf, STATEMENT_RULES } from "./report";
import type { Alert, SarifRun } from "./sarif-log";
import { nounOfDifference, nounsOfFailure } from "./sources";

import { beside, pageOf, sectionOf, sentenceOf, shortened, SHOWN, SIDES } from "./diff-page";

/** GitHub takes 65,536 characters; those who post it add a few. */
const LONGEST_COMMENT = 60_000;

/** The forms of a difference; a comment is Markdown that is no longer than GitHub takes. */
export const DIFF_FORMATS = {
  ...formatsWithSarif(pageOf, dataOf, sarifOf),
  comment: (report: DiffReport, options?: WriteOptions) => markdownOf(pageOf(report, options), LONGEST_COMMENT),
};

export type DiffFormat = Format | "comment";

function dataOf(report: DiffReport): object {
  const { differences, meant, stale, asides, rewritten, failures } = report;
  const unproven = unprovenIn(report);
  return {
    format: 1,
    exitCode: exitCodeOf(report),
    ...(failures.length === 0 ? {} : { failures }),
    ...(unproven.length === 0 ? {} : { unproven }),
    differences: differences.map(differenceData),
    ...(meant === undefined ? {} : { meant: meant.map(differenceData), stale }),
    asides,
    rewritten,
  };
}

/** A difference as programs read it. */
function differenceData(whole: Difference): object {
  const { announces: _, isKept: __, also, ...difference } = whole;
  return { ...withBlocks(difference), also: also?.map(withBlocks) };
}

function withBlocks({ addresses, reach: _, ...difference }: Pick<Difference, "addresses" | "reach">): object {
  return { ...difference, addresses: addresses?.cidrs(HostNotation.BARE) };
}

/**
 * For code scanning: what is opened, weakened or not meant is an error, what is undecided a warning. A difference that
 * strengthens or is meant is no alert; it stands with the rest in the properties of the run.
 */
function sarifOf(report: DiffReport): SarifRun {
  const { differences, meant, failures } = report;
  const rules = new Map(
    differences.map((difference) => [ruleOf(difference), `${sectionOf(difference)}: ${difference.area}`]),
  );
  return {
    rules: [...STATEMENT_RULES, SYNTH, ...[...rules].sort().map(([id, description]) => ({ id, description }))],
    exitCode: exitCodeOf(report),
    alerts: [
      ...failures.map(failureAlert),
      ...unprovenIn(report).flatMap(alertsOf),
      ...beside(report, differences).flatMap((difference) => alertOf(difference, meant !== undefined)),
    ],
    properties: {
      differences: differences.map(differenceData),
      ...(meant === undefined ? {} : { meant: meant.map(differenceData) }),
    },
  };
}

const SYNTH = { id: "SYNTH", description: "The app can be synthesized." };

function failureAlert(failure: FailedSynth): Alert {
  const { work, side, lines, at } = failure;
  return {
    ...{ id: `failure:${side}`, rule: SYNTH.id, level: "error", places: [] },
    message: `${SIDES[side]} can't be ${work}: ${lines.join("; ")}`,
    file: at?.path ?? "manifest.json",
    line: at?.line,
    noun: nounsOfFailure(failure)[0],
  };
}

const ruleOf = ({ area, direction }: Difference): string => `${area}-${direction}`;

/** @param isJudged whether an intent says what is meant: then each difference that is decided and left isn't */
function alertOf(difference: Difference, isJudged: boolean): readonly Alert[] {
  const { direction, environments, notes, examples, also = [], by } = difference;
  const level = isJudged && !isOpen(difference) ? "error" : SHOWN[direction].level;
  if (level === undefined) return [];
  const control = by.after ?? by.before;
  const [environment] = environments;
  const more = also.flatMap((each) => [`and ${each.what}`, ...each.notes, ...each.examples]);
  const stack = environment === undefined ? "manifest.json" : `stacks/${environment}/cdk.tf.json`;
  return [
    {
      ...{ id: difference.id, rule: ruleOf(difference), level },
      message: [
        `${environments.join(", ")}: ${sentenceOf(difference)}`,
        shortened(changeOf(difference)),
        ...notes,
        ...examples,
        ...more,
      ].join("; "),
      file: isOfPolicy(difference) ? "policy.json" : stack,
      noun: nounOfDifference(difference),
      places: isOfPolicy(difference) || control === undefined ? [] : [control],
      properties: differenceData(difference),
    },
  ];
}
