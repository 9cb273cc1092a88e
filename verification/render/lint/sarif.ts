import { type AppFinding, LintRule } from "../../answers/lint/finding";
import { exitCodeOf, type LintReport } from "../../answers/lint/report";
import { LINT_RULES } from "../../answers/lint/rules";
import { type Alert, sarifLog } from "../sarif-log";

/** Findings for code scanning, each at the construct that wrote what it is about. */
export function lintSarif(report: LintReport): string {
  return sarifLog({
    rules: Object.values(LintRule).map((id) => ({ id, description: LINT_RULES[id] })),
    exitCode: exitCodeOf(report),
    alerts: report.findings.map(alertOf),
  });
}

function alertOf({ id, rule, severity, what, change, place }: AppFinding): Alert {
  const file = `stacks/${place.stack}/cdk.tf.json`;
  return { id, rule, level: severity, message: `${what}; change: ${change}`, file, places: [place] };
}
