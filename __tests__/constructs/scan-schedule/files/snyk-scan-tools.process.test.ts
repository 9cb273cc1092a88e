import { CLEAN, FOUND, NEW, scan } from "./support/run-scan";

describe("a manifest of pip", () => {
  const pip = { PACKAGE_MANAGER: "pip", MANIFEST: "requirements-prod.txt" };

  test("is resolved without building anything and without the token, and scanned with an interpreter that finds metadata only", () => {
    expect(scan(CLEAN, undefined, pip).calls).toEqual([
      "python -I -m pip install --dry-run --ignore-installed --quiet --disable-pip-version-check --no-input --only-binary=:all: --report=/temp/snyk-head/pip.json -c /temp/snyk-head/constraints.txt -r requirements-prod.txt (in head, token none)",
      "snyk test --file=requirements-prod.txt --package-manager=pip --command=/temp/snyk-head/python --json-file-output=/temp/snyk-head/report.json --sarif-file-output=/temp/snyk-head/report.sarif (in head, token fake-token)",
      "python -I -S /temp/snyk-head/python --version (in head, token fake-token)",
    ]);
  });

  test("is resolved once more for the base", () => {
    const { calls } = scan(FOUND, FOUND, pip);
    expect(calls.filter((call) => call.includes("pip install") && call.includes("in base"))).toHaveLength(1);
  });
});

describe("a manifest of uv", () => {
  const uv = { PACKAGE_MANAGER: "uv", MANIFEST: "services/agents/uv.lock", UV_VERSION: "0.13.9" };

  test("is exported to requirements, which are resolved and scanned", () => {
    const { code, calls } = scan(CLEAN, undefined, uv);
    expect(code).toBe(0);
    expect(calls[0]).toMatch(/^python -I -m pip install .*--only-binary=:all: --no-deps .*uv==0\.13\.9/);
    expect(calls[1]).toMatch(/^uv export --quiet --no-config --frozen .*uv\.exported-requirements\.txt/);
    expect(calls[2]).toMatch(/--dry-run .*-r services\/agents\/uv\.exported-requirements\.txt/);
    expect(calls[3]).toContain("--file=services/agents/uv.exported-requirements.txt --package-manager=pip");
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

  test("is not a committed file of its name", () => {
    expect(scan({ exits: [2, 2] }, undefined, { ...wanted, MANIFEST: "snyk.sarif" }).sarif).toBeUndefined();
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
