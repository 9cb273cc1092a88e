import { readFileSync } from "node:fs";
import { join } from "node:path";
import { OWN_SCAN_FILES, ROOT } from "./support/this-repository";

describe("this repository's own scans", () => {
  test.each(OWN_SCAN_FILES.map(({ path, text }) => [path, text] as const))(
    "%s is what ScanSchedule would write (npm run scans writes it again)",
    (path, text) => {
      expect(readFileSync(join(ROOT, path), "utf8")).toBe(text);
    },
  );

  test("they are the scan, Dependabot's file and the cadence of the penetration test", () => {
    const paths = OWN_SCAN_FILES.map(({ path }) => path);
    expect(paths).toEqual(
      expect.arrayContaining([
        ".github/dependabot.yml",
        ".github/workflows/pentest-cadence.yml",
        ".github/workflows/snyk.yml",
      ]),
    );
  });
});
