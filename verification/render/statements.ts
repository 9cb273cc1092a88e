import { type Statement, STATEMENT_IDS, type StatementId, STATEMENTS } from "../../policy/statements";
import { ASSERTIONS } from "../statements/assertions";
import { markdownOf } from "./markdown";
import { line, type Page, section, type Section } from "./page";
import { textOf, type TextOptions } from "./text";

/** The forms of the policy as it is proven: every statement with its assertions. */
export const STATEMENT_FORMATS = {
  text: (options?: TextOptions) => textOf(pageOf(), options),
  markdown: () => markdownOf(pageOf()),
};

function pageOf(): Page {
  return { headlines: [], sections: STATEMENT_IDS.flatMap(statementSection) };
}

/** What a statement means and rests on, for code scanning. */
export function helpOf(id: StatementId): { readonly text: string; readonly markdown: string } {
  const page = { headlines: [], sections: statementSection(id) };
  return { text: textOf(page), markdown: markdownOf(page) };
}

function statementSection(id: StatementId): readonly Section[] {
  const { sentence, required, assumptions = [], notes = [] }: Statement = STATEMENTS[id];
  return section(
    `${id}: ${sentence}`,
    line(`has to be ${required}`),
    assumptions.map((assumption) => line(`as long as ${assumption}`)),
    notes.map((note) => line(`note: ${note}`)),
    line(
      "is proven by",
      ASSERTIONS[id].map(({ text }) => line(text)),
    ),
  );
}
