import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../policy/environment";
import type { SynthesizedApp } from "./app";

const ROOT = join(__dirname, "..", "..");
const CACHE = join(ROOT, "node_modules", ".cache", "synthesized");

/** All that decides what a synth writes, beside the environments. */
const SOURCES = ["appliers", "constructs", "errors", "network", "policy", "stacks", "package-lock.json"];

/**
 * What a synth of environments leaves behind, made once for all test files and runs while neither the environments nor the
 * sources change: a test that only reads the JSON needn't load cdktf.
 */
export function synthesizedOnce(environments: readonly Environment[]): SynthesizedApp {
  const data = JSON.stringify(environments);
  const file = join(CACHE, `${sha256(`${sourcesHash()} ${data}`)}.json`);
  if (!existsSync(file)) {
    const args = ["--import", "tsx", join(__dirname, "write-synthesized.ts"), file];
    const { status, stderr } = spawnSync(process.execPath, args, { input: data, encoding: "utf8", cwd: ROOT });
    if (status !== 0) throw new Error(stderr);
  }
  return JSON.parse(readFileSync(file, "utf8")) as SynthesizedApp;
}

let sources: string | undefined;

function sourcesHash(): string {
  sources ??= sha256(SOURCES.flatMap((path) => hashesBelow(join(ROOT, path))).join("\n"));
  return sources;
}

function hashesBelow(path: string): readonly string[] {
  if (!existsSync(path)) return [];
  const files = path.endsWith(".json")
    ? [path]
    : readdirSync(path, { recursive: true, withFileTypes: true })
        .filter((entry) => entry.isFile())
        .map(({ parentPath, name }) => join(parentPath, name));
  return files.sort().map((file) => `${sha256(readFileSync(file))} ${file.slice(ROOT.length)}`);
}

const sha256 = (content: string | Uint8Array): string => createHash("sha256").update(content).digest("hex");
