import { STATEMENTS } from "../../policy/statements";
import { exitCodeOf, type Report } from "./report";

/** A report for programs. `report.schema.json` says what stands in it. */
export function reportJson(report: Report): string {
  const results = report.results.map((result) => ({ ...result, sentence: STATEMENTS[result.statement].sentence }));
  return `${JSON.stringify({ format: 1, exitCode: exitCodeOf(report), ...report, results }, null, 2)}\n`;
}
