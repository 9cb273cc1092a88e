import { spawnSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { parse } from "yaml";
import { type Answers, answer, writeStubs } from "../../__tests__/constructs/scan-schedule/files/support/stubs";
import type { Workflow } from "../../__tests__/constructs/scan-schedule/files/support/workflow";
import { resourcesOf } from "../../__tests__/support/synthesized";
import type { TerraformJson } from "./synthesized-app";

/** A program's end. */
export interface Ended {
  readonly code: number | null;
  readonly output: string;
}

/** A repository with the files that a stack's JSON writes into it, to be read and run. */
export class WrittenRepository {
  private readonly files: ReadonlyMap<string, string>;

  /** @param name without its owner */
  public constructor(json: TerraformJson, name: string) {
    const files = resourcesOf(json, "github_repository_file").filter(({ repository }) => repository === name);
    this.files = new Map(files.map(({ file, content }) => [String(file), asTerraformReads(String(content))]));
  }

  public get paths(): readonly string[] {
    return [...this.files.keys()];
  }

  /** The text of a file, which has to be there. */
  public text(path: string): string {
    expect(this.paths).toContain(path);
    return this.files.get(path) ?? "";
  }

  public workflow(name: string): Workflow {
    return parse(this.text(`.github/workflows/${name}`)) as Workflow;
  }

  /** Runs a shell command in a checkout that has these further files, with stand-ins for Snyk, Python and uv. */
  public run(command: string, environment: Readonly<Record<string, string>>, more: Checkout): Ended {
    const folder = mkdtempSync(join(tmpdir(), "written-"));
    try {
      const checkout = join(folder, "checkout");
      for (const [path, text] of [...this.files, ...Object.entries(more.files ?? {})]) {
        mkdirSync(dirname(join(checkout, path)), { recursive: true });
        writeFileSync(join(checkout, path), text);
      }
      writeStubs(join(folder, "bin"));
      mkdirSync(join(folder, "temp"));
      if (more.snyk !== undefined) answer(checkout, more.snyk);
      const { status, stdout, stderr } = spawnSync("/bin/sh", ["-ec", command], {
        cwd: checkout,
        encoding: "utf8",
        env: {
          PATH: `${join(folder, "bin")}:${dirname(process.execPath)}:/usr/bin:/bin`,
          STUB_LOG: join(folder, "log"),
          RUNNER_TEMP: join(folder, "temp"),
          GITHUB_STEP_SUMMARY: join(folder, "summary"),
          GITHUB_OUTPUT: join(folder, "outputs"),
          SNYK_RETRY_AFTER_MS: "1",
          ...environment,
        },
      });
      return { code: status, output: stdout + stderr };
    } finally {
      rmSync(folder, { recursive: true });
    }
  }
}

/** The files of a checkout beside the written ones, and Snyk's answers. */
export interface Checkout {
  readonly files?: Readonly<Record<string, string>>;
  readonly snyk?: Answers;
}

/** The text that Terraform makes of a string of its JSON, which must not be a template. */
function asTerraformReads(text: string): string {
  expect(text.replace(/\$\$\{|%%\{/g, "")).not.toMatch(/[$%]\{/);
  return text.replaceAll("$${", "${").replaceAll("%%{", "%{");
}
