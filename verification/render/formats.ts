import { visibleJson } from "./escape";
import { markdownOf } from "./markdown";
import type { Page } from "./page";
import { type SarifRun, sarifLog } from "./sarif-log";
import { textOf, type TextOptions } from "./text";

/** Writes an answer in one format. Everything that comes from the JSON is escaped for it. */
export type Written<Answer> = (answer: Answer, options?: TextOptions) => string;

export type PageFormat = "text" | "markdown" | "json";
export type Format = PageFormat | "sarif";

/**
 * The formats of an answer.
 *
 * @param pageOf the answer as it is read
 * @param dataOf the answer as its published schema has it
 */
export function formatsOf<Answer>(
  pageOf: (answer: Answer) => Page,
  dataOf: (answer: Answer) => unknown,
): Readonly<Record<PageFormat, Written<Answer>>> {
  return {
    text: (answer, options) => textOf(pageOf(answer), options),
    markdown: (answer) => markdownOf(pageOf(answer)),
    json: (answer) => `${visibleJson(dataOf(answer))}\n`,
  };
}

/**
 * The same, with what code scanning shows.
 *
 * @param runOf the answer as a run of this program
 */
export function formatsWithSarif<Answer>(
  pageOf: (answer: Answer) => Page,
  dataOf: (answer: Answer) => unknown,
  runOf: (answer: Answer) => SarifRun,
): Readonly<Record<Format, Written<Answer>>> {
  return { ...formatsOf(pageOf, dataOf), sarif: (answer) => sarifLog(runOf(answer)) };
}
