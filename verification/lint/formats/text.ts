import { type Line, line, say } from "../../explain/formats/page";
import { placeLines } from "../../explain/formats/request-page";
import { textOf } from "../../explain/formats/text";
import type { TextOptions } from "../../report/text-options";
import type { AppFinding } from "../finding";
import { chaptersOf, exitCodeOf, type LintReport, summaryOf } from "../report";

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
