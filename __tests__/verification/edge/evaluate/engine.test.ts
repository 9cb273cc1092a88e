import { AddressSet } from "../../../../network/address-set";
import { parse } from "../../../../network/rules-language";
import { evaluate } from "../../../../verification/edge/evaluate/evaluate";
import type { Lists } from "../../../../verification/edge/evaluate/predicate-test";
import { requestOf } from "../../../../verification/edge/evaluate/request";
import {
  ENGINE_AGREED,
  ENGINE_CASES,
  type EngineCase,
  type EngineCases,
} from "../../../support/rules-language/engine-cases";

const listsOf = ({ lists }: EngineCases): Lists =>
  new Map(Object.entries(lists).map(([name, entries]) => [name, AddressSet.of(name, entries)]));

function verdicts(table: EngineCases): readonly (EngineCase & { verdict: boolean | undefined })[] {
  const lists = listsOf(table);
  return table.cases
    .filter(({ error, documented }) => error === undefined || documented !== undefined)
    .map((one) => ({
      ...one,
      verdict: evaluate(parse(one.expr), requestOf({ ...table.defaults, ...one.request }), lists).value,
    }));
}

const disagreements = (table: EngineCases) => verdicts(table).filter(({ verdict, matches }) => verdict !== matches);

describe("the evaluator beside Cloudflare's engine", () => {
  test("every case by hand has the engine's verdict, or what the documentation makes of it", () => {
    expect(disagreements(ENGINE_CASES).map(({ expr, verdict, documented }) => ({ expr, verdict, documented }))).toEqual(
      [
        { expr: "true", verdict: true, documented: true },
        { expr: "(true)", verdict: true, documented: true },
        ...Array(3).fill({ expr: 'http.request.headers["x"][0] ne "a"', verdict: undefined, documented: false }),
      ],
    );
  });

  test("every generated case has the engine's verdict", () => {
    expect(disagreements(ENGINE_AGREED)).toEqual([]);
  });

  test("both tables hold requests that match and requests that do not", () => {
    for (const table of [ENGINE_CASES, ENGINE_AGREED]) {
      const all = verdicts(table).map(({ verdict }) => verdict);
      expect(all.filter((verdict) => verdict === true).length).toBeGreaterThan(100);
      expect(all.filter((verdict) => verdict === false).length).toBeGreaterThan(100);
    }
  });
});
