import { spawnSync } from "node:child_process";
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join, resolve } from "node:path";
import { InvalidInput, type Problem } from "../errors/invalid-input";
import { type Ended, runProgram } from "../operations/deploy/program";
import type { Variables } from "../operations/platforms/platform";

/** The programs that can deploy the stacks. */
export const ENGINES = ["terraform", "tofu"] as const;
export type Engine = (typeof ENGINES)[number];
const NAMES: Readonly<Record<Engine, string>> = { terraform: "Terraform", tofu: "OpenTofu" };

/** Variables that would lead a deploy elsewhere. A rehearsal with one of them would rehearse something else. */
const LEADS_ELSEWHERE =
  /^(?:TF_(?!CLI_CONFIG_FILE$|PLUGIN_CACHE_DIR$|IN_AUTOMATION$|VAR_).*|(?:CLOUDFLARE|GITHUB)_BASE_URL|SUPABASE_API_ENDPOINT|RENDER_HOST|AWS_ENDPOINT_URL.*|NODE_OPTIONS|CDKTF_OUTDIR)$/;
/** Variables that a rehearsal takes from its caller. */
const KEPT: readonly string[] = ["PATH", "TMPDIR", "LANG", "TERM", "SYSTEMROOT"];
/** Variables that say where the engine finds providers. */
const OF_PROVIDERS: readonly string[] = [...KEPT, "HOME", "TF_CLI_CONFIG_FILE", "TF_PLUGIN_CACHE_DIR"];

const PROJECT = process.cwd();
const GUARD = resolve(PROJECT, "rehearsal/loopback-only.cjs");
const LOOPBACK_ONLY = `--require=${GUARD}`;

/** The providers that a stack requires, by their local names. */
export type Required = Readonly<Record<string, { readonly source: string; readonly version: string }>>;

/** @throws {InvalidInput} naming each variable that would lead a deploy elsewhere */
function refuseSteering(variables: Variables): void {
  const steering = Object.keys(variables).filter((name) => LEADS_ELSEWHERE.test(name) && variables[name] !== "");
  const allowed = "not set: it would lead the deploy elsewhere";
  InvalidInput.throwIfAny(
    "the rehearsal",
    steering.map((at) => ({ at, got: "a value", allowed })),
  );
}

/**
 * A folder for one rehearsal, and the only surroundings that its programs have: variables from a list of allowed ones, a home
 * without credentials, an engine whose providers are installed, and no way out but loopback. Programs that honour a proxy get
 * one that refuses and counts; those of Node.js open no other connection.
 */
export class Sandbox {
  public readonly folder = mkdtempSync(join(tmpdir(), "rehearsal-"));
  /** Where what is rehearsed is synthesized. */
  public readonly output = join(this.folder, "cdktf.out");
  /** Where what was deployed before it lies: beside it, so that both have the same states. */
  public readonly before = join(this.folder, "before.out");
  /** How often a program tried to reach something else than loopback. */
  public escapes = 0;
  private readonly bin = join(this.folder, "bin");
  private readonly home = join(this.folder, "home");
  private readonly mirrors: string[] = [];
  private readonly proxy: Server = createServer((socket) => {
    this.escapes += 1;
    socket.destroy();
  });

  private constructor(
    public readonly engine: Engine,
    /** The engine's name and version. */
    public readonly version: string,
    private readonly program: string,
    private readonly variables: Variables,
  ) {
    process.once("exit", this.remove);
    mkdirSync(this.bin);
    mkdirSync(this.home);
  }

  /** @throws {InvalidInput} in one line for each thing that is missing, or that would lead elsewhere */
  public static async open(engine: Engine, variables: Variables): Promise<Sandbox> {
    refuseSteering(variables);
    const { program, version } = programOf(engine, variables);
    const sandbox = new Sandbox(engine, `${NAMES[engine]} ${version}`, program, variables);
    await new Promise<void>((listening) => sandbox.proxy.listen(0, "127.0.0.1", listening));
    return sandbox;
  }

  /** Forgets what was deployed. */
  public forgetStates(): void {
    for (const name of readdirSync(this.folder).filter((each) => /\.tfstate(?:\.backup)?$/.test(each)))
      rmSync(join(this.folder, name));
  }

  public close(): void {
    this.proxy.close();
    process.off("exit", this.remove);
    this.remove();
  }

  private readonly remove = (): void => {
    rmSync(this.folder, { recursive: true, force: true });
  };

  /**
   * Says where the platforms are from now on. The commands of CI pass no such variable on, so the engine and Node.js get it from
   * scripts that stand before them.
   */
  public lead(endpoints: Readonly<Record<string, string>>): void {
    const exports = Object.entries({ ...endpoints, NODE_OPTIONS: LOOPBACK_ONLY }).map(
      ([name, value]) => `export ${name}='${value}'`,
    );
    const stand = (name: string, program: string): void => {
      const file = join(this.bin, name);
      writeFileSync(file, ["#!/bin/sh", ...exports, `exec '${program}' "$@"`, ""].join("\n"));
      chmodSync(file, 0o755);
    };
    stand(this.engine, this.program);
    stand("node", process.execPath);
  }

  /** Runs a command of this project, as the workflows do. */
  public policy(args: readonly string[], variables: Variables): Promise<Ended> {
    const command = [process.execPath, resolve(PROJECT, "livestreamsell-policy.mjs"), ...args] as const;
    return runProgram({ command, folder: PROJECT, environment: this.surroundings(variables) });
  }

  /** Runs the engine in a folder, with the surroundings that the commands of CI give it. */
  public terraform(folder: string, args: readonly string[], variables: Variables): Promise<Ended> {
    return runProgram({
      command: [join(this.bin, this.engine), ...args],
      folder,
      environment: this.surroundings(variables),
    });
  }

  private surroundings(variables: Variables): Variables {
    const address = this.proxy.address();
    const refusing = `http://127.0.0.1:${typeof address === "object" ? String(address?.port) : ""}`;
    const proxies = { HTTP_PROXY: refusing, HTTPS_PROXY: refusing, NO_PROXY: "127.0.0.1,localhost" };
    return {
      ...chosen(this.variables, KEPT),
      ...proxies,
      PATH: `${this.bin}${delimiter}${this.variables["PATH"] ?? ""}`,
      HOME: this.home,
      NODE_OPTIONS: LOOPBACK_ONLY,
      TERRAFORM_BINARY_NAME: this.engine,
      CHECKPOINT_DISABLE: "1",
      ...variables,
    };
  }

  /**
   * Installs the providers of stacks from where the engine's `init` finds them: a registry is asked here alone.
   *
   * @throws {InvalidInput} where one of them isn't there
   */
  public installFor(output: string, stacks: readonly string[]): void {
    const required = stacks.map((stack) => {
      const text = readFileSync(join(output, "stacks", stack, "cdk.tf.json"), "utf8");
      return (JSON.parse(text) as { terraform: { required_providers: Required } }).terraform.required_providers;
    });
    this.install(Object.assign({}, ...required) as Required);
  }

  private install(required: Required): void {
    const folder = mkdtempSync(join(this.folder, "providers-"));
    writeFileSync(join(folder, "providers.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
    const env = { ...chosen(this.variables, OF_PROVIDERS), CHECKPOINT_DISABLE: "1" };
    const args = ["init", "-no-color", "-input=false", "-backend=false"];
    const { status, stderr } = spawnSync(this.program, args, { cwd: folder, env, encoding: "utf8" });
    const wanted = Object.values(required).map(({ source, version }) => `${source} ${version}`);
    if (status !== 0) throw missing(wanted.join(", "), reasonIn(stderr), `in a registry or mirror of ${this.engine}`);
    // They lie there as in a mirror.
    this.mirrors.push(join(folder, ".terraform/providers"));
    const blocks = this.mirrors.map((path) => `  filesystem_mirror {\n    path = ${JSON.stringify(path)}\n  }\n`);
    for (const name of [".terraformrc", ".tofurc"])
      writeFileSync(join(this.home, name), `provider_installation {\n${blocks.join("")}}\n`);
  }
}

/** The whole path of an engine that is new enough. */
function programOf(engine: Engine, { PATH = "" }: Variables): { readonly program: string; readonly version: string } {
  const program = PATH.split(delimiter)
    .map((folder) => resolve(folder, engine))
    .find((file) => existsSync(file));
  if (program === undefined) throw missing(engine, "nothing on PATH", "Terraform or OpenTofu, 1.10 or newer");
  const { stdout } = spawnSync(program, ["version", "-json"], { encoding: "utf8", env: { CHECKPOINT_DISABLE: "1" } });
  const [, version = "", major = "", minor = ""] = /"terraform_version":\s*"((\d+)\.(\d+)[^"]*)"/.exec(stdout) ?? [];
  const isNewEnough = Number(major) > 1 || (Number(major) === 1 && Number(minor) >= 10);
  if (!isNewEnough) throw missing(engine, version || "no version", "1.10 or newer");
  return { program, version };
}

function missing(at: string, got: string, allowed: string): InvalidInput {
  const problem: Problem = { at, got, allowed };
  return new InvalidInput("the rehearsal", [problem]);
}

/** The engine's first error, in one line. */
function reasonIn(output: string): string {
  const [, text = output] = /Error: ([\s\S]*?)(?=Error: |$)/.exec(output) ?? [];
  return text
    .replace(/[│╵╷\s]+/g, " ")
    .trim()
    .slice(0, 300);
}

const chosen = (variables: Variables, names: readonly string[]): Variables =>
  Object.fromEntries(Object.entries(variables).filter(([name]) => names.includes(name)));
