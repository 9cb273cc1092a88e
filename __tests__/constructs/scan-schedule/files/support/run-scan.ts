import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { type Answers, answer, vulnerability, writeStubs } from "./stubs";

const PROGRAM = join(__dirname, "../../../../../constructs/scan-schedule/files/programs/snyk-scan.cjs");

export const OLD = vulnerability("SNYK-OLD");
export const NEW = vulnerability("SNYK-NEW");
export const CLEAN: Answers = { exits: [0], report: [] };
export const FOUND: Answers = { exits: [1], report: [OLD, NEW] };

const root = mkdtempSync(join(tmpdir(), "snyk-scan-"));
beforeAll(() => writeStubs(join(root, "bin")));
afterAll(() => rmSync(root, { recursive: true, force: true }));

let runs = 0;
/** How one run of the program ended. */
export interface Run {
  readonly code: number | null;
  readonly output: string;
  readonly calls: readonly string[];
  readonly summary: string;
  readonly sarif: string | undefined;
}

/** Further files, for example `head/setup.py`. */
export type Trees = Readonly<Record<string, string>>;

/** Runs the program in a tree that has the manifest; `base` makes it a pull request. */
export function scan(
  head: Answers,
  base?: Answers,
  environment: Readonly<Record<string, string>> = {},
  without: readonly ("head" | "base")[] = [],
  more: Trees = {},
): Run {
  const folder = join(root, String((runs += 1)));
  const settings = { PACKAGE_MANAGER: "npm", MANIFEST: "web/package-lock.json", ...environment };
  for (const [name, answers] of Object.entries({ head, base })) {
    if (answers === undefined) continue;
    answer(join(folder, name), answers);
    if (without.includes(name as "head" | "base")) continue;
    mkdirSync(dirname(join(folder, name, settings.MANIFEST)), { recursive: true });
    writeFileSync(join(folder, name, settings.MANIFEST), "flask==3.0.0\n");
  }
  for (const [path, text] of Object.entries(more)) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
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
      STUB_TREE: join(folder, "head"),
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
