import type { Ended, RunProgram, Variables } from "./program";
import { placeProviderLock } from "./provider-lock";
import type { StackFolder } from "./stack";

/** Terraform in the folder of a stack. */
export interface Terraform {
  /** Readies the folder: providers and backend. */
  readonly init: () => Promise<Ended>;
  readonly run: (...args: readonly string[]) => Promise<Ended>;
}

export interface TerraformSurroundings {
  readonly run: RunProgram;
  readonly variables: Variables;
  /** @default - the folder provider-locks of the project */
  readonly locks?: string;
}

export function terraformIn(stack: StackFolder, { run, variables, locks }: TerraformSurroundings): Terraform {
  const terraform = (...args: readonly string[]): Promise<Ended> =>
    run({ command: ["terraform", ...args], folder: stack.path, environment: variables });
  return {
    init: () => terraform("init", "-input=false", "-no-color", ...placeProviderLock(stack, locks)),
    run: terraform,
  };
}
