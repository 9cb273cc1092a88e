import { type Statement, STATEMENT_IDS, type StatementId, STATEMENTS } from "../../policy/statements";
import { ASSERTIONS } from "../statements/assertions";
import { markdownText } from "./escape";

/** The policy as it is proven, for a terminal: every statement with its assertions. */
export function statementsText(): string {
  return `${STATEMENT_IDS.map((id) => [`${id}  ${STATEMENTS[id].sentence}`, ...linesOf(id).map((line) => `  ${line}`)].join("\n")).join("\n\n")}\n`;
}

/** The same as a Markdown table. */
export function statementsMarkdown(): string {
  const rows = STATEMENT_IDS.map((id) => {
    const { sentence, required, assumptions = [], notes = [] }: Statement = STATEMENTS[id];
    const assertions = ASSERTIONS[id].map(({ text }) => `• ${markdownText(text)}`).join("<br>");
    return `| ${[id, markdownText(sentence), required, assertions, cellOf(assumptions), cellOf(notes)].join(" | ")} |`;
  });
  const head = "| id | statement | has to be | is proven by | as long as | note |";
  return `${[head, "| --- | --- | --- | --- | --- | --- |", ...rows].join("\n")}\n`;
}

const cellOf = (texts: readonly string[]): string => texts.map(markdownText).join("<br>");

function linesOf(id: StatementId): readonly string[] {
  const { required, assumptions = [], notes = [] }: Statement = STATEMENTS[id];
  return [
    `has to be ${required}`,
    ...assumptions.map((assumption) => `as long as ${assumption}`),
    ...notes.map((note) => `note: ${note}`),
    ...ASSERTIONS[id].map(({ text }) => `- ${text}`),
  ];
}
