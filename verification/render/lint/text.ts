import type { AppFinding } from "../../answers/lint/finding";
import { chaptersOf, exitCodeOf, type LintReport, summaryOf } from "../../answers/lint/report";
import { type Line, line, say } from "../explain/page";
import { placeLines } from "../explain/request-page";
import { textOf } from "../explain/text";
import type { TextOptions } from "../text-options";

const TONES = { 0: "open", 1: "closed", 2: "unsure" } as const;

/** Findings for a terminal: how it went, then the worst first. */
export function lintText(report: LintReport, options: TextOptions): string {
  const headlines = [{ tone: TONES[exitCodeOf(report)], text: [summaryOf(report)] }];
  const sections = chaptersOf(report).map(({ title, findings }) => ({ title, lines: findings.map(findingLine) }));
  return textOf({ headlines, sections }, options);
}

function findingLine({ rule, what, change, place }: AppFinding): Line {
  return line([`${rule}: `, { data: what }], line(say`change: ${change}`), placeLines(place));
}
