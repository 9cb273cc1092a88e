import { visibleJson } from "./escape";
import { markdownOf } from "./markdown";
import type { Page } from "./page";
import { type SarifOptions, type SarifRun, sarifLog } from "./sarif-log";
import { textOf, type TextOptions } from "./text";

/** Writes an answer in one format. Everything that comes from the JSON is escaped for it. */
export type Written<Answer> = (answer: Answer, options?: WriteOptions) => string;

export type WriteOptions = TextOptions & SarifOptions;

export type PageFormat = "text" | "markdown" | "json";
export type Format = PageFormat | "sarif";

/**
 * The formats of an answer.
 *
 * @param pageOf the answer as it is read
 * @param dataOf the answer as its published schema has it
 */
export function formatsOf<Answer>(
  pageOf: (answer: Answer, options?: WriteOptions) => Page,
  dataOf: (answer: Answer) => unknown,
): Readonly<Record<PageFormat, Written<Answer>>> {
  return {
    text: (answer, options) => textOf(pageOf(answer, options), options),
    markdown: (answer, options) => markdownOf(pageOf(answer, options)),
    json: (answer) => `${visibleJson(dataOf(answer))}\n`,
  };
}

/**
 * The same, with what code scanning shows.
 *
 * @param runOf the answer as a run of this program
 */
export function formatsWithSarif<Answer>(
  pageOf: (answer: Answer, options?: WriteOptions) => Page,
  dataOf: (answer: Answer) => unknown,
  runOf: (answer: Answer) => SarifRun,
): Readonly<Record<Format, Written<Answer>>> {
  return { ...formatsOf(pageOf, dataOf), sarif: (answer, options) => sarifLog(runOf(answer), options) };
}
