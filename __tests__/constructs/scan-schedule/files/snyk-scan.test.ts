import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Answers, answer, vulnerability, writeStubs } from "./support/stubs";

const PROGRAM = join(__dirname, "../../../../constructs/scan-schedule/files/programs/snyk-scan.cjs");
const OLD = vulnerability("SNYK-OLD");
const NEW = vulnerability("SNYK-NEW");
const CLEAN: Answers = { exits: [0], report: [] };
const FOUND: Answers = { exits: [1], report: [OLD, NEW] };

const root = mkdtempSync(join(tmpdir(), "snyk-scan-"));
beforeAll(() => writeStubs(join(root, "bin")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let runs = 0;
interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly calls: readonly string[];
  readonly summary: string;
  readonly sarif: string | undefined;
}

/** Runs the program in a tree that has the manifest; `base` makes it a pull request. */
function scan(
  head: Answers,
  base?: Answers,
  environment: Readonly<Record<string, string>> = {},
  without: readonly ("head" | "base")[] = [],
): Run {
  const folder = join(root, String((runs += 1)));
  const settings = { PACKAGE_MANAGER: "npm", MANIFEST: "web/package-lock.json", ...environment };
  for (const [name, answers] of Object.entries({ head, base })) {
    if (answers === undefined) continue;
    answer(join(folder, name), answers);
    if (without.includes(name as "head" | "base")) continue;
    mkdirSync(dirname(join(folder, name, settings.MANIFEST)), { recursive: true });
    writeFileSync(join(folder, name, settings.MANIFEST), "");
  }
  mkdirSync(join(folder, "temp"));
  const [log, summary, sarif] = ["log", "summary", "head/snyk.sarif"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  writeFileSync(log, "");
  const { status, stdout, stderr } = spawnSync(process.execPath, [PROGRAM], {
    cwd: join(folder, "head"),
    encoding: "utf8",
    env: {
      PATH: `${join(root, "bin")}:/usr/bin:/bin`,
      STUB_LOG: log,
      RUNNER_TEMP: join(folder, "temp"),
      GITHUB_STEP_SUMMARY: summary,
      SNYK_RETRY_AFTER_MS: "1",
      SNYK_TOKEN: "fake-token",
      SEVERITY_THRESHOLD: "high",
      BLOCK_WHEN_UNAVAILABLE: "false",
      BASE_TREE: base === undefined ? "" : join(folder, "base"),
      ...settings,
    },
  });
  const read = (path: string): string | undefined => (existsSync(path) ? readFileSync(path, "utf8") : undefined);
  const calls = (read(log) ?? "").replaceAll(folder, "").split("\n").filter(Boolean);
  return { code: status, output: stdout + stderr, calls, summary: read(summary) ?? "", sarif: read(sarif) };
}

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

describe("a manifest of pip", () => {
  const pip = { PACKAGE_MANAGER: "pip", MANIFEST: "requirements-prod.txt" };

  test("is installed into an environment of its own, without the token, and scanned there", () => {
    expect(scan(CLEAN, undefined, pip).calls).toEqual([
      "python -m venv /temp/snyk-head/venv (in head, token none)",
      "python -m pip install --disable-pip-version-check --quiet -r requirements-prod.txt (in head, token none)",
      "snyk test --file=requirements-prod.txt --package-manager=pip --command=/temp/snyk-head/venv/bin/python --json-file-output=/temp/snyk-head/report.json --sarif-file-output=/temp/snyk-head/report.sarif (in head, token fake-token)",
    ]);
  });

  test("is installed once more for the base", () => {
    const { calls } = scan(FOUND, FOUND, pip);
    expect(calls.filter((call) => call.includes("pip install") && call.includes("in base"))).toHaveLength(1);
  });

  test("fails if it can't be installed", () => {
    const { code, output } = scan({ ...CLEAN, pip: 1 }, CLEAN, pip);
    expect([code, output]).toEqual([1, expect.stringContaining("can't be installed")]);
  });
});

describe("a manifest of uv", () => {
  const uv = { PACKAGE_MANAGER: "uv", MANIFEST: "services/agents/uv.lock", UV_VERSION: "0.13.9" };

  test("is exported to requirements, which are installed and scanned", () => {
    const { code, calls } = scan(CLEAN, undefined, uv);
    expect(code).toBe(0);
    expect(calls[1]).toContain("uv==0.13.9");
    expect(calls[2]).toMatch(
      /^uv export --quiet --frozen .*--project services\/agents .*uv\.exported-requirements\.txt/,
    );
    expect(calls[3]).toContain("-r services/agents/uv.exported-requirements.txt");
    expect(calls[4]).toContain("--file=services/agents/uv.exported-requirements.txt --package-manager=pip");
  });
});

test.each(["npm", "pnpm", "yarn", "poetry"])("a lock of %s is scanned as it is", (manager) => {
  const { calls } = scan(CLEAN, undefined, { PACKAGE_MANAGER: manager });
  expect(calls).toEqual([expect.stringContaining(`--file=web/package-lock.json --package-manager=${manager} `)]);
});

describe("the report for code scanning", () => {
  const rule = (severity: unknown): object => ({ properties: { "security-severity": severity } });
  const result = {
    locations: [{ physicalLocation: { artifactLocation: { uri: "web/uv.exported-requirements.txt" } } }],
  };
  const sarif = JSON.stringify({
    runs: [
      {
        tool: { driver: { rules: [rule("7.5"), rule("undefined"), rule("null"), rule(null), {}] } },
        results: [result],
      },
    ],
  });
  const wanted = { SARIF_FILE: "snyk.sarif" };

  test("has numbers only as severities", () => {
    const {
      runs: [first],
    } = JSON.parse(scan({ ...CLEAN, sarif }, undefined, wanted).sarif ?? "") as {
      readonly runs: readonly [{ readonly tool: { readonly driver: { readonly rules: readonly unknown[] } } }];
    };
    expect(first.tool.driver.rules).toEqual([rule("7.5"), rule("0.0"), rule("0.0"), rule("0.0"), {}]);
  });

  test("points to the lock, not to what was exported from it", () => {
    const { sarif: text } = scan({ ...CLEAN, sarif }, undefined, { ...wanted, MANIFEST: "web/uv.lock" });
    expect(text).toContain('"uri":"web/uv.lock"');
  });

  test("is written although vulnerabilities fail the leg", () => {
    expect(scan({ ...FOUND, sarif }, undefined, wanted)).toMatchObject({
      code: 1,
      sarif: expect.stringContaining("7.5") as string,
    });
  });

  test("is not written where it is not wanted", () => {
    expect(scan({ ...CLEAN, sarif }).sarif).toBeUndefined();
  });

  test.each([undefined, "", "{}"])("fails if Snyk leaves %j", (text) => {
    expect(scan({ ...CLEAN, ...(text === undefined ? {} : { sarif: text }) }, undefined, wanted).code).not.toBe(0);
  });
});

describe("the snapshot that Snyk keeps watching", () => {
  const main = { MONITOR_REFERENCE: "main" };

  test("is taken of what was scanned, although vulnerabilities fail the leg", () => {
    const { code, calls } = scan(FOUND, undefined, main);
    expect(code).toBe(1);
    expect(calls[1]).toContain(
      "snyk monitor --file=web/package-lock.json --package-manager=npm --target-reference=main",
    );
  });

  test("is not taken without a branch to take it for", () => expect(scan(CLEAN).calls).toHaveLength(1));

  test("fails the leg if it can't be taken", () =>
    expect(scan({ ...CLEAN, monitor: 2 }, undefined, main).code).toBe(1));
});

test("what Snyk prints is not read as a command to the runner", () => {
  const lines = scan(CLEAN).output.split("\n");
  const stop = lines.findIndex((line) => line.startsWith("::stop-commands::"));
  const resume = lines.indexOf(`::${String(lines[stop]?.slice("::stop-commands::".length))}::`);
  const printed = lines.indexOf("::error::printed by snyk");
  expect(stop).toBeLessThan(printed);
  expect(printed).toBeLessThan(resume);
});

test("a title from the report can't add a line to the log", () => {
  const { output } = scan({ exits: [1], report: [{ ...NEW, title: "bad\n::warning::forged" }] });
  expect(output.split("\n").filter((line) => line.startsWith("::warning::"))).toEqual([]);
});
