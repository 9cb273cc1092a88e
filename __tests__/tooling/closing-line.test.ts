import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ROOT } from "./seeded-project";

const folder = mkdtempSync(join(tmpdir(), "closing-line-"));

afterAll(() => {
  rmSync(folder, { recursive: true });
});

function closing(result: object | undefined, exitCode: number) {
  const file = join(folder, "result.json");
  writeFileSync(file, result === undefined ? "" : JSON.stringify(result));
  return spawnSync(process.execPath, [join(ROOT, ".ci/closing-line.js"), file, String(exitCode)], { encoding: "utf8" });
}

test("a pass is counted as Jest counted it", () => {
  expect(closing({ numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0 }, 0).stdout).toBe(
    "7 passed, 0 failed\n",
  );
});

test("failed tests are counted", () => {
  expect(closing({ numPassedTests: 7, numFailedTests: 2, numRuntimeErrorTestSuites: 0 }, 1).stdout).toBe(
    "7 passed, 2 failed\n",
  );
});

test("a suite that could not run counts as failed", () => {
  expect(closing({ numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 1 }, 1).stdout).toBe(
    "7 passed, 1 failed\n",
  );
});

test("a failure that Jest doesn't count is never shown as none", () => {
  expect(closing({ numPassedTests: 7, numFailedTests: 0, numRuntimeErrorTestSuites: 0 }, 1).stdout).toBe(
    "7 passed, 1 failed\n",
  );
});

test("a type check or lint that failed before Jest began counts as failed", () => {
  expect(closing(undefined, 2).stdout).toBe("0 passed, 1 failed\n");
});

test("refuses success without a result", () => {
  expect(closing(undefined, 0)).toMatchObject({ stdout: "", status: 1 });
});
