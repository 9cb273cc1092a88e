import { idOfDifference } from "../../answers/diff/id";
import { Area, type Item, Kind } from "../../answers/diff/item";
import { type DiffReport, exitCodeOf } from "../../answers/diff/report";
import { type Alert, sarifLog } from "../sarif-log";
import { written } from "./json";
import { changeOf, sectionOf } from "./words";

/** What is strengthened is no alert. */
const LEVELS: Readonly<Partial<Record<Kind, Alert["level"]>>> = {
  [Kind.WEAKENED]: "error",
  [Kind.OPENED]: "error",
  [Kind.UNDECIDED]: "warning",
  [Kind.CLOSED]: "note",
  [Kind.CHANGED]: "note",
};

/**
 * A difference for code scanning: what is opened, weakened or not meant is an error, what is undecided a warning. What is
 * strengthened or meant is no alert; it stands with the rest in the properties of the run.
 */
export function diffSarif(report: DiffReport): string {
  const { items, intended } = report;
  return sarifLog({
    rules: rulesOf(items),
    exitCode: exitCodeOf(report),
    alerts: items.flatMap((item) => alertOf(item, intended !== undefined)),
    properties: {
      items: items.map(written),
      ...(intended === undefined ? {} : { intended: intended.map(written) }),
    },
  });
}

const ruleOf = ({ area, kind }: Item): string => `${area}-${kind}`;

function rulesOf(items: readonly Item[]): readonly { readonly id: string; readonly description: string }[] {
  const rules = new Map(items.map((item) => [ruleOf(item), `${sectionOf(item)}: ${item.area}`]));
  return [...rules].sort().map(([id, description]) => ({ id, description }));
}

/** @param isJudged whether an intent says what is meant: then whatever is decided and left isn't */
function alertOf(item: Item, isJudged: boolean): readonly Alert[] {
  const { kind, area, environments, notes, witnesses, also = [], by } = item;
  const level = isJudged && kind !== Kind.UNDECIDED ? "error" : LEVELS[kind];
  if (level === undefined) return [];
  const control = by.after ?? by.before;
  const [environment] = environments;
  const more = also.flatMap((each) => [`and ${each.what}`, ...each.notes, ...each.witnesses]);
  const stack = environment === undefined ? "manifest.json" : `stacks/${environment}/cdk.tf.json`;
  return [
    {
      ...{ id: idOfDifference(item), rule: ruleOf(item), level },
      message: [`${environments.join(", ")}: ${changeOf(item)}`, ...notes, ...witnesses, ...more].join("\n"),
      file: area === Area.POLICY ? "policy.json" : stack,
      places: area === Area.POLICY || control === undefined ? [] : [control],
      properties: written(item),
    },
  ];
}
