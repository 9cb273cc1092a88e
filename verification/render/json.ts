import { exitCodeOf, type Report } from "../answers/verify";
import { visibleJson } from "./escape";

/** A report for programs. `report.schema.json` says what stands in it. */
export function reportJson(report: Report): string {
  return `${visibleJson({ format: 1, exitCode: exitCodeOf(report), ...report })}\n`;
}
