import { proofDocument } from "../../verification/terraform/documents";
import { REPORT_FORMATS, type ReportFormat } from "../../verification/render/report";
import { inlineCode, markdownText, oneLine, sarifText } from "../../verification/render/escape";
import type { Report } from "../../verification/answers/verify";
import type { StatementResult } from "../../verification/statements/results";

/** Every form in which a result is written. */
export const FORMS = [...(Object.keys(REPORT_FORMATS) as readonly ReportFormat[]), "proof.json"] as const;

export type Form = (typeof FORMS)[number];

/** The facts that a form of a report leaves out of its results, each with the result's id. */
export function leftOut(form: Form, report: Report): readonly string[] {
  const missing = MISSING_IN[form](report);
  return report.results.flatMap((result) => missing(result).map((what) => `${result.id}: ${what}`));
}

type Missing = (result: StatementResult) => readonly string[];

const MISSING_IN: Readonly<Record<Form, (report: Report) => Missing>> = {
  text: (report) => {
    const blocks = blocksOf(REPORT_FORMATS.text(report), /^ {2}(?:(\S+ [A-Z]+-\d+): |\[(U\d+)\] )/);
    return (result) => {
      const block = withReferred(blocks, `${result.environment} ${result.statement}`);
      return saidBy(result).filter((words) => !block.includes(oneLine(words)));
    };
  },
  markdown: (report) => {
    const blocks = blocksOf(REPORT_FORMATS.markdown(report), /^- (?:(\S+ [A-Z]+-\d+): |`\[(U\d+)\]` )/);
    return (result) => {
      const block = withReferred(blocks, `${result.environment} ${result.statement}`);
      return saidBy(result).filter(
        (words) => !block.includes(markdownText(words)) && !block.includes(inlineCode(words)),
      );
    };
  },
  json: (report) => {
    const { results } = JSON.parse(REPORT_FORMATS.json(report)) as { readonly results: readonly StatementResult[] };
    return differing(results);
  },
  "proof.json": (report) => {
    const { results } = JSON.parse(JSON.stringify(proofDocument(report.results, {}))) as {
      readonly results: readonly StatementResult[];
    };
    return differing(results);
  },
  sarif: (report) => {
    const { runs } = JSON.parse(REPORT_FORMATS.sarif(report)) as {
      readonly runs: readonly {
        readonly properties: { readonly results: readonly StatementResult[] };
        readonly results: readonly {
          readonly message: { readonly text: string };
          readonly properties: StatementResult;
        }[];
      }[];
    };
    const differ = differing(runs.flatMap(({ properties }) => properties.results));
    const alerts = runs.flatMap(({ results }) => results);
    return (result) => [
      ...differ(result),
      ...alerts
        .filter(({ properties }) => properties.id === result.id)
        .flatMap(({ message: { text }, properties }) => [
          ...differing([properties])(result),
          ...saidBy(result).filter((words) => !text.includes(sarifText(words))),
        ]),
    ];
  },
};

/** All that a reader has to be told of a result beside its verdict. */
export function saidBy(result: StatementResult): readonly string[] {
  const { assumptions, notes, accepted, counterexample, wrong, change, unknown, strength, controls } = result;
  return [
    ...(strength === undefined ? [] : [strength]),
    ...controls.map(({ name }) => name),
    ...assumptions.map((assumption) => `as long as ${assumption}`),
    ...notes,
    ...accepted.flatMap(({ what, reason }) => [what, reason]),
    ...counterexample,
    ...[wrong, change].filter((words) => words !== undefined),
    ...unknown.map(({ reason }) => reason),
  ];
}

/** The members of a result that its copy as data doesn't have as they are. */
function differing(copies: readonly StatementResult[]): Missing {
  return (result) => {
    const copy: Partial<StatementResult> = copies.find(({ id }) => id === result.id) ?? {};
    const keys = Object.keys(result) as readonly (keyof StatementResult)[];
    return keys.filter((key) => JSON.stringify(copy[key]) !== JSON.stringify(result[key]));
  };
}

/** The lines of a result, and those of each unknown thing that its first line refers to. */
function withReferred(blocks: ReadonlyMap<string, string>, name: string): string {
  const own = blocks.get(name) ?? "";
  const [first = ""] = own.split("\n");
  const referred = [...first.matchAll(/\[(U\d+)\]/g)].map(([, unknown = ""]) => blocks.get(unknown) ?? "");
  return [own, ...referred].join("\n");
}

/**
 * The lines of a page about each result, by the environment and the statement in the first line. Those about each
 * unknown thing, by its name.
 */
function blocksOf(text: string, start: RegExp): ReadonlyMap<string, string> {
  const blocks = new Map<string, string>();
  let title = "";
  for (const line of text.split("\n")) {
    const [, result, unknown] = start.exec(line) ?? [];
    title = result ?? unknown ?? title;
    blocks.set(title, `${blocks.get(title) ?? ""}${line}\n`);
  }
  return blocks;
}
