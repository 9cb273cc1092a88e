import { resolve } from "node:path";
import { type Ended, ROOT, type RunProgram, type Variables } from "./program";
import type { StackFolder } from "./stack";

export interface ApplySurroundings {
  readonly run: RunProgram;
  readonly variables: Variables;
  readonly onOutput: (text: string) => void;
}

/**
 * Deploys one stack of an output folder as it is: it isn't synthesized again, and its providers are those whose checksums
 * lie beside it. The stacks that it depends on aren't deployed with it; they have had their turn.
 */
export function apply(
  folder: string,
  { environment }: Pick<StackFolder, "environment">,
  { run, variables, onOutput }: ApplySurroundings,
): Promise<Ended> {
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
