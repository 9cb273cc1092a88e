import { readdirSync } from "node:fs";
import { join, posix, relative, sep } from "node:path";

/** The files of an output folder, by their paths in it, in order. A link is a file, wherever it leads. */
export interface OutputFiles {
  /** What a synth is answerable for: every file but those of Terraform's. */
  readonly synthesized: readonly string[];
  /** What Terraform keeps beside a stack when it runs there. No synth writes any of it, so no proof covers it. */
  readonly terraformsOwn: readonly string[];
}

/** Providers, their checksums, and the lock of a local state. */
const TERRAFORMS_OWN = /^stacks\/[^/]+\/\.terraform(?:\/|\.lock\.hcl$|\.tfstate\.lock\.info$|$)/;

export function filesOf(folder: string): OutputFiles {
  const paths = entriesOf(folder)
    .map((path) => relative(folder, path).split(sep).join(posix.sep))
    .sort();
  return {
    synthesized: paths.filter((path) => !TERRAFORMS_OWN.test(path)),
    terraformsOwn: paths.filter((path) => TERRAFORMS_OWN.test(path)),
  };
}

function entriesOf(folder: string): readonly string[] {
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? entriesOf(path) : [path];
  });
}
