import { acceptancesOf, acceptanceText, chaptersOf, inReadingOrder, type Report, summaryOf } from "../answers/verify";
import type { StatementResult } from "../statements/results";
import { markdownCode, markdownText } from "./escape";
import { type Saying, sayingsOf } from "./sayings";

/** A report for a pull request or a step summary. */
export function reportMarkdown(report: Report): string {
  const { lowered, violated, undecided, proven, notApplicable } = chaptersOf(report);
  const parts = inReadingOrder(report, {
    accepted: [
      ...section("Only declared, by decision of the environment", lowered),
      ...list("Accepted, by decision of the environment", acceptancesOf(report).map(acceptanceText)),
    ],
    open: [
      ...section("Violated", violated),
      ...section("Undecided", undecided),
      ...list("Not what was proven: these files differ from proof.json", report.changed),
    ],
    settled: [
      ...section("Proven", proven),
      ...section("Not applicable", notApplicable),
      ...list(
        "Outside the model, and no part of any answer",
        report.outside.map(({ type, count }) => `${type}: ${count}`),
      ),
    ],
  });
  return `${[`## ${summaryOf(report)}`, ...parts].join("\n\n")}\n`;
}

function section(title: string, results: readonly StatementResult[]): readonly string[] {
  if (results.length === 0) return [];
  const rows = results.map((result) => {
    const { environment, statement, sentence } = result;
    const said = sayingsOf(result).map(written).join("<br>");
    return `| ${markdownText(environment)} | ${statement} | ${markdownText(sentence)} | ${said} |`;
  });
  return [`### ${title}`, ["| environment | id | statement | |", "| --- | --- | --- | --- |", ...rows].join("\n")];
}

const written = (saying: Saying): string =>
  saying.map((said) => ("code" in said ? markdownCode(said.code) : markdownText(said.text))).join("");

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`### ${title}`, items.map((item) => `- ${markdownCode(item)}`).join("\n")];
}
