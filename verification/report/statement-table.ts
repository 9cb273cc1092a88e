import { type Statement, type StatementId, STATEMENT_IDS, STATEMENTS } from "../../policy/statements";
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
    const assumptions = assumptionsOf(id).map(markdownText).join("<br>");
    return `| ${id} | ${markdownText(sentence)} | ${required} | ${parts} | ${assumptions} |`;
  });
  const head = "| id | statement | has to be | is proven as: it | as long as |";
  return `${[head, "| --- | --- | --- | --- | --- |", ...rows].join("\n")}\n`;
}

function linesOf(id: StatementId): readonly string[] {
  return [
    `has to be ${STATEMENTS[id].required}`,
    ...assumptionsOf(id).map((assumption) => `as long as ${assumption}`),
    ...PROPOSITIONS[id].map(({ sentence }) => `- ${sentence}`),
  ];
}

function assumptionsOf(id: StatementId): readonly string[] {
  const { assumptions = [] }: Statement = STATEMENTS[id];
  return assumptions;
}
