import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describeUnless, whyNoProgram, whyNoRegistry } from "../support/describe-unless";
import { ROOT } from "./seeded-project";

const MINUTES = 1_800_000;

describeUnless([whyNoProgram("git", "--version"), whyNoRegistry()], "a clean checkout", () => {
  const folder = mkdtempSync(join(tmpdir(), "clean-checkout-"));
  const clone = join(folder, "project");

  /** Runs the command of CI, and returns its exit code and last line. */
  const ci = (): readonly [number | null, string | undefined] => {
    const { status, stdout } = spawnSync(join(clone, ".ci/run"), { encoding: "utf8", maxBuffer: 2 ** 28 });
    return [status, stdout.trimEnd().split("\n").at(-1)];
  };

  beforeAll(() => {
    spawnSync("git", ["clone", "--quiet", ROOT, clone]);
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test(
    "installs and passes, and ends with its count",
    () => {
      expect(ci()).toEqual([0, expect.stringMatching(/^[1-9][0-9]* passed, 0 failed$/)]);
    },
    MINUTES,
  );

  test(
    "fails with one failing test, and counts it",
    () => {
      const seed = join(clone, "__tests__/seeded.test.ts");
      writeFileSync(seed, 'test("fails", () => {\n  expect(1).toBe(2);\n});\n');
      expect(ci()).toEqual([1, expect.stringMatching(/^[1-9][0-9]* passed, 1 failed$/)]);
      rmSync(seed);
    },
    MINUTES,
  );

  test(
    "fails with one type error, and counts it",
    () => {
      const seed = join(clone, "__tests__/seeded.test.ts");
      writeFileSync(seed, "export const a: string = 1;\n");
      expect(ci()).toEqual([1, expect.stringMatching(/^[1-9][0-9]* passed, 1 failed$/)]);
      rmSync(seed);
    },
    MINUTES,
  );
});
