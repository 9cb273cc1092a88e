import { cpSync, existsSync, mkdirSync, readdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { InvalidInput, shown } from "../errors/invalid-input";
import { reasonOf } from "../errors/user-file";
import { readBeside } from "../verification/terraform/beside";
import { inFolder } from "../verification/terraform/folder";

/** The names that a synth writes into an output folder, and into the folder of each stack. */
const WRITTEN = /^(?:manifest|policy|proof)\.json(?:\.new)?$/;
const WRITTEN_PER_STACK = /^(?:metadata\.json|assets|cdk\.tf(?:\.json)?)(?:\.new)?$/;

/** Where cdktf writes. */
const outputFolder = (): string => process.env["CDKTF_OUTDIR"] ?? "cdktf.out";

/**
 * Removes the output of an earlier synth from a folder. So a synth that fails or is killed leaves nothing that could be
 * deployed. Terraform's own files beside a stack stay, and so does every file of a user.
 *
 * Called before anything else of a synth.
 *
 * @default folder - `CDKTF_OUTDIR`, else `cdktf.out`: where cdktf writes
 * @throws {InvalidInput} where Terraform would read files beside a stack that no synth wrote, or the folder can't be
 * listed; then nothing is removed. Also where it can't be made, or a file can't be removed
 */
export function clearOutput(folder = outputFolder()): void {
  const source = inFolder(folder, "stacks");
  const { paths, problems } = source.list();
  InvalidInput.throwIfAny(source.name, [...problems, ...readBeside(source, paths, WRITTEN_PER_STACK)]);
  try {
    mkdirSync(folder, { recursive: true });
    removeWritten(folder);
  } catch (error) {
    const problem = { at: shown(folder), got: reasonOf(error), allowed: "a folder that can be written" };
    throw new InvalidInput("the output folder", [problem]);
  }
}

/** Removes the files of a synth from an output folder. */
export function removeWritten(folder: string): void {
  const stacks = join(folder, "stacks");
  remove(folder, WRITTEN);
  for (const stack of foldersIn(stacks)) remove(join(stacks, stack), WRITTEN_PER_STACK);
}

function remove(folder: string, names: RegExp): void {
  const present = existsSync(folder) ? readdirSync(folder) : [];
  for (const name of present.filter((each) => names.test(each))) {
    rmSync(join(folder, name), { recursive: true, force: true });
  }
}

function foldersIn(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => (entry.isDirectory() ? entry.name : []));
}

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
