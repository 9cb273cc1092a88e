import { PROBE_FORMATS } from "../../../cli/pages/probe";
import { Verdict } from "../../../operations/probe/check";
import { exitCodeOf, type Outcome, type Probed } from "../../../operations/probe/probe";
import { Accept } from "../../../policy/accept";

const { HOLDS, VIOLATED, UNDECIDED } = Verdict;

const finding = (verdict: Verdict, ...statements: Outcome["statements"]): Outcome => ({
  statements: statements.length === 0 ? ["PORTS-1"] : statements,
  expects: "the port is blocked",
  verdict,
  because: "seen",
});

const probed = (...findings: readonly Outcome[]): Probed => ({
  environment: "shop",
  lowered: [Accept.declared("PORTS-2", "the platform team redirects")],
  vantage: { 4: "9.9.9.9" },
  findings,
});

describe("a probe", () => {
  test.each([
    [0, [HOLDS, HOLDS]],
    [1, [HOLDS, VIOLATED]],
    [1, [UNDECIDED, VIOLATED]],
    [2, [HOLDS, UNDECIDED]],
  ])("ends with %d by %j", (code, verdicts) => {
    expect(exitCodeOf(probed(...verdicts.map((verdict) => finding(verdict))))).toBe(code);
  });

  test.each([
    [["PORTS-2"], 0],
    [["PORTS-2", "PORTS-1"], 1],
  ] as const)("counts what looks at %j by %d, where PORTS-2 is only declared", (statements, code) => {
    expect(exitCodeOf(probed(finding(VIOLATED, ...statements)))).toBe(code);
  });

  test("leads with what is lowered, and prints what is violated first", () => {
    const text = PROBE_FORMATS.text(
      probed(finding(HOLDS), finding(VIOLATED, "PORTS-2"), finding(UNDECIDED, "PORTS-3", "DB-1")),
    );
    expect(text.split("\n")).toEqual([
      "shop, from 9.9.9.9: 1 hold, 1 violated, 1 undecided",
      "",
      "Only declared: what breaks it is shown and doesn't count",
      "  PORTS-2: the platform team redirects",
      "",
      "Violated",
      "  PORTS-2: the port is blocked: seen (only declared)",
      "",
      "Undecided",
      "  PORTS-3, DB-1: the port is blocked: seen",
      "",
      "Holds",
      "  PORTS-1: the port is blocked: seen",
      "",
    ]);
  });

  test("has what one reason leaves unknown in one line, and what holds in one for each statement", () => {
    const text = PROBE_FORMATS.text(
      probed(finding(HOLDS), finding(HOLDS), finding(HOLDS, "HOOK-1"), finding(UNDECIDED), finding(UNDECIDED, "WEB-1")),
    );
    expect(text).toContain("  PORTS-1: the port is blocked (and 1 more): seen\n  HOOK-1: the port is blocked: seen\n");
    expect(text).toContain("  PORTS-1, WEB-1: the port is blocked (and 1 more): seen\n");
  });

  test("hands no command to a terminal, and no markup to Markdown", () => {
    const hostile = probed({ ...finding(HOLDS), because: "\u001b[2J\u009b2J\r\n<b>" });
    expect(PROBE_FORMATS.text(hostile)).toMatch(/^[\x20-\x7e\n]*$/);
    expect(PROBE_FORMATS.markdown(hostile)).toMatch(/`[^`]*<b>`/);
  });

  test("says that its place isn't known", () => {
    expect(PROBE_FORMATS.text({ ...probed(), vantage: {} })).toMatch(/^shop, from an address that isn't known: /);
  });
});
