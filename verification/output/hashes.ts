import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";
import { PROOF_FILE } from "./documents";

/** What Terraform leaves beside a stack when it runs there. */
const TERRAFORMS_OWN = /(^|\/)(\.terraform(\/|$)|\.terraform\.lock\.hcl$|\.terraform\.tfstate\.lock\.info$)/;

/** The SHA-256 of every file of an output folder that is deployed, by its path; `proof.json` itself has none. */
export function hashesOf(folder: string): Readonly<Record<string, string>> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join(posix.sep))
    .filter((path) => path !== PROOF_FILE && !TERRAFORMS_OWN.test(path))
    .sort();
  return Object.fromEntries(paths.map((path) => [path, sha256(readFileSync(join(folder, path)))]));
}

const sha256 = (content: Uint8Array): string => createHash("sha256").update(content).digest("hex");

/** The paths whose hashes differ, or that only one side has. */
export function differences(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): readonly string[] {
  const paths = [...new Set([...Object.keys(one), ...Object.keys(other)])].sort();
  return paths.filter((path) => one[path] !== other[path]);
}
