import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";

/** The root of this project, whose own configuration files judge the seeds. */
export const ROOT = resolve(__dirname, "../..");

/** The files of a project with seeded violations: path to text. */
export type Seeds = Readonly<Record<string, string>>;

/** A folder outside the project with seeded files and the installed packages of this project. */
export class SeededProject {
  private constructor(public readonly folder: string) {}

  public static of(seeds: Seeds): SeededProject {
    const folder = mkdtempSync(join(tmpdir(), "seeded-project-"));
    symlinkSync(join(ROOT, "node_modules"), join(folder, "node_modules"));
    symlinkSync(join(ROOT, "tsconfig.json"), join(folder, "tsconfig.json"));
    for (const [path, text] of Object.entries(seeds)) {
      mkdirSync(join(folder, dirname(path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    return new SeededProject(folder);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Runs an installed tool in the folder, and returns its JSON. */
  public async json(program: string, ...options: readonly string[]): Promise<unknown> {
    const output = await run(this.folder, [join(ROOT, "node_modules", program), ...options]);
    return JSON.parse(output);
  }
}

/** Tools that find violations end with an exit code above zero: only their output counts here. */
function run(cwd: string, command: readonly string[]): Promise<string> {
  return new Promise((done, failed) => {
    const child = spawn(process.execPath, command, { cwd, stdio: ["ignore", "pipe", "pipe"] });
    const printed: string[] = [];
    child.stdout.setEncoding("utf8").on("data", (text: string) => printed.push(text));
    child.on("error", failed);
    child.on("close", () => {
      done(printed.join(""));
    });
  });
}
