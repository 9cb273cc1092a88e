import { parse, RulesLanguageError } from "../../../network/rules-language";
import { ENGINE_AGREED, ENGINE_CASES, type EngineCase } from "../../support/rules-language/engine-cases";

/** The place of the error that parsing gives, or undefined if it gives none. */
function errorOf(source: string): { line: number; column: number } | undefined {
  try {
    parse(source);
    return undefined;
  } catch (error) {
    if (!(error instanceof RulesLanguageError)) throw error;
    return { line: error.line, column: error.column };
  }
}

const placeOf = ({ error }: EngineCase) => error && { line: error.line, column: error.column };
const disagreements = (cases: readonly EngineCase[]) =>
  cases.map((one) => ({ expr: one.expr, engine: placeOf(one), ours: errorOf(one.expr) })).filter(differs);
const differs = (one: { engine: unknown; ours: unknown }) => JSON.stringify(one.engine) !== JSON.stringify(one.ours);

describe("the parser beside Cloudflare's engine", () => {
  test("there are 508 cases by hand, and hundreds of generated ones", () => {
    expect(ENGINE_CASES.cases).toHaveLength(508);
    expect(ENGINE_AGREED.cases.length).toBeGreaterThan(500);
  });

  test("every case by hand is accepted or refused at the same line and column, but for the literal true", () => {
    expect(disagreements(ENGINE_CASES.cases).map(({ expr, ours }) => ({ expr, ours }))).toEqual([
      { expr: "true", ours: undefined },
      { expr: "(true)", ours: undefined },
    ]);
  });

  test("every generated case is accepted or refused at the same line and column", () => {
    expect(disagreements(ENGINE_AGREED.cases)).toEqual([]);
  });

  test("both tables hold refused and accepted expressions", () => {
    for (const { cases } of [ENGINE_CASES, ENGINE_AGREED]) {
      expect(cases.filter(({ error }) => error !== undefined).length).toBeGreaterThan(50);
      expect(cases.filter(({ error }) => error === undefined).length).toBeGreaterThan(200);
    }
  });
});
