import { spawnSync } from "node:child_process";
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Step } from "./workflows";

/** The outcome of a step. */
export interface Ran {
  readonly code: number | null;
  /** Its texts in GITHUB_OUTPUT, GITHUB_STEP_SUMMARY and its log. */
  readonly outputs: string;
  readonly summary: string;
  readonly log: string;
  /** The commands that it called, one a line, with their arguments. */
  readonly calls: string;
}

/**
 * Runs the program of a step as GitHub does with `shell: bash`. Stand-ins take the place of commands. Each writes down
 * its call, and then acts as the test says.
 */
export function runScript(
  { run }: Step,
  environment: Readonly<Record<string, string>>,
  standIns: Readonly<Record<string, string>> = {},
  files: Readonly<Record<string, string>> = {},
): Ran {
  const folder = mkdtempSync(join(tmpdir(), "step-"));
  try {
    for (const [name, text] of Object.entries(files)) writeFileSync(join(folder, name), text);
    for (const [name, program] of Object.entries(standIns)) {
      const path = join(folder, name);
      writeFileSync(path, `#!/usr/bin/env bash\necho "${name} $*" >> "$CALLS"\n${program}\n`);
      chmodSync(path, 0o755);
    }
    const at = (name: string): string => join(folder, `.${name}`);
    for (const name of ["output", "summary", "calls"]) writeFileSync(at(name), "");
    const env = {
      PATH: `${folder}:${process.env["PATH"] ?? ""}`,
      GITHUB_OUTPUT: at("output"),
      GITHUB_STEP_SUMMARY: at("summary"),
      CALLS: at("calls"),
      ...environment,
    };
    const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", String(run)];
    const { status, stdout } = spawnSync("bash", args, { cwd: folder, env, encoding: "utf8" });
    const [outputs, summary, calls] = ["output", "summary", "calls"].map((name) => readFileSync(at(name), "utf8"));
    return { code: status, outputs: String(outputs), summary: String(summary), log: stdout, calls: String(calls) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}
