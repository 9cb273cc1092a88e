import { Area, type Difference, Direction } from "../../answers/diff/difference";
import { type DiffReport, exitCodeOf } from "../../answers/diff/report";
import { type Alert, sarifLog } from "../sarif-log";
import { written } from "./json";
import { changeOf, sectionOf } from "./words";

/** What is strengthened is no alert. */
const LEVELS: Readonly<Partial<Record<Direction, Alert["level"]>>> = {
  [Direction.WEAKENED]: "error",
  [Direction.OPENED]: "error",
  [Direction.UNDECIDED]: "warning",
  [Direction.CLOSED]: "note",
  [Direction.CHANGED]: "note",
};

/**
 * A difference for code scanning: what is opened, weakened or not meant is an error, what is undecided a warning. What is
 * strengthened or meant is no alert; it stands with the rest in the properties of the run.
 */
export function diffSarif(report: DiffReport): string {
  const { differences, meant } = report;
  return sarifLog({
    rules: rulesOf(differences),
    exitCode: exitCodeOf(report),
    alerts: differences.flatMap((item) => alertOf(item, meant !== undefined)),
    properties: {
      differences: differences.map(written),
      ...(meant === undefined ? {} : { meant: meant.map(written) }),
    },
  });
}

const ruleOf = ({ area, direction }: Difference): string => `${area}-${direction}`;

function rulesOf(items: readonly Difference[]): readonly { readonly id: string; readonly description: string }[] {
  const rules = new Map(items.map((item) => [ruleOf(item), `${sectionOf(item)}: ${item.area}`]));
  return [...rules].sort().map(([id, description]) => ({ id, description }));
}

/** @param isJudged whether an intent says what is meant: then whatever is decided and left isn't */
function alertOf(item: Difference, isJudged: boolean): readonly Alert[] {
  const { direction, area, environments, notes, examples, also = [], by } = item;
  const level = isJudged && direction !== Direction.UNDECIDED ? "error" : LEVELS[direction];
  if (level === undefined) return [];
  const control = by.after ?? by.before;
  const [environment] = environments;
  const more = also.flatMap((each) => [`and ${each.what}`, ...each.notes, ...each.examples]);
  const stack = environment === undefined ? "manifest.json" : `stacks/${environment}/cdk.tf.json`;
  return [
    {
      ...{ id: item.id, rule: ruleOf(item), level },
      message: [`${environments.join(", ")}: ${changeOf(item)}`, ...notes, ...examples, ...more].join("\n"),
      file: area === Area.POLICY ? "policy.json" : stack,
      places: area === Area.POLICY || control === undefined ? [] : [control],
      properties: written(item),
    },
  ];
}
