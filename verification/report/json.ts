import { STATEMENTS } from "../../policy/statements";
import { visibleJson } from "./escape";
import { exitCodeOf, type Report } from "./report";

/** A report for programs. `report.schema.json` says what stands in it. */
export function reportJson(report: Report): string {
  const results = report.results.map((result) => ({ ...result, sentence: STATEMENTS[result.statement].sentence }));
  return `${visibleJson({ format: 1, exitCode: exitCodeOf(report), ...report, results })}\n`;
}
