import { type StatementId, STATEMENT_IDS, STATEMENTS } from "../../policy/statements";
import { PROPOSITIONS } from "../statements/propositions";
import { markdownText } from "./escape";

/** The policy as it is proven, for a terminal: every statement with its parts. */
export function statementsText(): string {
  return `${STATEMENT_IDS.map((id) => [`${id}  ${STATEMENTS[id].sentence}`, ...linesOf(id).map((line) => `  ${line}`)].join("\n")).join("\n\n")}\n`;
}

/** The same as a Markdown table. */
export function statementsMarkdown(): string {
  const rows = STATEMENT_IDS.map((id) => {
    const { sentence, required } = STATEMENTS[id];
    const parts = PROPOSITIONS[id].map((part) => `• ${markdownText(part.sentence)}`).join("<br>");
    return `| ${id} | ${markdownText(sentence)} | ${required} | ${parts} | ${markdownText(assumptionOf(id) ?? "")} |`;
  });
  const head = "| id | statement | has to be | is proven as: it | as long as |";
  return `${[head, "| --- | --- | --- | --- | --- |", ...rows].join("\n")}\n`;
}

function linesOf(id: StatementId): readonly string[] {
  const assumption = assumptionOf(id);
  return [
    `has to be ${STATEMENTS[id].required}`,
    ...(assumption === undefined ? [] : [`as long as ${assumption}`]),
    ...PROPOSITIONS[id].map(({ sentence }) => `- ${sentence}`),
  ];
}

function assumptionOf(id: StatementId): string | undefined {
  const statement = STATEMENTS[id];
  return "assumption" in statement ? statement.assumption : undefined;
}
