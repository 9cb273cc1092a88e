import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What a synth writes into an output folder, and into the folder of each stack. */
const WRITTEN = /^(?:manifest|policy|proof)\.json(?:\.new)?$/;
const WRITTEN_PER_STACK = /^(?:metadata\.json|assets|.+\.(?:tf|tofu)(?:\.json)?)(?:\.new)?$/;

/**
 * Removes what an earlier synth left in an output folder, and whatever else Terraform would deploy from there. What
 * Terraform keeps beside a stack stays.
 *
 * Called before anything else of a synth, so that one that fails or is killed leaves nothing that could be deployed.
 *
 * @default folder - `CDKTF_OUTDIR`, else `cdktf.out`: where cdktf writes
 */
export function clearOutput(folder = process.env["CDKTF_OUTDIR"] ?? "cdktf.out"): void {
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
