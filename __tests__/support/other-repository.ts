import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const PROJECT = join(__dirname, "..", "..");
const MINUTES = 300_000;

/** The package, under the name that another repository uses. */
export const PACKAGE = JSON.parse(readFileSync(join(PROJECT, "package.json"), "utf8")) as {
  readonly name: string;
  readonly version: string;
  readonly engines: { readonly node: string };
  readonly bin: Readonly<Record<string, string>>;
  readonly exports: Readonly<Record<string, string | { readonly types: string; readonly default: string }>>;
  readonly typesVersions: { readonly "*": Readonly<Record<string, readonly string[]>> };
  readonly peerDependencies: Readonly<Record<string, string>>;
  readonly devDependencies: Readonly<Record<string, string>>;
};

/** An example's file as another repository writes it: the package's folders by the package's name. */
export function fromElsewhere(text: string): string {
  return text.replaceAll('"../../', `"${PACKAGE.name}/`);
}

/** An app, after whose constructs something switches off the webhook's guard, as an override anywhere in it could. */
export function unguarded(main: string): string {
  const rulesets = 'stack.node.findAll().filter(({ node }) => node.path.includes("http_request_firewall_custom"))';
  return main.replace(
    "\n  return { app",
    `\n  for (const each of ${rulesets} as any[]) each.addOverride?.("rules.1.enabled", false);\n  return { app`,
  );
}

/** How a program ended. */
export interface Ended {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a program in the root of this project, and throws its output where it fails. */
export function inProject(program: string, ...args: readonly string[]): string {
  const { code, stdout, stderr } = run(PROJECT, program, args);
  if (code !== 0) throw new Error(`${[program, ...args].join(" ")} ended with ${String(code)}:\n${stdout}${stderr}`);
  return stdout;
}

/** The package as a tarball, with the paths in it, as `npm pack` alone makes it in the root of this project. */
export function pack(): { readonly tarball: string; readonly paths: readonly string[] } {
  const stdout = inProject("npm", "pack", "--silent", "--json");
  const [packed] = JSON.parse(stdout.slice(stdout.indexOf("["))) as readonly [
    { readonly filename: string; readonly files: readonly { readonly path: string }[] },
  ];
  return { tarball: join(PROJECT, packed.filename), paths: packed.files.map(({ path }) => path) };
}

/** An empty folder outside this project, into which the package is installed. */
export class OtherRepository {
  public readonly folder = mkdtempSync(join(tmpdir(), "other-repository-"));

  /**
   * Installs the package with its peers.
   *
   * @param packages with their versions, beside the package and its compiler
   * @throws {Error} with npm's output
   */
  public install(tarball: string, packages: Readonly<Record<string, string>>): void {
    const { typescript, "@types/node": node } = PACKAGE.devDependencies;
    // A package that names a peer by its version accepts another package in its place only by an override.
    const overrides = Object.fromEntries(
      [PACKAGE.name, ...Object.keys(packages)]
        .filter((name) => name === PACKAGE.name || name.startsWith("@cdktf/"))
        .map((name) => [name, { cdktf: "$cdktf" }]),
    );
    const dependencies = { [PACKAGE.name]: `file:${tarball}`, typescript, "@types/node": node, ...packages };
    this.write(
      "package.json",
      JSON.stringify({ name: "other", version: "1.0.0", private: true, dependencies, overrides }),
    );
    const options = ["--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"];
    const { code, stderr } = this.run("npm", "install", ...options);
    if (code !== 0) throw new Error(`npm install ended with ${String(code)}:\n${stderr}`);
  }

  public write(path: string, text: string): void {
    writeFileSync(join(this.folder, path), text);
  }

  public run(program: string, ...args: readonly string[]): Ended {
    return run(this.folder, program, args);
  }

  /** Runs a program that the package, or another installed one, gives. */
  public runInstalled(name: string, ...args: readonly string[]): Ended {
    return this.run(join(this.folder, "node_modules", ".bin", name), ...args);
  }

  /**
   * Runs the body of a program as an ES module, with `required` beside it for CommonJS, and gives what it returns.
   *
   * @throws {Error} with the program's output where it fails
   */
  public asked(body: string, ...args: readonly string[]): unknown {
    const lines = [
      'import { createRequire } from "node:module";',
      "const required = createRequire(import.meta.url);",
      `const answer = await (async () => { ${body}\n})();`,
      "process.stdout.write(JSON.stringify(answer));",
    ];
    this.write("asked.mjs", lines.join("\n"));
    const { code, stdout, stderr } = this.run(process.execPath, "asked.mjs", ...args);
    if (code !== 0) throw new Error(`asked.mjs ended with ${String(code)}:\n${stderr}`);
    return JSON.parse(stdout);
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}

function run(cwd: string, program: string, args: readonly string[]): Ended {
  const env = { PATH: process.env["PATH"], HOME: process.env["HOME"], CI: "1", CHECKPOINT_DISABLE: "1" };
  const { status, stdout, stderr } = spawnSync(program, args, { cwd, env, encoding: "utf8", timeout: MINUTES });
  return { code: status, stdout, stderr };
}
