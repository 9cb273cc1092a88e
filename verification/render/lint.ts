import { type LintFinding, LintRule, LintSeverity } from "../answers/lint/finding";
import { exitCodeOf, type LintReport } from "../answers/lint/report";
import { type Format, formatsWithSarif } from "./formats";
import { type Line, line, type Page, say, section, type Section, toCopy } from "./page";
import type { SarifRun } from "./sarif-log";
import { counted, placeLines, TONES } from "./sayings";
import { nounAt } from "./sources";

/** The forms of findings. */
export const LINT_FORMATS = formatsWithSarif(pageOf, (report: LintReport) => report, sarifOf);

export type LintFormat = Format;

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
  const open = findings.filter(({ rule }) => rule === LintRule.UNDECIDED);
  const of = (severity: LintSeverity) => findings.filter((each) => each.severity === severity && !open.includes(each));
  return [
    { title: "Errors", one: "error", findings: of(LintSeverity.ERROR) },
    { title: "Warnings", one: "warning", findings: of(LintSeverity.WARNING) },
    { title: "Undecided", one: "undecided", many: "undecided", findings: open },
    { title: "Notes", one: "note", findings: of(LintSeverity.NOTE) },
  ].filter((chapter) => chapter.findings.length > 0);
}

function findingLine({ id, rule, what, change, place, accepted }: LintFinding): Line {
  return line(
    [{ code: rule }, `: ${what}`],
    acceptedWords(accepted).map((words) => line(words)),
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
    rules: Object.values(LintRule).map((id) => ({ id, description: FINDS[id] })),
    exitCode: exitCodeOf(report),
    alerts: report.findings.map(({ id, rule, severity, what, change, place, accepted }) => ({
      ...{ id, rule, level: severity },
      message: [what, ...acceptedWords(accepted), `change: ${change}`].join("; "),
      ...{ file: `stacks/${place.stack}/cdk.tf.json`, places: [place], noun: nounAt(place) },
    })),
  };
}

/** Each kind of finding in one sentence. */
const FINDS: Readonly<Record<LintRule, string>> = {
  [LintRule.ESCAPED_INTERPOLATION]: "A reference is written in Terraform's escape, so that its text is sent.",
  [LintRule.LOST_VALUE]: "The bindings lost a number or a list on the way to the JSON.",
  [LintRule.SPECTRUM_PORT]: "A Spectrum application opens a port past every rule.",
  [LintRule.LOCKDOWN]: "A zone lockdown guards a path that an escape may pass by.",
  [LintRule.UNPROXIED_RECORD]: "A record publishes an origin's own address.",
  [LintRule.NEVER_MATCHES]: "No request meets a rule's condition.",
  [LintRule.COVERED]: "Other rules, alone or together, have all requests of a rule.",
  [LintRule.CONTRADICTION]: "Two rules that overlap end requests differently.",
  [LintRule.ORDER]: "Two rules that overlap do different things, in an order that matters.",
  [LintRule.UNUSED_LIST]: "No rule names a list.",
  [LintRule.OVERLAPPING_ADDRESSES]: "A set has the same addresses more than once.",
  [LintRule.MERGEABLE_ADDRESSES]: "A set takes more entries than it needs.",
  [LintRule.MISLEADING_ADDRESS]: "An address is read otherwise than it looks.",
  [LintRule.LIMIT]: "Something is near a limit of the platform or the plan, or over it.",
  [LintRule.PLAN]: "A condition asks for what the zone's plan doesn't have.",
  [LintRule.ACCEPTANCE]: "An acceptance accepts nothing.",
  [LintRule.UNDECIDED]: "It can't be decided what something does.",
};
