import * as fc from "fast-check";
import {
  type Finding,
  type ScanResult,
  findingsOf,
  judge,
} from "../../../../constructs/scan-schedule/files/programs/snyk-verdict.cjs";

const finding = (id: string, severity = "high", packageName = "lodash"): Finding => ({
  key: `${id} ${packageName}`,
  id,
  packageName,
  version: "1.0.0",
  severity,
  title: "Prototype Pollution",
});
const scanned = (...findings: readonly Finding[]): ScanResult => ({ state: "scanned", findings });
const failing = (state: Exclude<ScanResult["state"], "scanned">): ScanResult => ({ state, reason: state });

const FAILURES = ["unavailable", "refused", "unscannable", "absent", "unsupported", "broken"] as const;
const ON_MAIN = { pullRequest: false, threshold: "high", blockWhenUnavailable: false, passUnscannable: false };
const ON_PULL_REQUEST = { ...ON_MAIN, pullRequest: true };
const BLOCKING = { ...ON_PULL_REQUEST, blockWhenUnavailable: true };

describe("on the default branch", () => {
  test("no finding passes", () => expect(judge(scanned(), undefined, ON_MAIN).passed).toBe(true));

  test("fails on every finding at or above the threshold, old or new", () => {
    const verdict = judge(scanned(finding("A"), finding("B", "critical"), finding("C", "medium")), undefined, ON_MAIN);
    expect([verdict.passed, verdict.blocking.map(({ id }) => id)]).toEqual([false, ["A", "B"]]);
  });

  test("findings below the threshold pass", () => {
    expect(judge(scanned(finding("C", "medium")), undefined, ON_MAIN).passed).toBe(true);
  });

  test.each(FAILURES)("fails on a scan that is %s", (state) => {
    expect(judge(failing(state), undefined, ON_MAIN).passed).toBe(false);
    expect(judge(failing(state), undefined, { ...ON_MAIN, blockWhenUnavailable: true }).passed).toBe(false);
  });
});

test.each(FAILURES)("the environment can let pass what is not scannable, and nothing else: %s", (state) => {
  for (const settings of [ON_MAIN, ON_PULL_REQUEST, BLOCKING]) {
    const { passed } = judge(failing(state), undefined, { ...settings, passUnscannable: true });
    expect(passed).toBe(state === "unscannable" || (state === "unavailable" && settings === ON_PULL_REQUEST));
  }
});

describe("on a pull request", () => {
  test("a finding that the base has passes", () => {
    expect(judge(scanned(finding("A")), scanned(finding("A")), ON_PULL_REQUEST).passed).toBe(true);
  });

  test("fails on a finding that the base does not have, and names only that", () => {
    const verdict = judge(scanned(finding("A"), finding("B")), scanned(finding("A")), ON_PULL_REQUEST);
    expect([verdict.passed, verdict.blocking.map(({ id }) => id)]).toEqual([false, ["B"]]);
  });

  test("fails on the same vulnerability in another package", () => {
    const base = scanned(finding("A", "high", "lodash"));
    expect(judge(scanned(finding("A", "high", "lodash-es")), base, ON_PULL_REQUEST).passed).toBe(false);
  });

  test("a new finding below the threshold passes", () => {
    expect(judge(scanned(finding("B", "low")), scanned(), ON_PULL_REQUEST).passed).toBe(true);
  });

  test("an unavailable scan passes with a warning", () => {
    expect(judge(failing("unavailable"), undefined, ON_PULL_REQUEST)).toMatchObject({ passed: true, level: "warning" });
  });

  test("fails on an unavailable scan where that is chosen", () => {
    expect(judge(failing("unavailable"), undefined, BLOCKING).passed).toBe(false);
  });

  test.each(["absent", "unsupported", "broken"] as const)("fails on a scan that is %s", (state) => {
    expect(judge(failing(state), undefined, ON_PULL_REQUEST).passed).toBe(false);
  });

  test.each(["absent", "unsupported", "broken"] as const)("fails on any finding when the base is %s", (state) => {
    expect(judge(scanned(finding("A")), failing(state), ON_PULL_REQUEST).passed).toBe(false);
  });

  test("a base that could not be scanned is an unavailable scan", () => {
    expect(judge(scanned(finding("A")), failing("unavailable"), ON_PULL_REQUEST).level).toBe("warning");
    expect(judge(scanned(finding("A")), failing("unavailable"), BLOCKING).passed).toBe(false);
  });

  test("the verdict is that of set difference", () => {
    const ids = fc.uniqueArray(fc.constantFrom("A", "B", "C", "D", "E"));
    const level = (id: string): string => (id < "C" ? "low" : "critical");
    fc.assert(
      fc.property(ids, ids, (head, base) => {
        const results = [head, base].map((list) => scanned(...list.map((id) => finding(id, level(id)))));
        const { passed } = judge(results[0] as ScanResult, results[1], ON_PULL_REQUEST);
        return passed === !(["C", "D", "E"] as const).some((id) => head.includes(id) && !base.includes(id));
      }),
      { seed: 20261124, numRuns: 500 },
    );
  });
});

describe("a report", () => {
  const vulnerability = { id: "SNYK-1", packageName: "lodash", version: "4.17.0", severity: "high", title: "x" };

  test("lists a vulnerability once, however many paths lead to it, with its worst severity", () => {
    const vulnerabilities = [vulnerability, { ...vulnerability, severity: "critical" }, vulnerability];
    expect(findingsOf({ vulnerabilities })).toEqual([{ ...vulnerability, severity: "critical", key: "SNYK-1 lodash" }]);
  });

  test("of several projects is read as a whole", () => {
    expect(findingsOf([{ vulnerabilities: [] }, { vulnerabilities: [vulnerability] }])).toHaveLength(1);
  });

  test.each([undefined, null, {}, [], "", 7, { ok: false, error: "x" }, { vulnerabilities: [{}] }, [{}]])(
    "%j is none",
    (report) => expect(findingsOf(report)).toBeUndefined(),
  );

  test("a severity that is not known counts as the worst", () => {
    expect(judge(scanned(finding("A", "cataclysmic")), undefined, { ...ON_MAIN, threshold: "critical" }).passed).toBe(
      false,
    );
  });

  test("fails on a threshold that is no severity", () => {
    expect(() => judge(scanned(), undefined, { ...ON_MAIN, threshold: "" })).toThrow('threshold is ""');
  });
});
