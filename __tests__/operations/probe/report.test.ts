import { type Judgement, Verdict } from "../../../operations/probe/judgement";
import { exitCodeOf, type Finding, type Report, textOf } from "../../../operations/probe/report";
import { Accept } from "../../../policy/accept";

const { HOLDS, VIOLATED, UNDECIDED } = Verdict;

const finding = (verdict: Judgement["verdict"], ...statements: Finding["statements"]): Finding => ({
  statements: statements.length === 0 ? ["PORTS-1"] : statements,
  expects: "the port is blocked",
  verdict,
  because: "seen",
});

const report = (...findings: readonly Finding[]): Report => ({
  environment: "shop",
  lowered: [Accept.declared("PORTS-2", "the platform team redirects")],
  vantage: { 4: "9.9.9.9" },
  findings,
});

describe("a report", () => {
  test.each([
    [0, [HOLDS, HOLDS]],
    [1, [HOLDS, VIOLATED]],
    [1, [UNDECIDED, VIOLATED]],
    [2, [HOLDS, UNDECIDED]],
  ])("ends with %d by %j", (code, verdicts) => {
    expect(exitCodeOf(report(...verdicts.map((verdict) => finding(verdict))))).toBe(code);
  });

  test.each([
    [["PORTS-2"], 0],
    [["PORTS-2", "PORTS-1"], 1],
  ] as const)("counts what looks at %j by %d, where PORTS-2 is only declared", (statements, code) => {
    expect(exitCodeOf(report(finding(VIOLATED, ...statements)))).toBe(code);
  });

  test("leads with what is lowered, and prints each check with its statements", () => {
    expect(textOf(report(finding(HOLDS), finding(VIOLATED, "PORTS-2"), finding(UNDECIDED, "PORTS-3", "DB-1")))).toBe(
      [
        "shop, from 9.9.9.9",
        "only declared: PORTS-2: the platform team redirects",
        "",
        "holds      PORTS-1        the port is blocked: seen",
        "violated   PORTS-2        the port is blocked: seen (only declared)",
        "undecided  PORTS-3, DB-1  the port is blocked: seen",
        "",
        "1 hold, 1 violated, 1 undecided",
        "",
      ].join("\n"),
    );
  });

  test("hands no command to a terminal", () => {
    const hostile = { ...finding(HOLDS), because: "\u001b[2J\u009b2J\r\n" };
    expect(textOf(report(hostile))).toContain("the port is blocked: ?[2J?2J??\n");
  });

  test("says that its place isn't known", () => {
    expect(textOf({ ...report(), vantage: {} })).toMatch(/^shop, from an address that isn't known\n/);
  });
});
