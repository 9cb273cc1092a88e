import { join } from "node:path";
import { QUICK, runNode } from "./run-applier";
import type { Ended } from "./run-program";
import type { TerraformJson } from "./synthesized";
import type { Workspace } from "./workspace";

/** A resource of a synthesized stack that applies state, and the program that lies beside the stack for it. */
export interface ShippedApplier {
  /** Its Terraform address. */
  readonly address: string;
  readonly kind: string;
  readonly target: string;
  /** Its desired state, as the program reads it. */
  readonly desired: string;
  /** The program's path. */
  readonly program: string;
}

interface NullResource {
  readonly triggers: Readonly<Record<"kind" | "target", string>>;
  readonly provisioner: readonly {
    readonly "local-exec": { readonly environment: Readonly<Record<string, string>> };
  }[];
}

/** Every resource of a stack that applies state. */
export function shippedAppliers(workspace: Workspace, stack: string): readonly ShippedApplier[] {
  const { resource } = JSON.parse(workspace.jsonOf(stack)) as TerraformJson;
  return Object.entries(resource?.["null_resource"] ?? {}).map(([name, attributes]) => {
    const { triggers, provisioner } = attributes as unknown as NullResource;
    const { APPLIER: program = "", DESIRED_STATE: desired = "" } = provisioner[0]?.["local-exec"].environment ?? {};
    const { kind, target } = triggers;
    return {
      address: `null_resource.${name}`,
      kind,
      target,
      desired,
      program: join(workspace.folderOf(stack), program),
    };
  });
}

/**
 * Asks the platform, as an operator or a scheduled run does, whether the state that a resource applied is still in
 * force.
 */
export function check(
  { program, desired }: ShippedApplier,
  environment: Readonly<Record<string, string>>,
): Promise<Ended> {
  return runNode([program, "--check"], { env: { ...QUICK, ...environment, DESIRED_STATE: desired } });
}
