import type { LintReport } from "../../answers/lint/report";
import { visibleJson } from "../escape";
import type { TextOptions } from "../text-options";
import { lintMarkdown } from "./markdown";
import { lintSarif } from "./sarif";
import { lintText } from "./text";

/** How findings may be written. */
export const LINT_FORMATS = ["text", "markdown", "json", "sarif"] as const;

export type LintFormat = (typeof LINT_FORMATS)[number];

/** Writes findings. Everything that comes from the JSON is escaped for the format. */
export function writtenFindings(report: LintReport, format: LintFormat, options: TextOptions): string {
  switch (format) {
    case "text":
      return lintText(report, options);
    case "markdown":
      return lintMarkdown(report);
    case "json":
      return `${visibleJson(report)}\n`;
    case "sarif":
      return lintSarif(report);
  }
}
