import { CLEAN, FOUND, NEW, OLD, scan } from "./support/run-scan";
import { type Answers, vulnerability } from "./support/stubs";

describe("on the default branch", () => {
  test("a clean scan passes", () => expect(scan(CLEAN).code).toBe(0));

  test("fails on vulnerabilities and lists them all", () => {
    const { code, output, summary } = scan(FOUND);
    expect(code).toBe(1);
    for (const id of ["SNYK-OLD", "SNYK-NEW"]) for (const text of [output, summary]) expect(text).toContain(id);
  });

  test("exit code 1 with milder vulnerabilities only passes", () => {
    expect(scan({ exits: [1], report: [vulnerability("SNYK-MILD", "medium")] }).code).toBe(0);
  });

  test("fails when Snyk fails twice", () => {
    const { code, output } = scan({ exits: [2, 2] });
    expect([code, output]).toEqual([1, expect.stringContaining("::error::web/package-lock.json: scan unavailable")]);
  });

  test("a failure of Snyk that passes is asked again", () => {
    const { code, calls } = scan({ exits: [2, 0], report: [] });
    expect([code, calls.length]).toEqual([0, 2]);
  });

  test.each<[string, Answers]>([
    ["no supported project", { exits: [3] }],
    ["an empty output", { exits: [0], report: "" }],
    ["no output", { exits: [0] }],
    ["an output that is cut off", { exits: [1], report: '{"vulnerabilities":[{"id":' }],
    ["an output that is no report", { exits: [0], report: '{"ok":false,"error":"x"}' }],
    ["vulnerabilities that are not listed", { exits: [1], report: [] }],
    ["a crash", { exits: [134], report: [] }],
  ])("fails on %s", (_, answers) => expect(scan(answers).code).toBe(1));

  test("fails on vulnerabilities that are listed with exit code 0", () => {
    expect(scan({ exits: [0], report: [NEW] }).code).toBe(1);
  });

  test("fails on a missing manifest without asking Snyk", () => {
    const { code, output, calls } = scan(CLEAN, undefined, {}, ["head"]);
    expect([code, calls]).toEqual([1, []]);
    expect(output).toContain("web/package-lock.json does not exist");
  });

  test("fails without a token, and says which two secrets are needed", () => {
    const { code, output } = scan(CLEAN, undefined, { SNYK_TOKEN: "" });
    expect(code).toBe(1);
    expect(output).toMatch(/Actions secret.*Dependabot secret of the same name/);
  });

  test("fails without the CLI", () => {
    expect(scan(CLEAN, undefined, { PATH: "/usr/bin:/bin" }).output).toContain("the Snyk CLI is not installed");
  });
});

describe("on a pull request", () => {
  test("vulnerabilities that the base has pass", () => expect(scan(FOUND, FOUND).code).toBe(0));

  test("fails on a new vulnerability and lists no old one", () => {
    const { code, output } = scan(FOUND, { exits: [1], report: [OLD] });
    expect(code).toBe(1);
    expect(output).toContain("SNYK-NEW");
    expect(output).not.toContain("SNYK-OLD");
  });

  test("a clean head is not compared", () => expect(scan(CLEAN, FOUND).calls).toHaveLength(1));

  test("fails on a manifest that the pull request adds with vulnerabilities", () => {
    expect(scan(FOUND, CLEAN, {}, ["base"]).code).toBe(1);
  });

  test("an unavailable scan passes with a warning", () => {
    const { code, output } = scan({ exits: [2, 2] }, CLEAN);
    expect([code, output]).toEqual([0, expect.stringContaining("::warning::")]);
  });

  test("fails on an unavailable scan by option", () => {
    expect(scan({ exits: [2, 2] }, CLEAN, { BLOCK_WHEN_UNAVAILABLE: "true" }).code).toBe(1);
  });

  test("fails on an unavailable scan if the option can't be read", () => {
    expect(scan({ exits: [2, 2] }, CLEAN, { BLOCK_WHEN_UNAVAILABLE: "" }).code).toBe(1);
  });

  test("a base that Snyk can't answer for leaves the scan unavailable", () => {
    expect(scan(FOUND, { exits: [2, 2] }).output).toContain("the base could not be scanned");
    expect(scan(FOUND, { exits: [2, 2] }, { BLOCK_WHEN_UNAVAILABLE: "true" }).code).toBe(1);
  });

  test("fails on exit code 3", () => expect(scan({ exits: [3] }, CLEAN).code).toBe(1));

  test("fails on a manifest that the pull request removes", () =>
    expect(scan(CLEAN, CLEAN, {}, ["head"]).code).toBe(1));

  test("fails on a new vulnerability although the base has no supported project", () => {
    expect(scan(FOUND, { exits: [3] }).code).toBe(1);
  });
});

test("a CLI that could not be downloaded (exit code 127) is an unavailable scan", () => {
  expect(scan({ exits: [127] }, CLEAN).output).toContain("::warning::");
  expect(scan({ exits: [127] }).code).toBe(1);
});
