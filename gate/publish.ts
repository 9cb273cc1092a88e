import { cpSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";

/** The files that make a folder deployable: they come last. */
const LAST = ["proof.json", "manifest.json"];
const STACK_FILE = "cdk.tf.json";

/** Moves a proven output to where it is deployed from, each file whole or not at all. */
export function publish(from: string, to: string): void {
  const stacks = readdirSync(join(from, "stacks")).map((stack) => join("stacks", stack));
  for (const stack of stacks) mkdirSync(join(to, stack), { recursive: true });
  const early = stacks.flatMap((stack) =>
    readdirSync(join(from, stack))
      .filter((name) => name !== STACK_FILE)
      .map((name) => join(stack, name)),
  );
  const others = readdirSync(from).filter((name) => name !== "stacks" && !LAST.includes(name));
  for (const path of [...early, ...others, ...stacks.map((stack) => join(stack, STACK_FILE)), ...LAST]) {
    move(join(from, path), join(to, path));
  }
}

function move(from: string, to: string): void {
  // No folder takes the place of one that holds anything.
  rmSync(to, { recursive: true, force: true });
  try {
    renameSync(from, to);
  } catch (error) {
    // Between file systems only a copy is possible, which isn't whole until it is.
    if ((error as NodeJS.ErrnoException).code !== "EXDEV") throw error;
    const copy = `${to}.new`;
    cpSync(from, copy, { recursive: true });
    renameSync(copy, to);
  }
}
