import { LINT_RULES, type LintFinding, type LintSeverity } from "../answers/lint/finding";
import { exitCodeOf, type LintReport } from "../answers/lint/report";
import { formatsWithSarif } from "./formats";
import { type Line, line, linesOf, type Page, say, section, type Section, toCopy } from "./page";
import type { SarifRun } from "./sarif-log";
import { counted, placeLines, TONES } from "./sayings";
import { nounAt } from "./sources";

export const LINT_FORMATS = formatsWithSarif(pageOf, (report: LintReport) => report, sarifOf);

/** How it went, then the worst first. */
function pageOf(report: LintReport): Page {
  const { stacks, rules, lists } = report.looked;
  const where = `${counted(stacks, "stack")}, ${counted(rules, "rule")} and ${counted(lists, "list")}`;
  const chapters = chaptersOf(report);
  const found = chapters.map(({ findings, one, many }) => counted(findings.length, one, many)).join(", ");
  return {
    headlines: [{ tone: TONES[exitCodeOf(report)], text: [`${found === "" ? "Nothing found" : found} in ${where}`] }],
    sections: chapters.flatMap(({ findings, title }): readonly Section[] => section(title, findings.map(findingLine))),
  };
}

interface Chapter {
  readonly title: string;
  readonly one: string;
  readonly many?: string;
  readonly findings: readonly LintFinding[];
}

function chaptersOf({ findings }: LintReport): readonly Chapter[] {
  const open = findings.filter(({ rule }) => rule === "undecided");
  const of = (severity: LintSeverity) => findings.filter((each) => each.severity === severity && !open.includes(each));
  return [
    { title: "Errors", one: "error", findings: of("error") },
    { title: "Warnings", one: "warning", findings: of("warning") },
    { title: "Undecided", one: "undecided", many: "undecided", findings: open },
    { title: "Notes", one: "note", findings: of("note") },
  ].filter((chapter) => chapter.findings.length > 0);
}

function findingLine({ id, rule, what, change, place, accepted }: LintFinding): Line {
  return line(
    [{ code: rule }, `: ${what}`],
    linesOf(acceptedWords(accepted)),
    line(`change: ${change}`),
    placeLines(place),
    toCopy(say`id ${id}`),
  );
}

const acceptedWords = (reason: string | undefined): readonly string[] =>
  reason === undefined ? [] : [`accepted; reason: ${reason}`];

/** Findings for code scanning, each at the construct that wrote what it is about. */
function sarifOf(report: LintReport): SarifRun {
  return {
    rules: Object.entries(LINT_RULES).map(([id, description]) => ({ id, description })),
    exitCode: exitCodeOf(report),
    alerts: report.findings.map(({ id, rule, severity, what, change, place, accepted }) => ({
      ...{ id, rule, level: severity },
      message: [what, ...acceptedWords(accepted), `change: ${change}`].join("; "),
      ...{ file: `stacks/${place.stack}/cdk.tf.json`, places: [place], noun: nounAt(place) },
    })),
  };
}
