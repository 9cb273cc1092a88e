import { PackageManager } from "../../../../policy/scanned-manifest";
import type { ScanFilesInput } from "../../../../constructs/scan-schedule/files/scan-files-input";
import { textOf } from "./support/input";
import { complaints, parserErrors } from "../../../support/github-parser";
import { sample } from "../../../support/sample";

const SNYK = ".github/workflows/snyk.yml";
const PENTEST = ".github/workflows/pentest-cadence.yml";

const VARIANTS: readonly (readonly [string, Partial<ScanFilesInput>])[] = [
  ["with everything", { organization: "acme", blockWhenUnavailable: true }],
  ["without code scanning", { codeScanning: false, monitor: false }],
  ["with one manifest", { manifests: [{ packageManager: PackageManager.NPM, path: "package-lock.json" }] }],
];

describe.each(VARIANTS)("%s", (_, changes) => {
  test.each([SNYK, PENTEST])("GitHub's own tools have nothing against %s", async (path) => {
    const text = textOf(path, changes);
    expect([await complaints(text), await parserErrors(text)]).toEqual([[], []]);
  });
});

const snyk = textOf(SNYK);
const MISTAKES: readonly (readonly [string, string, string])[] = [
  ["a misspelled trigger", "  push:\n", "  pushed:\n"],
  ["a misspelled filter", '    branches: ["main"]\n', '    branch: ["main"]\n'],
  ["a job that does not exist", "needs: [scan]", "needs: [scam]"],
  ["an impossible time", /cron: ".+"/.exec(snyk)?.[0] ?? "", 'cron: "61 4 * * 1"'],
  ["a context that does not exist", "${{ matrix.manifest }}", "${{ matrices.manifest }}"],
  ["an expression that does not end", "${{ github.token }}", "${{ github.token"],
  ["a permission that does not exist", "contents: read", "content: read"],
  ["a step that runs and uses", "      - name: Scan\n", "      - name: Scan\n        uses: actions/checkout@v7\n"],
];

test.each(sample(MISTAKES, 3))("fails on %s", async (_, right, wrong) => {
  expect(snyk).toContain(right);
  expect(await complaints(snyk.replace(right, wrong))).not.toEqual([]);
});
