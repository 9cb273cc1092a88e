import Ajv2020 from "ajv/dist/2020";
import schema from "../../../verification/render/report.schema.json";
import { environments } from "../../../environments";
import { marketplace } from "../../../examples/marketplace/policy";
import type { Environment } from "../../../policy/environment";
import { STATEMENT_IDS } from "../../../policy/statements";
import { folderOf, modelOf } from "../../../tests/mutants/folder";
import { otherEnvironments } from "../../../tests/mutants/other-environments";
import type { App } from "../../../verification/answers/app";
import { statementView } from "../../../verification/answers/explain/explain";
import { matrixOf } from "../../../verification/answers/matrix/matrix-of";
import { type Report, reportOf } from "../../../verification/answers/verify";
import { markdownText } from "../../../verification/render/escape";
import { MATRIX_FORMATS } from "../../../verification/render/matrix";
import { markdownOf } from "../../../verification/render/markdown";
import { section } from "../../../verification/render/page";
import { REPORT_FORMATS } from "../../../verification/render/report";
import { statementLine } from "../../../verification/render/sayings";
import { textOf } from "../../../verification/render/text";
import { type StatementResult, resultsOf } from "../../../verification/statements/results";
import { proofDocument } from "../../../verification/terraform/documents";
import { FORMS, leftOut } from "../../support/left-out";
import { ACCEPTED, EVERYTHING, result } from "./reports";

const fits = new Ajv2020({ strict: true, strictRequired: false }).compile(schema);

const PLAIN = { columns: 100, hasColour: false };
/** The statements about who reaches what. */
const ACCESS = /^(PORTS|HOOK|WEB|DB)-|^WORK-1$/;

const appOf = (given: readonly Environment[]): App => {
  const folder = folderOf(given);
  return { model: modelOf(folder), policies: folder.policies };
};

function reportOn(given: readonly Environment[]): Report {
  const { model, policies } = appOf(given);
  return reportOf(model, resultsOf(model, policies));
}

/** Whether a page says words, wherever it breaks its lines. */
function isOn(page: string, words: string): boolean {
  const [all = "", ...own] = [page, words, markdownText(words)].map((text) => text.replace(/\s+/g, ""));
  return own.some((each) => all.includes(each));
}

function basisOf({ assumptions, notes, accepted }: StatementResult): readonly string[] {
  return [...assumptions, ...notes, ...accepted.flatMap(({ what, reason }) => [what, reason])];
}

describe.each([
  ["the shipped environments", reportOn(environments)],
  ["other environments, with everything that an environment can decide", reportOn(otherEnvironments)],
  ["an example", reportOn([marketplace.environment])],
  ["a report in which everything happens that can", EVERYTHING],
  ["a report of what is accepted", { results: [result("WEB-1", ACCEPTED)], outside: [], changed: [] }],
] as const)("of %s", (_what, report) => {
  test.each(FORMS)("%s leaves out nothing that a result says", (form) => {
    expect(leftOut(form, report)).toEqual([]);
  });

  test("an explanation leaves out nothing that a result rests on", () => {
    for (const result of report.results) {
      const sections = section("Statements", statementLine(statementView(result)));
      const pages = [textOf({ headlines: [], sections }, PLAIN), markdownOf({ headlines: [], sections })];
      for (const page of pages) expect(basisOf(result).filter((words) => !isOn(page, words))).toEqual([]);
    }
  });

  test("JSON and proof.json fit the published schema of a result", () => {
    const { results } = JSON.parse(JSON.stringify(proofDocument(report.results, {}))) as { readonly results: unknown };
    expect(fits(JSON.parse(REPORT_FORMATS.json(report))) || fits.errors).toBe(true);
    expect(fits({ format: 1, exitCode: 0, results, outside: [], changed: [] }) || fits.errors).toBe(true);
  });
});

test("a matrix says once what the statements rest on by which it is decided", () => {
  const { model, policies } = appOf(environments);
  const matrix = matrixOf({ model, policies });
  const results = resultsOf(model, policies);
  const page = MATRIX_FORMATS.text(matrix, PLAIN);
  for (const { environment, assumptions } of matrix.environments) {
    const own = results.filter((result) => result.environment === environment && ACCESS.test(result.statement));
    expect(assumptions.map(({ what }) => what)).toEqual([...new Set(own.flatMap((result) => result.assumptions))]);
    expect(assumptions.filter(({ what }) => !isOn(page, what))).toEqual([]);
  }
  expect(matrix.environments[0]?.assumptions).toContainEqual({
    what: "nothing reaches the origin past the edge, which is WEB-1",
    statements: ["HOOK-1"],
  });
});

test("every statement is among the results that are looked at, with all that a result can have", () => {
  const results = [environments, otherEnvironments].flatMap((each) => reportOn(each).results);
  const statements = new Set(results.filter(({ verdict }) => verdict === "proven").map(({ statement }) => statement));
  expect(STATEMENT_IDS.filter((id) => !statements.has(id))).toEqual([]);
  for (const kind of ["assumptions", "notes", "accepted"] as const) {
    expect(results.some((result) => result[kind].length > 0)).toBe(true);
  }
});
