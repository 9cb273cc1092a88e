import { STATEMENT_IDS, STATEMENTS } from "../../policy/statements";
import type { Place } from "../model/terraform/stack";
import type { Doubt } from "../statements/conclusion";
import type { Result } from "../statements/result";
import { oneLine } from "./escape";
import { exitCodeOf, type Report } from "./report";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/**
 * A report for code scanning: what is violated is an error, what is undecided a warning, what is lowered a note.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function reportSarif(report: Report): string {
  const driver = {
    name: "livestreamsell-security-infrastructure",
    rules: STATEMENT_IDS.map((id) => ({ id, shortDescription: { text: STATEMENTS[id].sentence } })),
  };
  const invocations = [{ executionSuccessful: true, exitCode: exitCodeOf(report) }];
  const run = { tool: { driver }, invocations, results: report.results.flatMap(findings) };
  return `${JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2)}\n`;
}

function findings(result: Result): readonly object[] {
  const { conclusion, lowered } = result;
  if (lowered !== undefined) return [finding(result, "note", `only declared: ${lowered}`)];
  if (conclusion.kind === "violated") {
    const { witnesses, what, by, change } = conclusion;
    return [finding(result, "error", [...witnesses, what, `change: ${change}`].join("; "), by)];
  }
  const doubts: readonly Doubt[] = conclusion.kind === "undecided" ? conclusion.doubts : [];
  return doubts.map(({ reason, place }) => finding(result, "warning", reason, place));
}

function finding({ environment, statement }: Result, level: string, message: string, place?: Place): object {
  const uri = `stacks/${place?.stack ?? environment}/cdk.tf.json`;
  const logical = place?.path ?? place?.pointer;
  return {
    ruleId: statement,
    level,
    message: { text: `${environment} ${statement}: ${oneLine(message)}` },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(uri) } },
        ...(logical === undefined ? {} : { logicalLocations: [{ fullyQualifiedName: logical, kind: "resource" }] }),
      },
    ],
  };
}
