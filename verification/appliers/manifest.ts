import type { Schema } from "./schema";
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** A program: the files that it loads, relative to the folder of the programs, and the hash of them all. */
export interface Program {
  readonly files: readonly string[];
  /** What `sha256sum <files, in that order> | sha256sum` gives in that folder. */
  readonly hash: string;
}

/** What is known of a kind of applier. */
export interface ManifestRow extends Program {
  readonly kind: string;
  /** The file that is run. */
  readonly program: string;
  /** The programs of the kind that were released before. */
  readonly released: readonly Program[];
  /** The JSON schema of the desired state. */
  readonly desiredState: Schema;
}

export interface Manifest {
  readonly kinds: readonly ManifestRow[];
}

/** It ships with the verifier: what lies in the folder that is judged can't vouch for itself. */
const FILE = join(__dirname, "..", "..", "appliers", "manifest.json");

let manifest: Manifest | undefined;

/** The programs that this verifier knows. */
export function ownManifest(): Manifest {
  manifest ??= JSON.parse(readFileSync(FILE, "utf8")) as Manifest;
  return manifest;
}
