import { existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";

/** What a synth writes into an output folder, and into the folder of each stack. */
const WRITTEN = ["manifest.json", "policy.json", "proof.json"];
const WRITTEN_PER_STACK = ["cdk.tf.json", "cdk.tf", "metadata.json", "assets"];

/**
 * Removes what an earlier synth left in an output folder. What Terraform keeps beside a stack stays.
 *
 * Called before anything else of a synth, so that one that fails or is killed leaves nothing that could be deployed.
 */
export function clearOutput(folder: string): void {
  const stacks = join(folder, "stacks");
  const written = [
    ...WRITTEN.map((name) => join(folder, name)),
    ...(existsSync(stacks) ? readdirSync(stacks) : []).flatMap((stack) =>
      WRITTEN_PER_STACK.map((name) => join(stacks, stack, name)),
    ),
  ];
  for (const path of written) rmSync(path, { recursive: true, force: true });
}
