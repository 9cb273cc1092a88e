import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./seeded-project";

const folder = mkdtempSync(join(tmpdir(), "closing-line-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

/** A run of Jest: its result, unless it wrote none, and its exit code. */
type Run = readonly [result: object | undefined, exitCode: number];

function closing(...runs: readonly Run[]) {
  const given = runs.flatMap(([result, exitCode], index) => {
    const file = join(folder, `${String(index)}.json`);
    rmSync(file, { force: true });
    if (result !== undefined) writeFileSync(file, JSON.stringify(result));
    return [file, String(exitCode)];
  });
  const program = join(ROOT, ".ci/closing-line.js");
  const { stdout, status } = spawnSync(process.execPath, [program, ...given], { encoding: "utf8" });
  return { stdout, status };
}

const counts = (passed: number, failed = 0, broken = 0): object => ({
  numPassedTests: passed,
  numFailedTests: failed,
  numRuntimeErrorTestSuites: broken,
});

test.each<[string, readonly Run[], string, number]>([
  [
    "the tests of both runs are counted",
    [
      [counts(7), 0],
      [counts(5), 0],
    ],
    "12 passed, 0 failed",
    0,
  ],
  [
    "failed tests are counted",
    [
      [counts(7, 2), 1],
      [counts(5, 1), 1],
    ],
    "12 passed, 3 failed",
    1,
  ],
  [
    "a suite that could not run counts as failed",
    [
      [counts(7, 0, 1), 1],
      [counts(5), 0],
    ],
    "12 passed, 1 failed",
    1,
  ],
  [
    "a failure that Jest doesn't count is shown",
    [
      [counts(7), 1],
      [counts(5), 0],
    ],
    "12 passed, 1 failed",
    1,
  ],
  [
    "a run that failed before Jest began is a failure",
    [
      [undefined, 2],
      [counts(5), 0],
    ],
    "5 passed, 1 failed",
    1,
  ],
  [
    "a success without a result is a failure",
    [
      [counts(7), 0],
      [undefined, 0],
    ],
    "7 passed, 1 failed",
    1,
  ],
  ["no run at all is no success", [], "0 passed, 0 failed", 1],
])("%s", (_title, runs, line, status) => {
  expect(closing(...runs)).toEqual({ stdout: `${line}\n`, status });
});
