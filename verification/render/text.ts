import { acceptancesOf, acceptanceText, chaptersOf, inReadingOrder, type Report, summaryOf } from "../answers/verify";
import type { StatementResult } from "../statements/results";
import { oneLine } from "./escape";
import { type Saying, sayingsOf } from "./sayings";
import type { TextOptions } from "./text-options";
import { wrap } from "./wrap";

const PLAIN: TextOptions = { columns: Infinity, hasColour: false };

/**
 * A report for a terminal, everything in full: what is lowered first, but where something is violated or undecided, that.
 *
 * @default options - plain, and lines as long as they are
 */
export function reportText(report: Report, options: TextOptions = PLAIN): string {
  const { proven, notApplicable } = chaptersOf(report);
  const settled = [chapter("Proven", proven), chapter("Not applicable", notApplicable), outsideLines(report)];
  return textOf(report, settled, options);
}

/** What keeps an app from being written, and last what its environments lower: a report without what holds. */
export function refusalText(report: Report): string {
  return textOf(report, [], PLAIN);
}

type Lines = readonly string[];

function textOf(report: Report, settled: readonly Lines[], options: TextOptions): string {
  const { lowered, violated, undecided } = chaptersOf(report);
  const chapters = inReadingOrder<Lines>(report, {
    accepted: [chapter("Only declared, by decision of the environment", lowered), acceptanceLines(report)],
    open: [chapter("Violated", violated), chapter("Undecided", undecided), changedLines(report)],
    settled,
  });
  return `${[...chapters, [summaryOf(report)]]
    .filter((lines) => lines.length > 0)
    .map((lines) => laidOut(lines, options).join("\n"))
    .join("\n\n")}\n`;
}

/** Where a line is continued. */
const CONTINUED = "    ";
/** Lines of fewer characters would be columns of words. */
const NARROWEST = 40;

function laidOut([title = "", ...lines]: readonly string[], { columns, hasColour }: TextOptions): readonly string[] {
  const width = Math.max(columns, NARROWEST);
  const folded = [title, ...lines].map((line) => {
    const [, indent = "", words = ""] = /^( *)(.*)$/s.exec(line) ?? [];
    const [first = ""] = wrap(words, width - indent.length);
    const rest = words.slice(first.length).trimStart();
    const more = rest === "" ? [] : wrap(rest, width - indent.length - CONTINUED.length);
    return [`${indent}${first}`, ...more.map((each) => `${indent}${CONTINUED}${each}`)];
  });
  const [head = [], ...body] = folded;
  return [...(hasColour ? head.map((each) => `\x1b[1m${each}\x1b[0m`) : head), ...body.flat()];
}

function chapter(title: string, results: readonly StatementResult[]): Lines {
  return results.length === 0
    ? []
    : [title, ...results.flatMap((result) => linesOf(result).map((line) => `  ${line}`))];
}

function linesOf(result: StatementResult): readonly string[] {
  const { environment, statement, sentence } = result;
  return [`${environment} ${statement}  ${sentence}`, ...sayingsOf(result).map((saying) => `  ${written(saying)}`)];
}

const written = (saying: Saying): string =>
  saying.map((said) => oneLine("code" in said ? said.code : said.text)).join("");

function acceptanceLines(report: Report): Lines {
  const lines = acceptancesOf(report).map((acceptance) => `  ${oneLine(acceptanceText(acceptance))}`);
  return lines.length === 0 ? [] : ["Accepted, by decision of the environment", ...lines];
}

function outsideLines({ outside }: Report): readonly string[] {
  if (outside.length === 0) return [];
  return [
    "Outside the model, and no part of any answer",
    ...outside.map(({ type, count }) => `  ${oneLine(type)}: ${count}`),
  ];
}

function changedLines({ changed }: Report): readonly string[] {
  if (changed.length === 0) return [];
  return ["Not what was proven: these files differ from proof.json", ...changed.map((path) => `  ${oneLine(path)}`)];
}
