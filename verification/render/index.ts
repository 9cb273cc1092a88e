import type { Report } from "../answers/verify";
import { reportJson } from "./json";
import { reportMarkdown } from "./markdown";
import { reportSarif } from "./sarif";
import { reportText } from "./text";
import type { TextOptions } from "./text-options";

/** The forms of a report. */
export const REPORT_FORMATS: Readonly<Record<ReportFormat, (report: Report, options?: TextOptions) => string>> = {
  text: reportText,
  markdown: reportMarkdown,
  json: reportJson,
  sarif: reportSarif,
};

export type ReportFormat = "text" | "markdown" | "json" | "sarif";
