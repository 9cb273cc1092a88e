import { oneLine, sarifText, visibleJson } from "../../report/escape";
import { type AppFinding, LintRule } from "../finding";
import { exitCodeOf, type LintReport } from "../report";
import { LINT_RULES } from "../rules";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/**
 * Findings for code scanning, each at the construct that wrote what it is about.
 *
 * @see https://docs.oasis-open.org/sarif/sarif/v2.1.0/sarif-v2.1.0.html
 */
export function lintSarif(report: LintReport): string {
  const driver = {
    name: "livestreamsell-security-infrastructure",
    rules: Object.values(LintRule).map((id) => ({ id, shortDescription: { text: LINT_RULES[id] } })),
  };
  const invocations = [{ executionSuccessful: true, exitCode: exitCodeOf(report) }];
  const run = { tool: { driver }, invocations, results: report.findings.map(resultOf) };
  return `${visibleJson({ $schema: SCHEMA, version: "2.1.0", runs: [run] })}\n`;
}

function resultOf({ rule, severity, what, change, place: { stack, pointer, path } }: AppFinding): object {
  return {
    ruleId: rule,
    level: severity,
    message: { text: sarifText(`${what}; change: ${change}`) },
    locations: [
      {
        physicalLocation: { artifactLocation: { uri: encodeURI(`stacks/${stack}/cdk.tf.json`) } },
        logicalLocations: [{ fullyQualifiedName: oneLine(path ?? pointer), kind: "resource" }],
        properties: { pointer },
      },
    ],
  };
}
