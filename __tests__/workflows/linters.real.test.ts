import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { ScanFilesInput } from "../../constructs/scan-schedule/files/scan-files-input";
import { PackageManager } from "../../policy/scanned-manifest";
import { filesOf } from "../constructs/scan-schedule/files/support/input";
import { describeUnless, whyNoProgram } from "../support/describe-unless";
import { ROOT } from "./support/this-repository";

/** The input of ScanSchedule, for every form that its workflows have. */
const VARIANTS: readonly (readonly [string, Partial<ScanFilesInput>])[] = [
  ["with everything", { organization: "acme", blockWhenUnavailable: true }],
  ["without code scanning", { codeScanning: false, monitor: false }],
  ["with one manifest", { manifests: [{ packageManager: PackageManager.NPM, path: "package-lock.json" }] }],
];

const MISTAKE = `name: A mistake
on: pull_request_target
jobs:
  one:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v4
      - run: echo \${{ github.head_ref }}
`;

const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true });
});

function repositoryOf(files: readonly (readonly [string, string])[]): string {
  const folder = mkdtempSync(join(tmpdir(), "linted-"));
  folders.push(folder);
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  // Both look for the root of a repository.
  spawnSync("git", ["init", "--quiet"], { cwd: folder });
  return folder;
}

const written = (changes: Partial<ScanFilesInput>): string =>
  repositoryOf([...filesOf(changes)].map(([path, { text }]) => [path, text] as const));
const faulty = (): string => repositoryOf([[".github/workflows/mistake.yml", MISTAKE]]);

const LINTERS = [
  { name: "actionlint", version: ["-version"], args: ["-no-color"] },
  { name: "zizmor", version: ["--version"], args: ["--offline", "--no-progress", "--color=never", "."] },
] as const;

for (const { name, version, args } of LINTERS) {
  describeUnless([whyNoProgram(name, ...version), whyNoProgram("git", "--version")], name, () => {
    const lint = (folder: string) => {
      const { status, stdout } = spawnSync(name, args, { cwd: folder, encoding: "utf8" });
      return status === 0 ? "" : `${String(status)}\n${stdout}`;
    };

    test("finds nothing in this repository's workflows", () => {
      expect(lint(ROOT)).toBe("");
    });

    test.each(VARIANTS)("finds nothing in what ScanSchedule writes %s", (_, changes) => {
      expect(lint(written(changes))).toBe("");
    });

    test("would find a mistake", () => {
      expect(lint(faulty())).not.toBe("");
    });
  });
}
