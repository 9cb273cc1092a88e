import { readdirSync, readFileSync, statSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { sha256 } from "../model/sha256";
import { PROOF_FILE } from "./documents";

/** What Terraform leaves beside a stack when it runs there. */
const TERRAFORMS_OWN = /^\.terraform(?:\.lock\.hcl|\.tfstate\.lock\.info)?$/;

/** The SHA-256 of every file of an output folder that is deployed, by its path; `proof.json` itself has none. */
export function hashesOf(folder: string): Readonly<Record<string, string>> {
  const paths = filesIn(folder)
    .map((path) => relative(folder, path).split(sep).join(posix.sep))
    .filter((path) => path !== PROOF_FILE)
    .sort();
  return Object.fromEntries(paths.map((path) => [path, sha256(contentOf(join(folder, path)))]));
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true })
    .filter(({ name }) => !TERRAFORMS_OWN.test(name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      return entry.isDirectory() ? filesIn(path) : [path];
    });
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
