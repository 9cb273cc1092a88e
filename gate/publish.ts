import { copyFileSync, cpSync, readdirSync, renameSync } from "node:fs";
import { basename, join } from "node:path";

/** What makes a folder deployable: it comes last, each file whole or not at all. */
const LAST = ["proof.json", "manifest.json"];
const STACK_FILE = "cdk.tf.json";

/** Moves a proven output to where it is deployed from. */
export function publish(from: string, to: string): void {
  const isLate = (path: string): boolean => [...LAST, STACK_FILE].includes(basename(path));
  cpSync(from, to, { recursive: true, filter: (path) => !isLate(path) });
  const stacks = readdirSync(join(from, "stacks")).map((stack) => join("stacks", stack, STACK_FILE));
  for (const path of [...stacks, ...LAST]) {
    const copy = join(to, `${path}.new`);
    copyFileSync(join(from, path), copy);
    renameSync(copy, join(to, path));
  }
}
