import type { App } from "../app";
import { withAcceptances } from "./acceptances";
import { addresses } from "./addresses";
import { dead, pairs } from "./rules";
import { lintedZones } from "./zones";
import { type LintCheck, identified, type LintFinding, LintRule, LintSeverity } from "./finding";
import { limits, plan } from "./limits";
import { resources, unusedLists } from "./resources";
import { undecided } from "./undecided";

/** Grows when a reader of the old form would misread the new one. */
const FORMAT = 1;

/** The findings, and how much was looked at. `lint.schema.json` is its published form. */
export interface LintReport {
  readonly format: typeof FORMAT;
  readonly findings: readonly LintFinding[];
  readonly looked: { readonly stacks: number; readonly rules: number; readonly lists: number };
}

export function lintReportOf(app: App): LintReport {
  const { model } = app;
  const rules = model.ofType("cloudflare_ruleset").flatMap(({ attributes }) => attributes["rules"] ?? []);
  const lists = model.ofType("cloudflare_list");
  const looked = { stacks: model.stacks.length, rules: rules.length, lists: lists.length };
  return { format: FORMAT, findings: lintApp(app), looked };
}

const CHECKS: readonly LintCheck[] = [resources, dead, pairs, unusedLists, addresses, limits, plan, undecided];

const SEVERITIES: readonly LintSeverity[] = Object.values(LintSeverity);

/**
 * The findings about an app's JSON, the worst first: mistakes within each stack, conflicts between its rules, lists and
 * limits, and everything undecided.
 */
export function lintApp(app: App): readonly LintFinding[] {
  const linted = { ...app, zones: lintedZones(app) };
  const found = identified(
    CHECKS.flatMap((check) => check(linted)),
    app.model,
  );
  const all = withAcceptances(found, app);
  return SEVERITIES.flatMap((severity) => all.filter((finding) => finding.severity === severity));
}

/** How a command ends that prints this: 1 an error or a warning, 2 nothing but what is undecided, 0 nothing, or notes. */
export function exitCodeOf({ findings }: LintReport): 0 | 1 | 2 {
  const failing = findings.filter(({ severity }) => severity !== LintSeverity.NOTE);
  if (failing.some(({ rule }) => rule !== LintRule.UNDECIDED)) return 1;
  return failing.length > 0 ? 2 : 0;
}
