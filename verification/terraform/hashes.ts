import { PROOF_FILE } from "./documents";
import { filesOf } from "./files-of";
import { sha256 } from "./sha256";
import { readFileSync, statSync } from "node:fs";
import { join } from "node:path";

/**
 * The SHA-256 of every file of an output folder that a synth wrote, by its path; `proof.json` itself has none. A folder in
 * which Terraform has run has the same hashes: before anything runs, `terraformsOwn` of `filesOf` has to be empty too.
 */
export function hashesOf(folder: string): Readonly<Record<string, string>> {
  const paths = filesOf(folder).synthesized.filter((path) => path !== PROOF_FILE);
  return Object.fromEntries(paths.map((path) => [path, sha256(contentOf(join(folder, path)))]));
}

/** A file's content; nothing where it is none, such as a link that leads to a folder or to nothing. */
function contentOf(path: string): Uint8Array {
  const isFile = statSync(path, { throwIfNoEntry: false })?.isFile() === true;
  return isFile ? readFileSync(path) : Buffer.of();
}

/** The paths whose hashes differ, or that only one side has. */
export function differences(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): readonly string[] {
  const paths = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return paths.filter((path) => one[path] !== other[path]);
}
