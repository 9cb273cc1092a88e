import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Environment } from "../../policy/environment";
import type * as app from "./app";
import type { SynthesizedApp } from "./app";

const ROOT = join(__dirname, "..", "..");
const CACHE = join(ROOT, "node_modules", ".cache", "synthesized");

/** Everything beside the environments that decides the output of a synth. */
const SOURCES = ["appliers", "constructs", "errors", "network", "policy", "stacks", "package-lock.json"];

/**
 * The output of a synth of environments. It is made once for all test files and runs, until the environments or the
 * sources change. So a test that only reads the JSON needn't load cdktf.
 */
export function synthesizedOnce(environments: readonly Environment[]): SynthesizedApp {
  const data = JSON.stringify(environments);
  const file = join(CACHE, `${sha256(`${sourcesHash()} ${data}`)}.json`);
  if (!existsSync(file)) write(file, data);
  return JSON.parse(readFileSync(file, "utf8")) as SynthesizedApp;
}

/** Writes the output of a synth, whole or not at all. */
function write(file: string, environments: string): void {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- cdktf is heavy, and needed where nothing is known yet
  const { synthesize } = require("./app") as typeof app;
  const aside = `${file}.${process.pid}`;
  mkdirSync(CACHE, { recursive: true });
  writeFileSync(aside, JSON.stringify(synthesize(JSON.parse(environments) as readonly Environment[])));
  renameSync(aside, file);
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
