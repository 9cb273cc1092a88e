import { oneLine, sarifText, visibleJson } from "../../report/escape";
import { Area, type Item, Kind } from "../item";
import { type DiffReport, exitCodeOf } from "../report";
import { changeOf, sectionOf } from "./words";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

const LEVELS: Readonly<Record<Kind, string>> = {
  [Kind.WEAKENED]: "error",
  [Kind.OPENED]: "error",
  [Kind.UNDECIDED]: "warning",
  [Kind.CLOSED]: "note",
  [Kind.CHANGED]: "note",
  [Kind.STRENGTHENED]: "none",
};

/**
 * A difference for code scanning: what is opened, weakened or not meant is an error, what is undecided a warning.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function diffSarif(report: DiffReport): string {
  const { items, intended } = report;
  const driver = { name: "livestreamsell-security-infrastructure", rules: rulesOf([...items, ...(intended ?? [])]) };
  const invocations = [{ executionSuccessful: true, exitCode: exitCodeOf(report) }];
  const levelOf = ({ kind }: Item): string =>
    intended !== undefined && kind !== Kind.UNDECIDED ? "error" : LEVELS[kind];
  const results = [
    ...items.map((item) => finding(item, levelOf(item))),
    ...(intended ?? []).map((item) => finding(item, "none", "meant: ")),
  ];
  const run = { tool: { driver }, invocations, results };
  return `${visibleJson({ $schema: SCHEMA, version: "2.1.0", runs: [run] })}\n`;
}

const ruleIdOf = ({ area, kind }: Item): string => `${area}-${kind}`;

function rulesOf(items: readonly Item[]): readonly object[] {
  const rules = new Map(items.map((item) => [ruleIdOf(item), `${sectionOf(item)}: ${item.area}`]));
  return [...rules].sort().map(([id, text]) => ({ id, shortDescription: { text } }));
}

function finding(item: Item, level: string, prefix = ""): object {
  const { environments, notes, witnesses, also = [], by, area } = item;
  const control = by.after ?? by.before;
  const uri = area === Area.POLICY ? "policy.json" : stackFile(control?.stack ?? environments[0]);
  const logical = area === Area.POLICY ? item.subject.of : (control?.path ?? control?.pointer);
  const more = also.flatMap((each) => [`and ${each.what}`, ...each.notes, ...each.witnesses]);
  const text = [`${prefix}${environments.join(", ")}: ${changeOf(item)}`, ...notes, ...witnesses, ...more]
    .map(sarifText)
    .join("\n");
  return {
    ruleId: ruleIdOf(item),
    // A result of level none has passed.
    ...(level === "none" ? { kind: "pass", level } : { level }),
    message: { text },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri } },
        ...(logical === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: oneLine(logical) }] }),
      },
    ],
  };
}

function stackFile(stack: string | undefined): string {
  return stack === undefined ? "manifest.json" : `stacks/${encodeURIComponent(oneLine(stack))}/cdk.tf.json`;
}
