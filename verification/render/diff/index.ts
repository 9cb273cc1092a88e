import type { DiffReport } from "../../answers/diff/report";
import { markdownOf } from "../explain/markdown";
import { textOf } from "../explain/text";
import type { TextOptions } from "../text-options";
import { diffJson } from "./json";
import { pageOf } from "./page";
import { diffSarif } from "./sarif";

/** How a difference may be written. */
export const DIFF_FORMATS = ["text", "markdown", "json", "sarif"] as const;

export type DiffFormat = (typeof DIFF_FORMATS)[number];

/** Writes a difference. Everything that comes from the JSON is escaped for the format. */
export function written(report: DiffReport, format: DiffFormat, options: TextOptions): string {
  switch (format) {
    case "text":
      return textOf(pageOf(report), options);
    case "markdown":
      return markdownOf(pageOf(report));
    case "json":
      return diffJson(report);
    case "sarif":
      return diffSarif(report);
  }
}
