import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { readOutputFolder } from "../../verification/terraform/folder";

const PROJECT = join(__dirname, "../..");

/** When a synth is killed: at its nth call of a function of the file system, before it does anything. */
export interface Moment {
  readonly call: "writeFileSync" | "copyFileSync" | "renameSync" | "mkdtempSync" | "rmSync";
  readonly nth: number;
}

/** Synthesizes the shipped environments, and kills itself at a moment. */
const PROGRAM = `
  const fs = require("node:fs");
  const { join, basename } = require("node:path");
  const { call, nth, folder, outdir } = JSON.parse(process.env.MOMENT);
  // The folders written aside stand in the test's own folder, and go with it.
  const mkdtemp = fs.mkdtempSync;
  fs.mkdtempSync = (prefix) => mkdtemp(join(folder, basename(prefix)));
  const { App } = require("cdktf");
  const { environments } = require("./environments");
  const { gate } = require("./gate/gate");
  const { composeStacks } = require("./stacks/compose-stacks");
  const app = new App({ outdir, stackTraces: false });
  const policies = composeStacks(app, environments);
  const real = fs[call];
  let count = 0;
  fs[call] = (...args) => {
    count += 1;
    if (count === nth) process.kill(process.pid, "SIGKILL");
    return real(...args);
  };
  gate(app, policies, { terminal: { write() {}, tell() {} } });
`;

/** The remains of a killed synth, where an earlier one had left a stack that isn't proven. */
export interface Remains {
  readonly signal: string | null;
  /** The files and folders that are there under names that a synth writes; a stack's folder by its path. */
  readonly written: readonly string[];
  /** Whether each \`cdk.tf.json\` there is whole, and none of the earlier synth. */
  readonly areWhole: boolean;
  /** Whether the folder can be read as an app. */
  readonly isApp: boolean;
}

export async function remainsAfterKill(moment: Moment): Promise<Remains> {
  const folder = mkdtempSync(join(tmpdir(), "killed-"));
  const outdir = join(folder, "cdktf.out");
  try {
    for (const path of ["manifest.json", "proof.json", "stacks/dev/cdk.tf.json", "stacks/old/cdk.tf.json"]) {
      mkdirSync(dirname(join(outdir, path)), { recursive: true });
      writeFileSync(join(outdir, path), '{"earlier":true}');
    }
    const signal = await ended({ ...moment, folder, outdir });
    const written = filesIn(outdir).filter((path) => /(?:cdk\.tf|manifest|proof)\.json$/.test(path));
    const stacks = written.filter((path) => path.endsWith("cdk.tf.json"));
    return { signal, written, areWhole: stacks.every((path) => isWhole(join(outdir, path))), isApp: isApp(outdir) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function ended(moment: object): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, ["--import", "tsx", "-e", PROGRAM], {
      cwd: PROJECT,
      env: { ...process.env, MOMENT: JSON.stringify(moment), CHECKPOINT_DISABLE: "1" },
      stdio: ["ignore", "ignore", "inherit"],
      timeout: 60_000,
    });
    child.on("error", reject);
    child.on("close", (_code, signal) => {
      resolve(signal);
    });
  });
}

function filesIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true }).map(String).sort();
}

function isWhole(path: string): boolean {
  return !("earlier" in (JSON.parse(readFileSync(path, "utf8")) as object));
}

function isApp(folder: string): boolean {
  try {
    readOutputFolder(folder);
    return true;
  } catch {
    return false;
  }
}
