import { type Statement, STATEMENT_IDS, type StatementId, STATEMENTS } from "../../policy/statements";
import type { AuditReport, StatementEntry } from "../answers/report/audit-report";
import type { CheckByHand, FrameworkControl } from "../answers/report/evidence";
import { exitCodeOf, outcomeInWords } from "../answers/verify";
import { ASSERTIONS } from "../statements/assertions";
import { isLowered, type StatementResult } from "../statements/results";
import { markdownOf } from "./markdown";
import { folded, type Line, line, linesOf, listing, type Page, section, type Section, type Tone, toCopy } from "./page";
import { countsOf, placeLines, sayingsOf, TONES } from "./sayings";
import { textOf, type TextOptions } from "./text";

/** The forms of the policy as it is proven: every statement with its assertions. */
export const STATEMENT_FORMATS = {
  text: (options?: TextOptions) => textOf(pageOf(), options),
  markdown: () => markdownOf(pageOf()),
};

function pageOf(): Page {
  return { headlines: [], sections: STATEMENT_IDS.flatMap(provenSection) };
}

/** The meaning of a statement and all that it rests on, for code scanning. */
export function helpOf(id: StatementId): { readonly text: string; readonly markdown: string } {
  const page = { headlines: [], sections: provenSection(id) };
  return { text: textOf(page), markdown: markdownOf(page) };
}

function provenSection(id: StatementId): readonly Section[] {
  const { sentence, required, assumptions = [], notes = [] }: Statement = STATEMENTS[id];
  return section(
    `${id}: ${sentence}`,
    line(`has to be ${required}`),
    linesOf(assumptions, "as long as "),
    linesOf(notes, "note: "),
    line("is proven by", assertionsOf(id)),
  );
}

const STRENGTHS = [
  "enforced: a platform resource in the JSON does it",
  "asserted: the deploy sets or checks it through the platform's API, and fails unless it is in force",
  "declared: it is written down only",
];

/** Every statement in every environment, then each with all that is known of it. */
export function statementsSection(report: AuditReport): Section {
  const { statements } = report;
  const environments = report.matrix.environments.map(({ environment }) => environment);
  return {
    title: ["Statements"],
    id: "statements",
    lines: linesOf(STRENGTHS),
    grid: {
      heads: environments,
      rows: statements.map(({ id, results }) => ({
        names: [id],
        cells: environments.map((environment) => {
          const result = results.find((each) => each.environment === environment);
          return result === undefined ? { text: "not asked here" } : { text: outcomeOf(result), tone: toneOf(result) };
        }),
      })),
    },
    sections: statements.map(statementSection),
  };
}

export function outcomeOf(result: StatementResult): string {
  return isLowered(result) ? "only declared" : outcomeInWords(result);
}

export function toneOf(result: StatementResult): Tone {
  if (isLowered(result) || result.verdict === "accepted") return "unsure";
  return result.passes ? "open" : TONES[exitCodeOf({ results: [result], outside: [], changed: [] })];
}

function statementSection({ id, results, byHand, supports }: StatementEntry): Section {
  const { sentence, plan, required } = STATEMENTS[id];
  const accepted = shared(results, (each) =>
    each.accepted.map(({ what, reason }) => `accepted: ${what}; reason: ${reason}`),
  );
  return {
    title: [`${id}: ${sentence}`],
    id: id.toLowerCase(),
    lines: [
      ...results.map((result) => ({ ...line([`${result.environment}: ${outcomeOf(result)}`]), tone: toneOf(result) })),
      ...(results.length === 0 ? [line("there is nothing that it speaks of")] : []),
      ...linesOf(
        shared(results, (each) => each.assumptions),
        "as long as ",
      ),
      ...linesOf(
        shared(results, (each) => each.notes),
        "note: ",
      ),
      ...linesOf(accepted),
    ],
    sections: folded([
      ...section(
        `Assertions that prove ${id}`,
        line(`has to be ${required}`),
        assertionsOf(id),
        line(`the plan says: ${plan}`),
      ),
      ...listing(`Rules and resources that decide ${id}`, results, decisionLine),
      ...listing(`How to check ${id} by hand`, byHand, ({ environment, checks }) =>
        line(environment, checks.map(checkLine)),
      ),
      ...listing(`Controls that ${id} supports: ${supports.map((each) => each.id).join(", ")}`, supports, controlLine),
    ]),
  };
}

const assertionsOf = (id: StatementId): readonly Line[] => linesOf(ASSERTIONS[id].map(({ text }) => text));

const checkLine = ({ command, from, expect }: CheckByHand): Line =>
  toCopy([{ code: command }], line(`from ${from}`), line(`expect ${expect}`));

const controlLine = ({ framework, id, about, source }: FrameworkControl): Line =>
  line([`supports ${framework} ${id}, ${about}: `, { code: source }]);

/** Texts that several environments share stand once; those of some environments name them. */
function shared(
  results: readonly StatementResult[],
  textsOf: (result: StatementResult) => readonly string[],
): readonly string[] {
  const all = [...new Set(results.flatMap(textsOf))];
  return all.map((text) => {
    const having = results.filter((result) => textsOf(result).includes(text));
    return having.length === results.length
      ? text
      : `${text} (${having.map(({ environment }) => environment).join(", ")})`;
  });
}

/** All that is known of a result, and where what decides it stands. */
function decisionLine(result: StatementResult): Line {
  const { environment, controls, classes, rules } = result;
  const counts = countsOf([
    [classes, classes === 1 ? "class of traffic" : "classes of traffic"],
    [rules, rules === 1 ? "rule" : "rules"],
  ]);
  return line(
    `${environment}: ${outcomeOf(result)}${counts === "" ? "" : `, by ${counts}`}`,
    controls.map((control) => line([{ code: control.name }], placeLines(control))),
    result.verdict === "proven" ? [] : linesOf(sayingsOf(result)),
  );
}
