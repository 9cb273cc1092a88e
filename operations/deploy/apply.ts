import { resolve } from "node:path";
import { type Ended, ROOT, type RunProgram, type Variables } from "./program";
import type { StackFolder } from "./stack";
import type { Terraform } from "./terraform";

export interface ApplySurroundings {
  readonly run: RunProgram;
  readonly variables: Variables;
  readonly terraform: Terraform;
  readonly onOutput: (text: string) => void;
}

/**
 * Deploys one stack of an output folder as it is: it isn't synthesized again. The stacks that it depends on aren't deployed
 * with it; they have had their turn.
 */
export async function apply(
  folder: string,
  { environment }: Pick<StackFolder, "environment">,
  { run, variables, terraform, onOutput }: ApplySurroundings,
): Promise<Ended> {
  // cdktf would take newer providers than the committed checksums name; this refuses them.
  const init = await terraform.init();
  if (init.code !== 0) {
    onOutput(init.output);
    return init;
  }
  const command = [
    resolve(ROOT, "node_modules/.bin/cdktf"),
    "deploy",
    environment,
    "--skip-synth",
    "--skip-provider-lock",
    "--ignore-missing-stack-dependencies",
    "--auto-approve",
    "--no-color",
    "--output",
    resolve(folder),
  ] as const;
  return run({ command, folder: ROOT, environment: { ...variables, CI: "1" } }, onOutput);
}
