import type { AppFinding } from "../../answers/lint/finding";
import { chaptersOf, type LintReport, summaryOf } from "../../answers/lint/report";
import { inlineCode, markdownText } from "../escape";

/** Findings as Markdown that GitHub renders. */
export function lintMarkdown(report: LintReport): string {
  const blocks = [
    `## ${summaryOf(report)}`,
    ...chaptersOf(report).map(({ title, findings }) => [`### ${title}`, "", ...findings.flatMap(item)].join("\n")),
  ];
  return `${blocks.join("\n\n")}\n`;
}

function item({ rule, what, change, place: { stack, pointer, path } }: AppFinding): readonly string[] {
  return [
    `- **${rule}**: ${markdownText(what)}`,
    `  - change: ${markdownText(change)}`,
    ...(path === undefined ? [] : [`  - construct ${inlineCode(path)}`]),
    `  - JSON ${inlineCode(`stacks/${stack}/cdk.tf.json#${pointer}`)}`,
  ];
}
