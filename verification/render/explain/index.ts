import type { Explanation } from "../../answers/explain/explanation";
import { visibleJson } from "../escape";
import type { TextOptions } from "../text-options";
import { connectionPage } from "./connection-page";
import { markdownOf } from "./markdown";
import type { Page } from "./page";
import { requestPage } from "./request-page";
import { textOf } from "./text";

/** How an explanation may be written. */
export const EXPLAIN_FORMATS = ["text", "markdown", "json"] as const;

export type ExplainFormat = (typeof EXPLAIN_FORMATS)[number];

/** Writes an explanation. Everything that comes from the JSON or the question is escaped for the format. */
export function written(explanation: Explanation, format: ExplainFormat, options: TextOptions): string {
  switch (format) {
    case "text":
      return textOf(pageOf(explanation), options);
    case "markdown":
      return markdownOf(pageOf(explanation));
    case "json":
      return `${visibleJson(explanation)}\n`;
  }
}

function pageOf(explanation: Explanation): Page {
  return explanation.kind === "request" ? requestPage(explanation) : connectionPage(explanation);
}
