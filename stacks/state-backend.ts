import { LocalBackend, type TerraformStack } from "cdktf";

/** Gives a stack its backend, for example `(stack) => new S3Backend(stack, { ... })`. */
export type StateBackend = (stack: TerraformStack) => void;

/**
 * State in a file beside cdktf.json, for one operator on one machine.
 *
 * Terraform runs in `cdktf.out/stacks/<stack>`, which a synth may delete: a path without the way out of it would lose the
 * state with the folder.
 */
export const localState: StateBackend = (stack) => {
  new LocalBackend(stack, { path: `../../../terraform.${stack.node.id}.tfstate` });
};
