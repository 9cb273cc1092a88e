import { STATEMENTS } from "../../policy/statements";
import type { Conclusion } from "../statements/conclusion";
import type { Result } from "../statements/result";
import { markdownCode, markdownText } from "./escape";
import { chaptersOf, inReadingOrder, type Report, summaryOf } from "./report";
import { placeText } from "./text";

/** A report for a pull request or a step summary. */
export function reportMarkdown(report: Report): string {
  const { lowered, violated, undecided, proven, notApplicable } = chaptersOf(report);
  const parts = inReadingOrder(report, {
    accepted: section("Only declared, by decision of the environment", lowered, ({ lowered: reason = "" }) =>
      markdownText(reason),
    ),
    open: [
      ...section("Violated", violated, ({ conclusion }) => detailsOf(conclusion)),
      ...section("Undecided", undecided, ({ conclusion }) => detailsOf(conclusion)),
      ...list("Not what was proven: these files differ from proof.json", report.changed),
    ],
    settled: [
      ...section("Proven", proven, ({ conclusion }) => detailsOf(conclusion)),
      ...section("Not applicable", notApplicable, () => ""),
      ...list(
        "Outside the model, and no part of any answer",
        report.outside.map(({ type, count }) => `${type}: ${count}`),
      ),
    ],
  });
  return `${[`## ${summaryOf(report)}`, ...parts].join("\n\n")}\n`;
}

function section(title: string, results: readonly Result[], detail: (result: Result) => string): readonly string[] {
  if (results.length === 0) return [];
  const rows = results.map((result) => {
    const { environment, statement } = result;
    return `| ${environment} | ${statement} | ${markdownText(STATEMENTS[statement].sentence)} | ${detail(result)} |`;
  });
  return [`### ${title}`, ["| environment | id | statement | |", "| --- | --- | --- | --- |", ...rows].join("\n")];
}

function detailsOf(conclusion: Conclusion): string {
  switch (conclusion.kind) {
    case "violated": {
      const by =
        conclusion.by === undefined
          ? []
          : [`by ${markdownCode(conclusion.by.name)}, ${markdownCode(placeText(conclusion.by))}`];
      const witnesses = conclusion.witnesses.map(markdownCode);
      return [
        ...witnesses,
        markdownText(conclusion.what),
        ...by,
        `**change**: ${markdownText(conclusion.change)}`,
      ].join("<br>");
    }
    case "undecided":
      return conclusion.doubts
        .map(
          ({ reason, place }) =>
            markdownText(reason) + (place === undefined ? "" : ` (${markdownCode(placeText(place))})`),
        )
        .join("<br>");
    case "proven":
      return [
        `${conclusion.strength}${conclusion.classes > 0 ? `: ${conclusion.classes} classes, ${conclusion.rules} rules` : ""}`,
        ...conclusion.notes.map(markdownText),
      ].join("<br>");
    case "not applicable":
      return "";
  }
}

function list(title: string, items: readonly string[]): readonly string[] {
  return items.length === 0 ? [] : [`### ${title}`, items.map((item) => `- ${markdownCode(item)}`).join("\n")];
}
