import { type JestReport, outcomes } from "./outcomes";

const assertion = { matcherResult: { pass: false } };

/** A report of one test of WEB-1. */
function report(status: string, failureDetails: readonly object[] = []): JestReport {
  const test = { ancestorTitles: ["WEB-1: sentence.", "production"], title: "a fact", status, failureDetails };
  return { testResults: [{ message: "", assertionResults: [test] }] };
}

const verdict = (green: JestReport, red: JestReport) => outcomes(green, red).map(({ verdict: said }) => said);

describe("a statement is complete", () => {
  test("when it passes, and fails by an assertion without its controls", () => {
    expect(outcomes(report("passed"), report("failed", [assertion]))).toEqual([
      { statement: "WEB-1", verdict: "complete", reason: "1 passed; without controls 1 failed by assertion" },
    ]);
  });
});

describe("a statement is refused", () => {
  test.each([
    ["fails with its controls", report("failed", [assertion]), report("failed", [assertion])],
    ["passes without its controls", report("passed"), report("passed")],
    ["fails without its controls by something else than an assertion", report("passed"), report("failed", [{}])],
    ["is skipped with its controls", report("pending"), report("failed", [assertion])],
    ["is skipped without its controls", report("passed"), report("pending")],
    ["is missing in the first run", { testResults: [] }, report("failed", [assertion])],
    ["is missing in the second run", report("passed"), { testResults: [] }],
  ])("when it %s", (_what, green, red) => {
    expect(verdict(green, red)).toEqual(["refused"]);
  });

  test("when it is open, by its name", () => {
    expect(outcomes(report("todo"), report("todo"))).toEqual([
      { statement: "WEB-1", verdict: "refused", reason: "open: not covered yet" },
    ]);
  });
});
