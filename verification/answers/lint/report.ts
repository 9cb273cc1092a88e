import type { App } from "../explain/app";
import { lintApp } from "./app-checks";
import { type AppFinding, LintRule, LintSeverity } from "./finding";

/** Grows when a reader of the old form would misread the new one. */
const FORMAT = 1;

/** What was found, and in how much. `lint.schema.json` is its published form. */
export interface LintReport {
  readonly format: typeof FORMAT;
  readonly findings: readonly AppFinding[];
  readonly looked: { readonly stacks: number; readonly rules: number; readonly lists: number };
}

export function lintReportOf(app: App): LintReport {
  const { model } = app;
  const rules = model.ofType("cloudflare_ruleset").flatMap(({ attributes }) => attributes["rules"] ?? []);
  const lists = model.ofType("cloudflare_list");
  const looked = { stacks: model.stacks.length, rules: rules.length, lists: lists.length };
  return { format: FORMAT, findings: lintApp(app), looked };
}

const isUndecided = ({ rule }: AppFinding): boolean => rule === LintRule.UNDECIDED;

/** How a command ends that prints this: 1 an error or a warning, 2 nothing but what is undecided, 0 nothing, or notes. */
export function exitCodeOf({ findings }: LintReport): 0 | 1 | 2 {
  const failing = findings.filter(({ severity }) => severity !== LintSeverity.NOTE);
  if (failing.some((finding) => !isUndecided(finding))) return 1;
  return failing.length > 0 ? 2 : 0;
}

/** A chapter of a report, in the order in which a reader wants them. */
export interface LintChapter {
  readonly title: string;
  readonly findings: readonly AppFinding[];
}

export function chaptersOf({ findings }: LintReport): readonly LintChapter[] {
  const of = (severity: LintSeverity) =>
    findings.filter((finding) => finding.severity === severity && !isUndecided(finding));
  return [
    { title: "Errors", findings: of(LintSeverity.ERROR) },
    { title: "Warnings", findings: of(LintSeverity.WARNING) },
    { title: "Undecided", findings: findings.filter(isUndecided) },
    { title: "Notes", findings: of(LintSeverity.NOTE) },
  ].filter((chapter) => chapter.findings.length > 0);
}

/** One line that says how it went. */
export function summaryOf(report: LintReport): string {
  const { stacks, rules, lists } = report.looked;
  const where = `${counted(stacks, "stack")}, ${counted(rules, "rule")} and ${counted(lists, "list")}`;
  const counts = chaptersOf(report).map(({ title, findings }) =>
    title === "Undecided" ? `${findings.length} undecided` : counted(findings.length, title.slice(0, -1).toLowerCase()),
  );
  return `${counts.length === 0 ? "Nothing found" : counts.join(", ")} in ${where}`;
}

const counted = (count: number, what: string): string => `${count} ${what}${count === 1 ? "" : "s"}`;
